"""Golden exchanges: what was asked and answered, in files; whatever else is answered fails.

A file `<dialect>/golden/<name>.http` holds exchanges that somebody new, who has a project, makes in turn:

    # What this is, in words.

    >>> GET /api/v1/reports/${report}/comments
    Authorization: Bearer ${pat}

    <<< 200
    Content-Type: application/json

    [{"id": "<uuid>", "reportId": "${report}", "createdAt": "<time>"}]

    $ comment = 0.id

`${name}` is one of CAST, or what a line `$ name = path.in.the.answer` has kept of an earlier answer. Of an
answer there stand its status, the headers of TELLING and its body; what differs from run to run is replaced
by what it is: `<uuid>`, `<time>`, `<bsk_pat_ secret>`. The lines of a text follow a `|`.
The body `file=@screenshot.png;type=image/png` is a form with a picture.

To write one anew, ask as above, with the old answers or none, and run

    GOLDEN=write make test ARGS='tests/http/test_golden.py -k name'

which writes what the server on SQLite answers, and fails with the difference, to be read. Without GOLDEN it
then passes, on both databases.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import count
from pathlib import Path
from typing import Any, Final

import httpx

from tests.http.conftest import Site
from tests.server import PASSWORD, Person

HERE: Final = Path(__file__).parent
FILES: Final = sorted(HERE.glob("*/golden/*.http"))
CAST: Final = (
    *("url", "base_url", "name", "slug", "email", "password", "cookies", "pat", "pk"),
    *("project", "code", "key", "project_token", "organization"),
)
TELLING: Final = (
    *("content-type", "content-disposition", "cache-control", "location", "www-authenticate", "allow"),
    *("access-control-allow-origin", "access-control-allow-credentials", "access-control-allow-methods"),
    *("access-control-allow-headers", "access-control-max-age"),
    *("x-total-count", "x-total-pages", "x-current-page", "x-next-cursor"),
    *("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"),
)
# A 1 x 1 PNG.
PICTURE: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415478da6390290b0700019b00ea85517a5a0000000049454e44ae426082"
)
_COUNTED: Final = frozenset({"x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"})
# Stored by a background task, so that a list may not tell them yet.
_STORED_LATER: Final = frozenset(
    {"lastUsedAt", "lastUsedIp", "lastUsedClient", "last_used_at", "last_used_ip", "last_used_client"}
)
_SHORTEST_NAMED: Final = 7
# As Unix time.
_PRESENT: Final = range(1_700_000_000, 3_000_000_000)
_NUMBERS: Final = count(1)
_NAMED: Final = re.compile(r"\$\{(\w+)\}")
_PART: Final = re.compile(r"^(?=>>> |<<< |\$ |# )", re.MULTILINE)
_FORM: Final = re.compile(r"(?P<field>\w+)=@(?P<name>[^;]+);type=(?P<type>\S+)")
_KINDS: Final = (
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "<uuid>"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "<time>"),
    (re.compile(r"\b[0-9a-f]{24}\b"), "<request id>"),
    (re.compile(r"\b1[7-9]\d{8}\b"), "<seconds>"),
    (re.compile(r"\b(bsk_pub_|bsk_pat_|proj_|pk_|whsec_)[\w=+/-]{24,}"), r"<\1 secret>"),
    (re.compile(r"\b(bsk_pub_|bsk_pat_|proj_|pk_)[\w=-]{8}(?!\w)"), r"<\1 prefix>"),
    (re.compile(r"\b[B-DF-HJ-NP-TV-Z]{4}-[B-DF-HJ-NP-TV-Z]{4}\b"), "<user code>"),
    (re.compile(r"(?<![\w-])[A-Za-z0-9_-]{32,}(?![\w-])"), "<random>"),
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """`intro` stands before it; `kept` are names for the next ones and paths into the answer's body."""

    request: str
    headers: tuple[tuple[str, str], ...]
    body: str
    answer: str
    kept: tuple[tuple[str, str], ...] = ()
    intro: str = ""


def read(text: str) -> list[Exchange]:
    """The exchanges of a file. Raises ValueError where a line is none of it."""
    exchanges: list[Exchange] = []
    intro = ""
    for part in _PART.split(text):
        mark, _, rest = part.partition(" ")
        if mark == ">>>":
            head, _, body = rest.partition("\n\n")
            line, *headers = head.strip().splitlines()
            exchanges.append(Exchange(line, tuple(map(_header, headers)), body.strip(), "", (), intro))
            intro = ""
        elif mark == "<<<":
            exchanges[-1] = replace(exchanges[-1], answer=part.strip())
        elif mark == "$":
            name, path = re.fullmatch(r"(\w+) = (\S+)\s*", rest).groups()  # type: ignore[union-attr]
            exchanges[-1] = replace(exchanges[-1], kept=(*exchanges[-1].kept, (name, path)))
        elif part.strip():
            intro = f"{intro}\n{part.strip()}".strip()
    return exchanges


def written(exchanges: list[Exchange]) -> str:
    return "\n\n".join(_written(exchange) for exchange in exchanges) + "\n"


