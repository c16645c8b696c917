"""The program as a person or a script runs it, against a real server."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.server import Person
from tests.warm import WarmChild

PATIENCE_SECONDS = 60.0
NOWHERE = "http://127.0.0.1:9"


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Shell:
    """A home of its own in `folder`; `environment` is what is set besides."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: str, **settings: str) -> Ran:
        """Without a terminal, and with nothing on standard input."""
        return self.typed(*words, text="", **settings)

    def typed(self, *words: str, text: str, **settings: str) -> Ran:
        """With `text` on standard input."""
        number = len(list(self.folder.glob("*.out")))
        given, out, err = (self.folder / f"{number}.{end}" for end in ("in", "out", "err"))
        given.write_text(text)
        child = WarmChild(words, {**self.surroundings(), **settings}, out, err, given)
        code = child.wait(PATIENCE_SECONDS)
        return Ran(code, out.read_text(), err.read_text())

    def surroundings(self) -> dict[str, str]:
        """The environment without LACEWING_*, the size of a terminal (xdist sets one) and a keyring."""
        not_ours = ("LACEWING_", "XDG_", "COLUMNS", "LINES")
        outside = {name: value for name, value in os.environ.items() if not name.startswith(not_ours)}
        own = {
            "HOME": str(self.folder),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "NO_COLOR": "1",
            "TERM": "xterm",
        }
        return {**outside, **own, **self.environment}


def shell_of(person: Person, url: str, folder: Path) -> Shell:
    """Somebody's, logged in by LACEWING_URL and LACEWING_TOKEN as a CI job is."""
    folder.mkdir(parents=True, exist_ok=True)
    return Shell(folder, {"LACEWING_URL": url, "LACEWING_TOKEN": person.mint_token()})
