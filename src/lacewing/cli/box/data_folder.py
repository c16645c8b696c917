"""The data folder: made private, with secrets that are generated once (M-4)."""

import fcntl
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from lacewing.kit import keyring
from lacewing.settings import Settings, SettingsError
from lacewing.storage import sync_folder

KEYS_FILE = "secret-keys"
SETUP_FILE = "setup-code"
IN_USE_FILE = "in-use"


def prepare(settings: Settings) -> None:
    """Made, and in use until this process and its forks end.

    Raises SettingsError with one sentence if the folder can not be used.
    """
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = settings.data / f".probe-{os.getpid()}"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        raise SettingsError(
            [f"LACEWING_DATA: {settings.data} can not be written ({error.strerror})."]
        ) from error
    occupy(settings)


def occupy(settings: Settings) -> None:
    """Together with others, until this process and its forks end. Raises SettingsError."""
    if settings.data.exists() and not _occupied(settings.data, fcntl.LOCK_SH):
        raise SettingsError([f"LACEWING_DATA: a backup is just being restored into {settings.data}."])


def occupy_alone(settings: Settings) -> bool:
    """Until this process ends; False if another uses the folder, which exists."""
    return _occupied(settings.data, fcntl.LOCK_EX)


def _occupied(folder: Path, how: int) -> bool:
    """The descriptor stays open for good: the lock is its."""
    descriptor = os.open(folder / IN_USE_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return False
    return True


def secret_keys(settings: Settings) -> str:
    """The key ring's text, from the settings or from the folder. Raises SettingsError."""
    return _checked(settings, settings.secret_keys or _kept(settings.data / KEYS_FILE, keyring.generate))


def kept_keys(settings: Settings) -> str:
    """The same, and none is made. Raises SettingsError."""
    path = settings.data / KEYS_FILE
    try:
        text = settings.secret_keys or path.read_text()
    except OSError as error:
        raise SettingsError([f"LACEWING_DATA: {path} can not be read ({error.strerror})."]) from error
    return _checked(settings, text)


def _checked(settings: Settings, text: str) -> str:
    try:
        keyring.parse(text)
    except ValueError as error:
        source = "LACEWING_SECRET_KEYS" if settings.secret_keys else str(settings.data / KEYS_FILE)
        raise SettingsError([f"{source} {error}."]) from error
    return text


def longer_ring(settings: Settings) -> str:
    """The ring's text with a new key before the others. Raises SettingsError."""
    return f"{keyring.generate()}\n{secret_keys(settings).strip()}"


def replace_keys(settings: Settings, text: str) -> None:
    """The file as a whole, or as it was: whenever the machine stops, one of the two rings is there."""
    path = settings.data / KEYS_FILE
    draft = _written(path, text)
    draft.replace(path)
    sync_folder(settings.data)


def setup_code(settings: Settings) -> str:
    """What the first registration from elsewhere must present (D8)."""
    return _kept(settings.data / SETUP_FILE, lambda: secrets.token_hex(8)).strip()


def _kept(path: Path, generate: Callable[[], str]) -> str:
    """The file's text; written once, 0600, complete or not at all."""
    if not path.exists():
        draft = _written(path, generate())
        with suppress(FileExistsError):  # another process was first: its text holds
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


def _written(path: Path, text: str) -> Path:
    """A draft beside `path`, 0600 and on the disk; ends with one new line."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{text.rstrip()}\n")
        file.flush()
        os.fsync(file.fileno())
    return draft
