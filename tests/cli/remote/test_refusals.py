"""Each command that asks a server: what it can not find, may not do, can not reach or does not understand."""

import io
import random
import sys
from pathlib import Path

import pytest

from lacewing.cli.commands import COMMANDS, start
from tests.cli.shell import NOWHERE
from tests.server import PASSWORD, Person, Project, Server

GROUPS = ("config", "members", "projects", "reports", "sessions", "stats", "tickets", "tokens", "webhooks")
ABSENT = "00000000-0000-7000-8000-000000000000"
WHOLE = "-t Cart --given=something-holds --when=something-is-done --then=something-happens"
# What each takes (CODE, SHOP and HOOK are there), what it can not find, what it does not understand.
CASES: dict[str, tuple[str, str, str]] = {
    "config get": ("theme -p SHOP", "theme -p NOPE", "colour -p SHOP"),
    "config set": ("theme dark -p SHOP", "theme dark -p NOPE", "theme pink -p SHOP"),
    "config show": ("-p SHOP", "-p NOPE", "one-word-too-many"),
    "config unset": ("theme -p SHOP", "theme -p NOPE", "colour -p SHOP"),
    "members invite": ("bob@example.com -p SHOP", "bob@example.com -p NOPE", "bob@example.com -r king"),
    "members list": ("-p SHOP", "-p NOPE", "--nonsense"),
    "members remove": ("bob@example.com -f -p SHOP", "bob@example.com -f -p SHOP", "-f"),
    "members update": (
        "bob@example.com -r admin -p SHOP",
        "bob@example.com -r admin -p SHOP",
        "bob@example.com",
    ),
    "projects create": ("Attic", "Attic --organization nobodys", ""),
    "projects create-key": ("SHOP more", "NOPE more", "SHOP"),
    "projects delete": ("SHOP -f", "NOPE -f", "SHOP"),
    "projects keys": ("SHOP", "NOPE", ""),
    "projects list": ("", "", "--nonsense"),
    "projects restore": ("SHOP", "NOPE", ""),
    "projects rotate-key": ("SHOP -f", "NOPE -f", "SHOP --grace soon"),
    "projects show": ("SHOP", "NOPE", ""),
    "projects update": ("SHOP -n Shop", "NOPE -n Shop", "SHOP"),
    "reports assign": ("CODE", "SHOP-999", ""),
    "reports comment": ("CODE hm", "SHOP-999 hm", "CODE -f /nowhere/at-all"),
    "reports delete": ("CODE -f", "SHOP-999 -f", "-f"),
    "reports export": ("CODE", "SHOP-999", "CODE --format pdf"),
    "reports list": ("-p SHOP", "-p NOPE", "-s nowhere"),
    "reports merge": ("CODE --into CODE", "SHOP-999 --into CODE", "CODE"),
    "reports open": ("CODE", "SHOP-999", "what!"),
    "reports unmerge": ("CODE", "SHOP-999", ""),
    "reports update": ("CODE -s closed", "SHOP-999 -s closed", "CODE"),
    "reports view": ("CODE", "SHOP-999", "what!"),
    "reports watch": ("CODE", "SHOP-999", "--limit many"),
    "sessions end": (ABSENT, ABSENT, ""),
    "sessions end-all": ("-f", "", ""),
    "sessions list": ("", "", "--nonsense"),
    "stats": ("-p SHOP", "-p NOPE", "--nonsense"),
    "tickets create": (f"-p SHOP {WHOLE}", f"-p NOPE {WHOLE}", "-p SHOP"),
    "tickets list": ("-p SHOP", "-p NOPE", "-s nowhere"),
    "tickets update": ("CODE -s closed", "SHOP-999 -s closed", "CODE"),
    "tickets view": ("CODE", "SHOP-999", "what!"),
    "tokens create": ("more", "more -p NOPE", "more --kind gold"),
    "tokens list": ("", "-p NOPE", "--nonsense"),
    "tokens revoke": ("more -f", "more -f", ""),
    "tokens rotate": ("more", "more", "more --grace soon"),
    "webhooks create": ("https://example.com -p SHOP", "https://example.com -p NOPE", ""),
    "webhooks delete": ("HOOK -f", f"{ABSENT} -f", ""),
    "webhooks deliveries": ("HOOK", ABSENT, "HOOK --limit 0"),
    "webhooks list": ("-p SHOP", "-p NOPE", "--nonsense"),
    "webhooks resend": (f"HOOK {ABSENT}", f"HOOK {ABSENT}", "HOOK"),
    "webhooks rotate-secret": ("HOOK -f", f"{ABSENT} -f", "HOOK"),
    "webhooks test": ("HOOK", ABSENT, "HOOK --wait long"),
    "webhooks update": ("HOOK --active true", f"{ABSENT} --active true", "HOOK"),
}
# Who knows the password may do these, whatever the token.
OF_PASSWORD = {"sessions end", "sessions end-all", "sessions list"}
WITH_ABSENT = sorted({*CASES} - {"projects list", "sessions end-all", "sessions list"})


