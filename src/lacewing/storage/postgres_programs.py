"""PostgreSQL's own programs, of the version that a server needs."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from os import environ
from pathlib import Path

from sqlalchemy import URL

from lacewing.storage.snapshots import CopyError

_SECRETS = ("password", "sslpassword")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_FOLDERS = (
    "/usr/lib/postgresql/{major}/bin",
    "/usr/pgsql-{major}/bin",
    "/usr/libexec/postgresql{major}",
    "/opt/homebrew/opt/postgresql@{major}/bin",
    "/usr/local/opt/postgresql@{major}/bin",
    "/usr/local/pgsql/bin",
)


def find_program(name: str, major: int) -> Path:
    """From the PATH, or where the usual packages put it. Raises CopyError."""
    for path in _candidates(name, major):
        if _major_of(path) == major:
            return path
    raise CopyError(
        f"{name} of PostgreSQL {major} was not found. Install the client programs of that version "
        f"(on Debian: apt-get install postgresql-client-{major}), or put their folder into PATH."
    )


def run_program(program: Path, url: URL, options: Sequence[str]) -> None:
    """The password goes by the environment, where no other account reads it. Raises CopyError."""
    if "sslpassword" in url.query:  # has no variable
        raise CopyError(
            f"{program.name} can not be given an sslpassword unseen: "
            "take it out of LACEWING_DATABASE_URL, and use a key that needs none."
        )
    address = without_secrets(url).set(drivername="postgresql").render_as_string(hide_password=False)
    command = [str(program), *options, "--no-password", f"--dbname={address}"]
    done = subprocess.run(  # noqa: S603 - a program that was found by its name and version
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env=_environment(url)
    )
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["it ended without a word"]
        raise CopyError(f"{program.name} failed: {said[0].removeprefix(f'{program.name}: ')}")


def without_secrets(url: URL) -> URL:
    """As others may see it."""
    return url.set(password=None).difference_update_query(_SECRETS)


def _environment(url: URL) -> Mapping[str, str]:
    kept = {name: value for name, value in environ.items() if not name.startswith("LACEWING_")}
    password = _password(url)
    return kept if password is None else {**kept, "PGPASSWORD": password}


def _password(url: URL) -> str | None:
    """The query's last one, which the driver takes before the one in front of the host."""
    asked = url.normalized_query.get("password")
    return asked[-1] if asked else url.password


def _candidates(name: str, major: int) -> Iterator[Path]:
    for word in (f"{name}-{major}", name):
        found = shutil.which(word)
        if found is not None:
            yield Path(found)
    for folder in _FOLDERS:
        path = Path(folder.format(major=major), name)
        if path.exists():
            yield path


def _major_of(program: Path) -> int | None:
    try:
        told = subprocess.run(  # noqa: S603 - see run_program
            [str(program), "--version"], capture_output=True, check=False, text=True, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _VERSION.search(told.stdout)
    return int(found[1]) if found else None
