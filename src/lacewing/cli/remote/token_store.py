"""Where tokens lie: in the system's keyring, else in a file that nobody else can read.

Each lies under its profile and its server, so that none goes to a server that it was not made for.
"""

from contextlib import suppress

from lacewing.cli.remote.profiles import Profile, folder, read_json, write_private
from lacewing.kit.lazy import LazyModule

_keyring = LazyModule("keyring")
_keyring_errors = LazyModule("keyring.errors")
_SERVICE = "lacewing"
_FILE = "tokens.json"


def keep(name: str, url: str, token: str, *, in_file: bool = False) -> str:
    """Where it lies now: `keyring` or `file`. Raises CommandError."""
    if not in_file and _is_in_keyring(_place(name, url), token):
        return "keyring"
    path = folder() / _FILE
    write_private(path, {**read_json(path), _place(name, url): token})
    return "file"


def find(name: str, profile: Profile) -> str | None:
    """None where it is not, or the keyring stays locked. Raises CommandError."""
    place = _place(name, profile.url)
    if profile.keeps == "keyring":
        with suppress(_keyring_errors.KeyringError):
            found: str | None = _keyring.get_password(_SERVICE, place)
            return found
        return None
    token = read_json(folder() / _FILE).get(place)
    return token if isinstance(token, str) else None


def forget(name: str, profile: Profile) -> None:
    """Raises CommandError."""
    place = _place(name, profile.url)
    if profile.keeps == "keyring":
        with suppress(_keyring_errors.KeyringError):
            _keyring.delete_password(_SERVICE, place)
        return
    path = folder() / _FILE
    left = {each: token for each, token in read_json(path).items() if each != place}
    write_private(path, left)


def _place(name: str, url: str) -> str:
    return f"{name} {url}"


def _is_in_keyring(place: str, token: str) -> bool:
    """Whether there is one, unlocked, that gives back what it was given."""
    try:
        _keyring.set_password(_SERVICE, place, token)
        return bool(_keyring.get_password(_SERVICE, place) == token)
    except (_keyring_errors.KeyringError, RuntimeError):  # RuntimeError: from some without a desktop session
        return False
