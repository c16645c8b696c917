"""Logging in and out: what is kept, where, and what the server is told."""

import json
import stat
from pathlib import Path

import pytest

from tests.cli.shell import NOWHERE, Shell
from tests.cli.terminal import Terminal
from tests.cli.written import ROOT
from tests.server import PASSWORD, Person, Server


@pytest.fixture
def home(tmp_path: Path) -> Shell:
    """Of somebody who has not logged in anywhere."""
    return Shell(tmp_path)


def log_in(home: Shell, server: Server, *more: str) -> None:
    done = home.typed("login", server.url, "--email", "ada@example.com", *more, text=f"{PASSWORD}\n")
    assert done.code == 0, done.err


def kept_in(home: Shell) -> dict[str, str]:
    path = home.folder / ".config/lacewing/tokens.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    tokens: dict[str, str] = json.loads(path.read_text())
    return tokens


@pytest.mark.usefixtures("ada")
def test_a_login_is_kept_for_its_owner_alone_and_ended_by_the_logout(home: Shell, server: Server) -> None:
    log_in(home, server)
    (token,) = kept_in(home).values()
    assert home("whoami", "--json", "--fields", "email,profile").json == {
        "email": "ada@example.com",
        "profile": "default",
    }
    assert home("logout").err == f"Logged out of {server.url}.\n"
    assert kept_in(home) == {}
    assert home("whoami").code == 3
    assert home("whoami", LACEWING_URL=server.url, LACEWING_TOKEN=token).code == 3


@pytest.mark.usefixtures("ada")
def test_where_there_is_a_keyring_no_file_has_the_token(server: Server, tmp_path: Path) -> None:
    """Twice, so that the token of the first login has to be found there to be ended."""
    keyring = tmp_path / "keyring"
    backend = {"PYTHON_KEYRING_BACKEND": "tests.cli.file_keyring.FileKeyring", "TEST_KEYRING": str(keyring)}
    (tmp_path / "home").mkdir()
    home = Shell(tmp_path / "home", {**backend, "PYTHONPATH": str(ROOT)})
    log_in(home, server)
    (first,) = json.loads(keyring.read_text()).values()
    log_in(home, server)
    ((place, token),) = json.loads(keyring.read_text()).items()
    assert (place, token != first) == (f"lacewing default {server.url}", True)
    assert home("whoami", "--json", "--fields", "email").json == {"email": "ada@example.com"}
    written = [path.read_text() for path in home.folder.rglob("*") if path.is_file()]
    assert not [text for text in written if first in text or token in text]
    assert home("logout").code == 0
    assert json.loads(keyring.read_text()) == {}
    for ended in (first, token):
        assert home("whoami", LACEWING_URL=server.url, LACEWING_TOKEN=ended).code == 3


@pytest.mark.usefixtures("ada")
def test_a_second_login_ends_the_token_of_the_first(home: Shell, server: Server) -> None:
    log_in(home, server)
    (first,) = kept_in(home).values()
    log_in(home, server)
    (second,) = kept_in(home).values()
    assert home("whoami", LACEWING_URL=server.url, LACEWING_TOKEN=first).code == 3
    assert home("whoami", LACEWING_URL=server.url, LACEWING_TOKEN=second).code == 0


def test_a_token_that_is_given_is_used_as_it_is(home: Shell, server: Server, ada: Person) -> None:
    token = ada.mint_token()
    given = home.typed("login", server.url, "--token", text=f"{token}\n")
    assert (given.code, list(kept_in(home).values())) == (0, [token])
    assert token not in given.out + given.err
    project = ada.mint_project_token(ada.create_project("Elder"), "elder tree")
    told = home.typed("login", server.url, "-m", "pat", "--profile", "elder", "--json", text=project)
    assert told.json["holder"] == "elder tree"
    assert home("whoami", "--json", "--fields", "name").json == {"name": "elder tree"}


def test_servers_are_told_apart_by_profiles(home: Shell, server: Server, ada: Person) -> None:
    for name in ("one", "two"):
        home.typed("login", server.url, "--token", "--profile", name, text=ada.mint_token())
    listed = [line.split("\t") for line in home("profiles", "list").out.splitlines()]
    assert [(row[0], row[4]) for row in listed] == [("one", "no"), ("two", "yes")]
    assert home("profiles", "use", "one").code == 0
    assert home("whoami", "--json", "--fields", "profile").json == {"profile": "one"}
    assert home("whoami", "--json", "--fields", "profile", LACEWING_PROFILE="two").json == {"profile": "two"}
    assert home("profiles", "use", "three").code == 4
    assert home("whoami", "--profile", "three").code == 2


def test_a_token_never_goes_to_another_server_than_its_own(home: Shell, server: Server, ada: Person) -> None:
    home.typed("login", server.url, "--token", text=ada.mint_token())
    told = home("whoami", LACEWING_URL="http://127.0.0.1:9")
    assert (told.code, told.err.splitlines()[0]) == (3, "You are not logged in to http://127.0.0.1:9.")


