"""Where tokens lie: in the system's keyring, else in a file that nobody else can read."""

from contextlib import suppress

from lacewing.cli.remote.profiles import folder, read_json, write_private
from lacewing.kit.lazy import LazyModule

_keyring = LazyModule("keyring")
_keyring_errors = LazyModule("keyring.errors")
_SERVICE = "lacewing"


def keep(url: str, token: str, *, in_file: bool = False) -> str:
    """Where it lies now: `keyring` or `file`. Raises CommandError."""
    if not in_file and _kept_in_keyring(url, token):
        return "keyring"
    path = folder() / "tokens.json"
    write_private(path, {**read_json(path), url: token})
    return "file"


def find(url: str, keeps: str) -> str | None:
    """Raises CommandError."""
    if keeps == "keyring":
        with suppress(_keyring_errors.KeyringError):
            found: str | None = _keyring.get_password(_SERVICE, url)
            return found
        return None
    token = read_json(folder() / "tokens.json").get(url)
    return token if isinstance(token, str) else None


def forget(url: str, keeps: str) -> None:
    """Raises CommandError."""
    if keeps == "keyring":
        with suppress(_keyring_errors.KeyringError):
            _keyring.delete_password(_SERVICE, url)
        return
    path = folder() / "tokens.json"
    left = {each: token for each, token in read_json(path).items() if each != url}
    write_private(path, left)


def _kept_in_keyring(url: str, token: str) -> bool:
    """Whether there is one, unlocked, that gives back what it was given."""
    try:
        _keyring.set_password(_SERVICE, url, token)
        return bool(_keyring.get_password(_SERVICE, url) == token)
    except _keyring_errors.KeyringError:
        return False
    except RuntimeError:  # some backends without a desktop session raise it in place of their own
        return False
