"""Which server, and where its token is kept: profiles in a file, the environment before it."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lacewing.cli.grammar import CommandError, Exit

DEFAULT = "default"
LOG_IN = "Log in with: lacewing login"
_HOST = re.compile(r"[^\s/?#@]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """`email` is whose token it is, as far as is known; `keeps` is where it lies: `keyring` or `file`.

    `is_ours` tells that the token was made for this login, and is nobody else's to use.
    """

    url: str
    email: str = ""
    keeps: str = "file"
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Profiles:
    current: str = DEFAULT
    by_name: Mapping[str, Profile] = field(default_factory=dict)

    def with_one(self, name: str, profile: Profile) -> "Profiles":
        """It becomes the current one."""
        return Profiles(name, {**self.by_name, name: profile})

    def without(self, name: str) -> "Profiles":
        left = {each: profile for each, profile in self.by_name.items() if each != name}
        return Profiles(next(iter(left), DEFAULT) if self.current == name else self.current, left)

    def name_for(self, url: str) -> str:
        """Of the profile that has this server; else `default` for the first, then its host's name."""
        known = next((name for name, profile in self.by_name.items() if same_server(profile.url, url)), None)
        return known or (host_of(url) if self.by_name else DEFAULT)

    def switched(self, name: str) -> "Profiles":
        return replace(self, current=name)


def folder() -> Path:
    """Of our configuration (XDG)."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "lacewing"


def read_profiles() -> Profiles:
    """Raises CommandError for a file that can not be read."""
    told = read_json(folder() / "config.json")
    by_name = {str(name): _profile(value) for name, value in (told.get("profiles") or {}).items()}
    return Profiles(str(told.get("current", DEFAULT)), by_name)


def write_profiles(profiles: Profiles) -> None:
    by_name = {name: asdict(profile) for name, profile in profiles.by_name.items()}
    write_private(folder() / "config.json", {"current": profiles.current, "profiles": by_name})


def read_json(path: Path) -> dict[str, Any]:
    """Empty where there is no file. Raises CommandError."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CommandError(f"{path} can not be read: {error.strerror}.") from error
    except ValueError as error:
        raise CommandError(f"{path} can not be read: {error}.", hint="Mend it, or delete it.") from error
    return found if isinstance(found, dict) else {}


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """As a whole or not at all, for nobody else to read. Raises CommandError."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(content, file, indent=2)
        draft.replace(path)
    except OSError as error:
        raise CommandError(f"{path} can not be written: {error.strerror}.") from error


def same_server(one: str, other: str) -> bool:
    return server_of(one) == server_of(other)


def url_of(told: str) -> str:
    """Of what was typed: without a scheme, http on this machine and https on another. Raises CommandError."""
    text = told.strip()
    host = _host(text if "://" in text else f"//{text}")
    scheme = "http" if _is_here(host) else "https"
    url = server_of(text if "://" in text else f"{scheme}://{text}")
    if not url.startswith(("http://", "https://")) or not host or not _HOST.fullmatch(host):
        raise CommandError(f"{told!r} is no server's URL.", Exit.USAGE, "It is like https://bugs.example.com")
    return url


def server_of(url: str) -> str:
    """Without the `/api/v1` that BugSpark's clients are given."""
    return url.rstrip("/").removesuffix("/api/v1")


def host_of(url: str) -> str:
    return _host(url) or url


def is_overheard(url: str) -> bool:
    """Plain HTTP to another machine."""
    return url.lower().startswith("http:") and not _is_here(host_of(url))


def read_bugspark() -> tuple[str, str] | None:
    """URL and token of BugSpark's own client, if its token is in plain text."""
    told = read_json(Path.home() / ".bugspark" / "config.json")
    url, token = told.get("apiUrl"), told.get("token")
    is_plain = isinstance(token, str) and token.startswith(("bsk_pat_", "pk_", "proj_"))
    return (str(url), str(token)) if url and is_plain else None


def _is_here(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"} or host.endswith(".localhost")


def _host(url: str) -> str:
    """Empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # a bracket that is not closed
        return ""


def _profile(value: Any) -> Profile:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        path = folder() / "config.json"
        raise CommandError(f"{path} names a server without a URL.", Exit.USAGE, "Mend it, or delete it.")
    email, keeps = str(value.get("email", "")), str(value.get("keeps", "file"))
    return Profile(value["url"], email, keeps, value.get("is_ours") is True)