def test_the_token_of_the_environment_stays_with_its_server(home: Shell, server: Server, ada: Person) -> None:
    ours = {"LACEWING_URL": server.url, "LACEWING_TOKEN": f"{ada.mint_token()}\n"}
    told = home("whoami", "--url", "http://127.0.0.1:9", **ours)
    assert (told.code, told.err.splitlines()[0]) == (3, "You are not logged in to http://127.0.0.1:9.")
    assert home("whoami", "--url", server.url.removeprefix("http://"), **ours).code == 0
    home.typed("login", server.url, "--token", text=ada.mint_token())
    alone = home("whoami", LACEWING_TOKEN="bsk_pat_ä")
    assert (alone.code, "bsk_pat" in alone.err) == (1, False)


def test_who_can_listen_to_a_token_of_the_environment_is_said(home: Shell) -> None:
    told = home("whoami", LACEWING_URL="http://bugs.invalid", LACEWING_TOKEN="bsk_pat_x")
    assert told.err.startswith("Over http://bugs.invalid whoever listens reads your token.")


def test_a_logout_is_of_the_profile_that_was_meant(home: Shell, server: Server, ada: Person) -> None:
    for name in ("a", "b"):
        home.typed("login", server.url, "--token", "--profile", name, text=ada.mint_token())
    assert home("logout", "--url", "http://127.0.0.1:9").code == 2
    assert home("logout", LACEWING_PROFILE="a").code == 0
    assert list(kept_in(home)) == [f"b {server.url}"]
    assert home("whoami").code == 0


def test_a_token_that_can_not_be_revoked_is_kept_unless_told(home: Shell) -> None:
    folder = home.folder / ".config/lacewing"
    folder.mkdir(parents=True)
    profile = {"url": NOWHERE, "email": "ada@example.com", "keeps": "file", "is_ours": True}
    (folder / "config.json").write_text(json.dumps({"current": "default", "profiles": {"default": profile}}))
    (folder / "tokens.json").write_text(json.dumps({f"default {NOWHERE}": "bsk_pat_x"}))
    (folder / "tokens.json").chmod(0o600)
    told = home("logout")
    assert (told.code, told.err.splitlines()[1].startswith("You are still logged in.")) == (6, True)
    assert list(kept_in(home).values()) == ["bsk_pat_x"]
    assert home("logout", "--keep-token").code == 0
    assert kept_in(home) == {}


def test_what_the_original_client_has_kept_in_plain_text_is_understood(
    home: Shell, server: Server, ada: Person
) -> None:
    folder = home.folder / ".bugspark"
    folder.mkdir()
    kept = {"apiUrl": f"{server.url}/api/v1", "dashboardUrl": server.url, "token": ada.mint_token()}
    (folder / "config.json").write_text(json.dumps(kept))
    assert home("whoami", "--json", "--fields", "server").json == {"server": server.url}
    (folder / "config.json").write_text(json.dumps({**kept, "token": "c2VhbGVk"}))
    assert home("whoami").code == 3


@pytest.mark.usefixtures("ada")
def test_what_is_wrong_is_said_in_a_sentence(home: Shell, server: Server) -> None:
    wrong = home.typed("login", server.url, "--email", "ada@example.com", text="wrong\n")
    assert (wrong.code, wrong.err) == (3, "Invalid email or password.\n")
    clear = home.typed("login", "http://bugs.example.com", "--token", text="bsk_pat_x\n")
    assert (clear.code, clear.err.splitlines()[0]) == (
        2,
        "Over http://bugs.example.com whoever listens would read your secrets.",
    )
    assert home("login", "ftp://example.com", "--token").code == 2
    assert home("login", "http://127.0.0.1:9").code == 6
    assert home("login", "--token").err.startswith("Server: nobody is there to answer.")
    assert home.typed("login", server.url, "--token", text="").code == 2
    assert home("login", server.url, "-m", "carrier-pigeon").code == 2
    assert home("logout").code == 3


@pytest.mark.usefixtures("ada")
def test_a_file_that_is_no_json_is_named(home: Shell) -> None:
    folder = home.folder / ".config/lacewing"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{")
    told = home("whoami")
    assert told.code == 1
    assert told.err.startswith(f"{folder / 'config.json'} can not be read: ")


@pytest.mark.usefixtures("ada")
def test_a_person_registers_at_a_terminal_and_no_secret_is_shown(home: Shell, server: Server) -> None:
    with Terminal(["register"], home.surroundings()) as terminal:
        for question, answer in (("Server", server.url), ("Name", "Bob"), ("E-mail", "bob@example.com")):
            terminal.wait_for(question)
            terminal.type(answer)
        terminal.wait_for("Password: ")
        terminal.type(PASSWORD)
        terminal.wait_for("Password again: ")
        terminal.type(PASSWORD)
        seen = terminal.wait_for("Logged in to")
        assert terminal.end() == 0
    assert PASSWORD not in seen
    assert home("whoami", "--json", "--fields", "email").json == {"email": "bob@example.com"}


@pytest.mark.usefixtures("ada")
def test_an_interrupted_question_ends_quietly(home: Shell) -> None:
    with Terminal(["login", "--token"], home.surroundings()) as terminal:
        terminal.wait_for("Server")
        terminal.interrupt()
        assert terminal.end() == 130
    assert "Traceback" not in terminal.seen


def test_nobody_waits_on_a_list_that_there_is_not(home: Shell, server: Server) -> None:
    words = ("register-beta", server.url, "--name", "A", "--email", "a@example.com", "--reason", "x")
    told = home.typed(*words, text=f"{PASSWORD}\n")
    assert (told.code, told.err.splitlines()[0]) == (4, "This server has no waiting list.")
