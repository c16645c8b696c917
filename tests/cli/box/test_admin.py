"""`lacewing admin`: what an operator types, and what it answers; on SQLite, through the real program."""

import re
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.cli.box.program import Run

Admin = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def admin(box: Run, tmp_path: Path) -> Admin:
    return partial(box, "admin", data=tmp_path / "data")


def test_people_and_their_credentials_are_administered(admin: Admin) -> None:
    """Issue 3, 11: every command once, in the order in which an operator might."""
    made = admin("create-user", "Ada", "ada@example.com")
    assert re.search(r"/reset-password\?token=\S{43}\n", made.stdout)
    assert admin("create-user", "Bob", "bob@example.com").returncode == 0
    assert admin("make-admin", "BOB@example.com").stdout == "bob@example.com administers this instance.\n"
    assert admin("make-admin", "bob@example.com", "--undo").returncode == 0
    assert "/reset-password?token=" in admin("reset-password", "bob@example.com").stdout
    assert admin("disable-user", "bob@example.com").stdout == "bob@example.com is disabled.\n"
    listed = [line.split(maxsplit=3)[1:] for line in admin("list-users").stdout.splitlines()]
    assert listed == [["admin", "ada@example.com", "Ada"], ["disabled", "bob@example.com", "Bob"]]
    assert admin("enable-user", "bob@example.com").returncode == 0
    assert admin("list-tokens", "bob@example.com").stdout == ""
    assert admin("end-sessions", "bob@example.com").stdout == "Sessions ended: 0.\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("disable-user", "nobody@example.com"), 4),
        (("disable-user", "ada@example.com"), 5),
        (("create-user", "Ada", "ADA@example.com"), 5),
        (("create-user", "Ada", "no address"), 5),
        (("revoke-token", "ada@example.com", "00000000-0000-4000-8000-000000000000"), 4),
    ],
)
@pytest.mark.usefixtures("data")
def test_a_refusal_is_one_sentence(admin: Admin, words: tuple[str, ...], code: int) -> None:
    refused = admin(*words)
    assert (refused.returncode, refused.stdout) == (code, "")
    assert refused.stderr.count("\n") == 1


def test_a_new_key_stands_first_and_the_old_one_stays(admin: Admin, data: Path) -> None:
    """F-4."""
    file = data / "secret-keys"
    before = file.read_text().split()

    assert admin("rotate-key-ring").returncode == 0

    after = file.read_text().split()
    assert (len(after), after[1:]) == (2, before)
    assert file.stat().st_mode & 0o777 == 0o600
    assert admin("list-users").returncode == 0


def test_a_ring_of_the_settings_is_told_and_not_written(admin: Admin, tmp_path: Path) -> None:
    ring = "k1:" + "b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQtb2xkLW9sZC0="
    told = admin("rotate-key-ring", LACEWING_SECRET_KEYS=ring)
    assert told.stdout.strip().endswith(ring)
    assert not (tmp_path / "data" / "secret-keys").exists()


def test_where_there_is_no_instance_only_an_account_makes_one(admin: Admin, tmp_path: Path) -> None:
    refused = admin("list-users")
    assert (refused.returncode, refused.stderr.count("\n"), (tmp_path / "data").exists()) == (2, 1, False)


@pytest.mark.usefixtures("data")
def test_what_was_given_up_is_listed_and_tried_again(admin: Admin) -> None:
    listed = admin("jobs")
    assert (listed.stdout, listed.stderr) == ("", "No job was given up.\n")
    assert admin("jobs", "--retry-all").stdout == "To be tried again: 0.\n"
    unknown = admin("jobs", "--retry", "00000000-0000-4000-8000-000000000000")
    assert (unknown.returncode, unknown.stderr) == (4, "Failed job not found.\n")
