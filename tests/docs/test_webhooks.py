"""docs/webhooks.md tells every event, and its programs verify what is really sent."""

import asyncio
import base64
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final

import pytest

from lacewing.kit.addresses import Outgoing
from lacewing.kit.calls import Caller, Fault
from lacewing.webhooks import MEANINGS, Format, plain_headers, signature_headers
from tests.docs.requirements import ROOT
from tests.receiver import answering, receiving

TEXT: Final = (ROOT / "docs" / "webhooks.md").read_text("utf-8")
SECRET: Final = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OLD: Final = "whsec_" + base64.b64encode(bytes(range(32, 64))).decode()
BODY: Final = '{"event":"report.created","data":{"title":"Größe \U0001f41b"}}'.encode()

# What a program is asked: the secret, the headers by their names in lower case, the body.
Request = tuple[str, Mapping[str, str], bytes]
Ask = Callable[[Sequence[Request]], list[bool]]


def program(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", TEXT, re.M | re.S)
    assert found
    return found[1]


def test_every_event_is_explained_as_the_catalogue_does() -> None:
    [table] = re.findall(r"^<!-- From src.*?-->\n(.*?)^<!-- The end", TEXT, re.M | re.S)
    rows = [f"| `{name}` | {meaning} |" for name, meaning in MEANINGS.items()]

    assert table.splitlines() == ["| event | what happened |", "|---|---|", *rows]


@pytest.mark.parametrize("words", [Fault, Format])
def test_every_word_that_is_answered_is_explained(words: type[Fault] | type[Format]) -> None:
    assert [word for word in words if f"`{word}`" not in TEXT] == []


@pytest.fixture(scope="module")
def sent() -> tuple[Mapping[str, str], bytes]:
    """One delivery as it arrives."""

    async def send() -> bytes:
        here = Outgoing(networks=(ip_network("127.0.0.0/8"),), allows_http=True)
        headers = plain_headers("m1", "report.created")
        headers |= signature_headers("m1", datetime.now(UTC), BODY, [SECRET, OLD])
        async with receiving(answering()) as receiver:
            answer = await Caller(here).post(receiver.url("127.0.0.1"), BODY, headers)
            assert answer.is_success
            return receiver.requests[0]

    head, _, body = asyncio.run(send()).partition(b"\r\n\r\n")
    lines = (line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    return {name.lower(): value for name, value in lines}, body


def in_python(requests: Sequence[Request]) -> list[bool]:
    names: dict[str, Any] = {}
    exec(program("python"), names)
    return [names["sent_by_lacewing"](*request) for request in requests]


def asked(requests: Sequence[Request], *command: str, cwd: Path | None = None) -> list[bool]:
    """The program reads one JSON array, and prints another."""
    told = json.dumps(
        [[secret, headers, base64.b64encode(body).decode()] for secret, headers, body in requests]
    )
    answer = subprocess.run(
        command, input=told, check=True, capture_output=True, text=True, timeout=60, cwd=cwd
    )
    return json.loads(answer.stdout)


def in_javascript(requests: Sequence[Request]) -> list[bool]:
    script = program("javascript") + (
        'const asked = JSON.parse(require("node:fs").readFileSync(0, "utf8"));'
        'const told = asked.map(([s, h, b]) => sentByLacewing(s, h, Buffer.from(b, "base64")));'
        "console.log(JSON.stringify(told));"
    )
    return asked(requests, "node", "-e", script)


def in_ruby(requests: Sequence[Request]) -> list[bool]:
    script = (
        'require "json"\n'
        + program("ruby")
        + ('puts JSON.parse(STDIN.read).map { |s, h, b| sent_by_lacewing?(s, h, b.unpack1("m0")) }.to_json')
    )
    return asked(requests, "ruby", "-e", script)


def in_go(requests: Sequence[Request], folder: Path) -> list[bool]:
    """As a package of its own, beside a program that asks it."""
    (folder / "go.mod").write_text("module webhooks\n\ngo 1.21\n")
    (folder / "verify.go").write_text(program("go"))
    (folder / "cmd").mkdir()
    (folder / "cmd" / "main.go").write_text(_GO_MAIN)
    return asked(requests, "go", "run", "./cmd", cwd=folder)


_GO_MAIN = """package main

import (
	"encoding/json"
	"net/http"
	"os"
	"webhooks"
)

func main() {
	var asked [][]json.RawMessage
	json.NewDecoder(os.Stdin).Decode(&asked)
	told := []bool{}
	for _, one := range asked {
		var secret string
		var headers map[string]string
		var body []byte
		json.Unmarshal(one[0], &secret)
		json.Unmarshal(one[1], &headers)
		json.Unmarshal(one[2], &body)
		header := http.Header{}
		for name, value := range headers {
			header.Set(name, value)
		}
		told = append(told, webhooks.SentByLacewing(secret, header, body))
	}
	json.NewEncoder(os.Stdout).Encode(told)
}
"""


@pytest.fixture(params=["python", "node", "ruby", "go"])
def verify(request: pytest.FixtureRequest, tmp_path: Path) -> Ask:
    language = request.param
    if language != "python" and shutil.which(language) is None:
        pytest.skip(f"no {language} here")
    return {
        "python": in_python,
        "node": in_javascript,
        "ruby": in_ruby,
        "go": lambda requests: in_go(requests, tmp_path),
    }[language]


def test_the_programs_tell_what_is_lacewings(verify: Ask, sent: tuple[Mapping[str, str], bytes]) -> None:
    headers, body = sent
    old_at = datetime.now(UTC) - timedelta(minutes=6)
    recorded = headers | signature_headers("m1", old_at, body, [SECRET])
    other = "whsec_" + base64.b64encode(bytes(32)).decode()

    told = verify(
        [
            (SECRET, headers, body),
            (OLD, headers, body),
            (other, headers, body),
            (SECRET, headers, body + b" "),
            (SECRET, {**headers, "webhook-id": "m2"}, body),
            (SECRET, {**headers, "webhook-timestamp": "now"}, body),
            (SECRET, {**headers, "webhook-signature": "v1, v1"}, body),
            (SECRET, recorded, body),
            (SECRET, {}, body),
        ]
    )

    assert told == [True, True] + [False] * 7
