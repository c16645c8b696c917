"""The repository names no machine: no checkout's folder, no package registry."""

import json
import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.architecture.source_tree import ROOT

# Folders in which people and machines keep their checkouts, written so that this file does not match itself.
_PLACES = r"(?<![\w.:/$}~-])/(?:home|Users|root|work|workspace|builds|tmp)/\w[^\s\"'`]*"
_REGISTRIES = r"\b(?:pypi|pythonhosted|npmjs|yarnpkg|npmmirror)\.(?:org|com)\b"
WORKPLACE = re.compile(f"{_PLACES}|{_REGISTRIES}")


def files() -> Iterator[tuple[str, str]]:
    """What git has, or would take, with its text; what is not UTF-8 is not text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and not path.is_symlink():
            try:
                yield name, path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_names_a_workplace() -> None:
    named = [
        f"{name}:{number} {found.group()}"
        for name, text in files()
        for number, line in enumerate(text.splitlines(), 1)
        for found in WORKPLACE.finditer(line)
    ]

    assert named == []


def test_a_python_lock_names_no_place_to_download_from() -> None:
    locks = [(name, text) for name, text in files() if re.fullmatch(r"requirements/\w+\.txt", name)]

    assert locks
    assert [name for name, text in locks if "://" in text or "--hash=sha256:" not in text] == []


def test_an_npm_lock_names_no_place_to_download_from() -> None:
    """frontend/.npmrc says omit-lockfile-registry-resolved=true."""
    packages = [
        (f"{name}: {package}", entry.get("resolved", ""))
        for name, text in files()
        if name.endswith("package-lock.json")
        for package, entry in json.loads(text)["packages"].items()
    ]

    assert [package for package, resolved in packages if ":" in resolved] == []


@pytest.mark.parametrize(
    "line",
    [
        *(
            f"cd {'/'}{place}/lacewing"
            for place in ("home/ada", "Users/ada", "root", "work", "builds", "tmp")
        ),
        *(f"https://{host}/simple" for host in ("pypi" + ".org", "files.pythonhosted" + ".org")),
        "https://registry.npmjs" + ".org/preact",
    ],
)
def test_a_line_that_names_a_workplace_is_noticed(line: str) -> None:
    assert WORKPLACE.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "./data",
        "src/work/main",
        "https://example.com/home/ada",
        "$TMPDIR/home/x",
        "/api/v1/reports",
        "~/work/a",
    ],
)
def test_an_ordinary_line_passes(line: str) -> None:
    assert not WORKPLACE.search(line)
