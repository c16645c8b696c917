"""Everything that can go wrong at the edge, beside what can go wrong in the core."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from lacewing.kit.errors import Allowance, ErrorKind, FieldError, LacewingError


class EdgeKind(StrEnum):
    CROSS_SITE = "cross_site"
    INTERNAL = "internal"
    MALFORMED = "malformed"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TOO_LARGE = "too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"


Kind = ErrorKind | EdgeKind
KINDS: tuple[Kind, ...] = (*ErrorKind, *EdgeKind)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a dialect turns into a status and a body.

    `allow` holds the methods of a 405; `headers` are sent whatever the dialect.
    """

    kind: Kind
    code: str
    message: str
    fields: tuple[FieldError, ...] = ()
    scope: str | None = None
    retry_after_seconds: int | None = None
    allowance: Allowance | None = None
    allow: tuple[str, ...] = field(default=())
    headers: tuple[tuple[str, str], ...] = ()


class EdgeError(Exception):
    """A request that is refused before it reaches a verb."""

    def __init__(
        self,
        kind: EdgeKind,
        message: str,
        code: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.problem = Problem(kind, code or kind.value, message, headers=headers)


class RefusalError(EdgeError):
    """A core error that is answered with headers of its own, whatever the dialect."""

    def __init__(self, error: LacewingError, headers: tuple[tuple[str, str], ...]) -> None:
        Exception.__init__(self, error.message)
        self.problem = replace(problem_of(error), headers=headers)


def problem_of(error: LacewingError) -> Problem:
    return Problem(
        error.kind,
        error.code,
        error.message,
        error.fields,
        error.scope,
        error.retry_after_seconds,
        error.allowance,
    )


def internal() -> Problem:
    return Problem(EdgeKind.INTERNAL, "internal", "Something went wrong on our side. It has been logged.")


def route_not_found() -> Problem:
    return Problem(ErrorKind.NOT_FOUND, "not_found", "There is nothing at this address.")


def method_not_allowed(allow: tuple[str, ...]) -> Problem:
    return Problem(
        EdgeKind.METHOD_NOT_ALLOWED,
        "method_not_allowed",
        f"This address answers {', '.join(allow)} only.",
        allow=allow,
    )
