"""What a program says loses its secrets as what a page says does: by the same vectors."""

import json
import time
from pathlib import Path
from typing import Final

import pytest

from lacewing.client.secrets import without_secrets

VECTORS: Final = json.loads((Path(__file__).parent / "secret_vectors.json").read_text("utf-8"))
AS_PYTHON_WRITES: Final = {
    "{'user': 'ada', 'password': 'hunter2', 'pin': 1234}": (
        "{'user': 'ada', 'password': '[removed]', 'pin': '[removed]'}"
    ),
    '    log_in("ada", password="hunter2")': '    log_in("ada", password=[removed])',
    "API_KEY = 'abc'": "API_KEY = [removed]",
    "self.db.password = 'abc'": "self.db.password = [removed]",
    "postgresql://ada:hunter2@db/shop": "postgresql://ada:[removed]@db/shop",
}
AS_SHELLS_AND_SETTINGS_WRITE: Final = {
    "db:\n  password: x\n  token: abc # old\n": "db:\n  password: [removed]\n  token: [removed] # old\n",
    "asked for a password: hunter2 given": "asked for a password: [removed] given",
    "{ user: 'ada', token: 'abc' }": "{ user: 'ada', token: [removed] }",
    "DB_PASSWORD = hunter2": "DB_PASSWORD = [removed]",
    "+ deploy --password hunter2 --token abc web": "+ deploy --password [removed] --token [removed] web",
    "sh -c 'deploy --api-key \"a b\"; exit 1'": "sh -c 'deploy --api-key [removed]; exit 1'",
    "curl -u ada:hunter2 -fsS https://x": "curl -u ada:[removed] -fsS https://x",
    "curl --user 'ada:hunter 2' x": "curl --user 'ada:[removed]' x",
}
STAY_TOO: Final = (
    "usage: the option --token is required",
    "InvalidToken: signature has expired",
    "    token = compute(session)",
    "Password: \nok: tool -u https://example.com",
    "docker run -u 1000:1000 --no-password web",
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [*VECTORS["cleaned"].items(), *AS_PYTHON_WRITES.items(), *AS_SHELLS_AND_SETTINGS_WRITE.items()],
)
def test_what_opens_a_door_is_taken_out(text: str, clean: str) -> None:
    assert without_secrets(text) == clean
    assert without_secrets(clean) == clean


@pytest.mark.parametrize("text", [*VECTORS["kept"], *STAY_TOO])
def test_what_only_looks_like_a_secret_stays(text: str) -> None:
    assert without_secrets(text) == text


@pytest.mark.parametrize(
    "part",
    [
        "a",
        "=",
        "&a",
        "eyJ",
        "cookie:",
        '"token":"\\',
        '\\"token\\":\\"',
        "?a-_-",
        "://",
        "'",
        "key='",
        "....F",
        " -u",
        "--",
        "- a",
        "x: ",
        "a-_-",
    ],
)
def test_a_long_text_without_any_takes_no_longer_than_it_is_long(part: str) -> None:
    begun = time.process_time()
    without_secrets(part * (20_000 // len(part)))
    assert time.process_time() - begun < 2
