"""A keyring for tests: PYTHON_KEYRING_BACKEND names it, TEST_KEYRING says in which file it lies."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        return _kept().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        _keep({**_kept(), f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = _kept()
        if kept.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError("It is not there.")
        _keep(kept)


def _file() -> Path:
    return Path(os.environ["TEST_KEYRING"])


def _kept() -> dict[str, str]:
    return dict(json.loads(_file().read_text())) if _file().exists() else {}


def _keep(kept: dict[str, str]) -> None:
    _file().write_text(json.dumps(kept))
