"""What is asked of a server, as a value: it is the same for both clients, and knows no network."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Generic, TypeVar
from urllib.parse import quote

Answer_co = TypeVar("Answer_co", covariant=True)
Item = TypeVar("Item")
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send; `progress` hears how many bytes have been read of it so far."""

    name: str
    content: BinaryIO
    media_type: str = "application/octet-stream"
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Request(Generic[Answer_co]):
    """`path` follows the server's URL. Without `body`, `form` or `upload` nothing is sent with it.

    `is_create` sends an Idempotency-Key, so that a second try makes nothing twice.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    upload: Upload | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_create: bool = False


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A list that comes in pages: the first request, what a page holds, and what asks for the next one."""

    first: Request[dict[str, Any]]
    items: Callable[[dict[str, Any]], list[Item]]
    following: Callable[[dict[str, Any]], Mapping[str, str] | None]

    def after(self, page: dict[str, Any]) -> Request[dict[str, Any]] | None:
        """None at the end."""
        more = self.following(page)
        return None if more is None else replace(self.first, query={**self.first.query, **more})


API = "/api/v1"


def path_of(template: str, *parts: str) -> str:
    """`path_of("/reports/{}", "WEB-1")`; whatever stands in a part, it stays one part."""
    return API + template.format(*(quote(part, safe="") for part in parts))


def given(**values: object) -> dict[str, str]:
    """A query of what is not None; booleans as JSON writes them, several values between commas."""
    return {name: _text(value) for name, value in values.items() if value is not None}


def filled(**values: object) -> dict[str, Any]:
    """A body of what is not None: what is left out stays as it is."""
    return {name: value for name, value in values.items() if value is not None}


def _text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list() | tuple():
            return ",".join(str(part) for part in value)
        case _:
            return str(value)
