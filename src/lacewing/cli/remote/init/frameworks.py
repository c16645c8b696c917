"""What the current folder is made with, as far as its files tell."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

Framework = Literal["plain", "react", "vue", "angular", "svelte", "nextjs", "django", "rails"]

# The first that is there: Next.js is made of React.
_PACKAGES: Final[tuple[tuple[str, Framework], ...]] = (
    ("next", "nextjs"),
    ("@angular/core", "angular"),
    ("svelte", "svelte"),
    ("vue", "vue"),
    ("react", "react"),
)
_PYTHON_PROGRAMS: Final = re.compile(r"(?im)^\W*(django|falcon|fastapi|flask|starlette)\b")


def detect(folder: Path) -> Framework:
    """`plain` where nothing tells more."""
    packages = _packages(folder / "package.json")
    for package, framework in _PACKAGES:
        if package in packages:
            return framework
    if (folder / "manage.py").is_file():
        return "django"
    return "rails" if re.search(r"""gem ["']rails["']""", _text(folder / "Gemfile")) else "plain"


def is_python_program(folder: Path) -> bool:
    """One whose own errors could be reported as well."""
    files = (*folder.glob("requirements*.txt"), folder / "pyproject.toml")
    return any(_PYTHON_PROGRAMS.search(_text(file)) for file in files)


def _packages(file: Path) -> frozenset[str]:
    try:
        told = json.loads(_text(file) or "{}")
    except ValueError:
        return frozenset()
    return frozenset(_named(told)) if isinstance(told, dict) else frozenset()


def _named(told: dict[str, object]) -> Iterator[str]:
    for kind in ("dependencies", "devDependencies"):
        packages = told.get(kind)
        if isinstance(packages, dict):
            yield from packages


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return ""