@pytest.fixture(scope="module")
def there(ada: Person, shop: Project) -> dict[str, str]:
    told = {"title": "Cart empties", "severity": "low", "category": "bug"}
    report = ada.post(f"/api/v1/projects/{shop.id}/reports", **told)
    hook = ada.http.post(
        "/api/v1/webhooks",
        params={"project_id": shop.id},
        json={"url": "https://hooks.example.com", "events": ["report.created"]},
    )
    return {"CODE": str(report["trackingId"]), "SHOP": shop.code, "HOOK": hook.json()["id"]}


@pytest.fixture(scope="module")
def token(ada: Person) -> str:
    return ada.mint_token()


@pytest.fixture(scope="module")
def weak_token(ada: Person) -> str:
    """May nothing that a command does."""
    return ada.mint_token(scopes=["events:read"])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can not be reached is tried again without a pause."""
    monkeypatch.setattr(random, "uniform", lambda least, most: min(least, most, 0.0))


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: Server, token: str) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LACEWING_URL", server.url)
    monkeypatch.setenv("LACEWING_TOKEN", token)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))  # what sessions are shown for


def words_of(command: str, more: str, there: dict[str, str]) -> list[str]:
    for name, thing in there.items():
        more = more.replace(name, thing)
    return [*command.split(), *more.split()]


def test_every_command_is_here() -> None:
    assert {each.words for each in COMMANDS if each.target and each.words.split()[0] in GROUPS} == {*CASES}


@pytest.mark.parametrize("command", WITH_ABSENT)
@pytest.mark.usefixtures("surroundings")
def test_what_is_not_there_is_code_4(
    command: str, there: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = start(words_of(command, CASES[command][1], there))
    told = capsys.readouterr()
    assert (code, told.out) == (4, ""), told.err
    assert "not found" in told.err


@pytest.mark.parametrize("command", sorted({*CASES} - OF_PASSWORD))
@pytest.mark.usefixtures("surroundings")
def test_what_is_refused_is_code_5(
    command: str,
    there: dict[str, str],
    weak_token: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LACEWING_TOKEN", weak_token)
    code = start(words_of(command, CASES[command][0], there))
    told = capsys.readouterr()
    assert (code, told.out) == (5, ""), told.err
    assert len(told.err.splitlines()) == 2, "what is wrong, and what to do"


@pytest.mark.parametrize("command", sorted(CASES))
@pytest.mark.usefixtures("surroundings")
def test_without_a_server_it_is_code_6(
    command: str, there: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LACEWING_URL", NOWHERE)
    code = start(words_of(command, CASES[command][0], there))
    told = capsys.readouterr()
    assert (code, told.out) == (6, "")
    assert told.err.startswith(f"{NOWHERE} can not be reached: ")


@pytest.mark.parametrize("command", sorted(CASES))
@pytest.mark.usefixtures("surroundings")
def test_what_is_not_understood_is_code_2(
    command: str, there: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = start(words_of(command, CASES[command][2], there))
    told = capsys.readouterr()
    assert (code, told.out) == (2, ""), told.err