def cast_of(site: Site) -> dict[str, str]:
    """Somebody new with a project, so that numbers and totals are always the same."""
    name = f"Golden{next(_NUMBERS)}"
    with Person(site.server.url, name) as person:
        project = person.create_project("Bug Spark Kit")
        told = person.http.get(f"/api/v1/projects/{project.id}").json()
        return {
            "url": site.server.url,
            "base_url": f"http://localhost:{site.server.port}",
            "name": name,
            "slug": name.lower(),
            "email": person.email,
            "password": PASSWORD,
            "cookies": "; ".join(f"{key}={value}" for key, value in person.http.cookies.items()),
            "pat": _command_line_token(person),
            "pk": person.mint_token(kind="pk"),
            "project": project.id,
            "code": project.code,
            "key": project.key,
            "project_token": person.mint_project_token(project),
            "organization": told["organizationId"],
        }


def _command_line_token(person: Person) -> str:
    """What the original's `bugspark login -m email` keeps."""
    told = {"email": person.email, "password": PASSWORD}
    return str(person.http.post("/api/v1/auth/cli/login", json=told).json()["token"])


def play(exchanges: list[Exchange], client: httpx.Client, cast: Mapping[str, str]) -> list[Exchange]:
    """The same requests with the answers that they got. Raises LookupError for what nothing gave."""
    names, played = dict(cast), []
    for exchange in exchanges:
        answer = client.send(_request(exchange, client, names))
        names |= {name: _at(answer, path) for name, path in exchange.kept}
        played.append(replace(exchange, answer=_answer(answer, names)))
    return played


def _header(line: str) -> tuple[str, str]:
    name, _, value = line.partition(": ")
    return name, value


def _request(exchange: Exchange, client: httpx.Client, names: Mapping[str, str]) -> httpx.Request:
    method, _, target = _filled(exchange.request, names).partition(" ")
    headers = {name: _filled(value, names) for name, value in exchange.headers}
    form = _FORM.fullmatch(exchange.body)
    if form is not None:
        files = {form["field"]: (form["name"], PICTURE, form["type"])}
        return client.build_request(method, target, headers=headers, files=files)
    content = _filled(exchange.body, names).encode() or None
    return client.build_request(method, target, headers=headers, content=content)


def _filled(text: str, names: Mapping[str, str]) -> str:
    return _NAMED.sub(lambda found: names[found[1]], text)


def _at(answer: httpx.Response, path: str) -> str:
    steps = [int(step) if step.isdigit() else step for step in path.split(".")]
    try:
        return str(reduce(lambda inner, step: inner[step], steps, answer.json()))
    except (LookupError, TypeError, ValueError):
        raise LookupError(f"{path} is not in {answer.status_code}: {answer.text}") from None


def _answer(answer: httpx.Response, names: Mapping[str, str]) -> str:
    told = [(name, answer.headers[name]) for name in TELLING if name in answer.headers]
    head = [f"<<< {answer.status_code}", *(f"{_title(name)}: {_told(name, v, names)}" for name, v in told)]
    body = _body(answer, names)
    return "\n".join(head) + (f"\n\n{body}" if body else "")


def _title(name: str) -> str:
    return "-".join("WWW" if word == "www" else word.capitalize() for word in name.split("-"))


def _told(name: str, value: str, names: Mapping[str, str]) -> str:
    return "<number>" if name in _COUNTED and value.isdigit() else _by_kind(value, names)


def _body(answer: httpx.Response, names: Mapping[str, str]) -> str:
    kind = answer.headers.get("content-type", "")
    if kind == "application/x-ndjson":
        read = (_normalized(json.loads(line), names) for line in answer.text.splitlines())
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in read)
    if kind.endswith("json") and answer.content:
        return json.dumps(_normalized(answer.json(), names), indent=2, ensure_ascii=False)
    if kind.startswith("text/"):
        return "\n".join(f"| {line}".rstrip() for line in _by_kind(answer.text, names).splitlines())
    return f"<{len(answer.content)} bytes>" if answer.content else ""


def _normalized(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case dict():
            return {_by_kind(key, names): _member(key, inner, names) for key, inner in value.items()}
        case list():
            return [_normalized(inner, names) for inner in value]
        case str():
            return _by_kind(value, names)
        case int() if value in _PRESENT:
            return "<seconds>"
        case _:
            return value


def _member(key: str, value: Any, names: Mapping[str, str]) -> Any:
    is_stored_later = key in _STORED_LATER and isinstance(value, str | type(None))
    return "<text or null>" if is_stored_later else _normalized(value, names)


def _by_kind(text: str, names: Mapping[str, str]) -> str:
    """What has a name by that, the longest first; then what is known by its look."""
    for name, value in sorted(names.items(), key=lambda item: -len(item[1])):
        if len(value) >= _SHORTEST_NAMED:
            text = text.replace(value, f"${{{name}}}")
    return reduce(lambda told, kind: kind[0].sub(kind[1], told), _KINDS, text)


def _written(exchange: Exchange) -> str:
    head = [f">>> {exchange.request}", *(f"{name}: {value}" for name, value in exchange.headers)]
    kept = "\n".join(f"$ {name} = {path}" for name, path in exchange.kept)
    parts = (exchange.intro, "\n".join(head), exchange.body, exchange.answer, kept)
    return "\n\n".join(part for part in parts if part)
