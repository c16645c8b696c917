"""What can go wrong in the core: a kind, a stable code, a sentence. No status codes, no wire format."""

from dataclasses import dataclass
from enum import StrEnum


class ErrorKind(StrEnum):
    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    INVALID = "invalid"
    INVALID_REQUEST = "invalid_request"
    NOT_FOUND = "not_found"
    PRECONDITION_FAILED = "precondition_failed"
    RATE_LIMITED = "rate_limited"
    UNAUTHENTICATED = "unauthenticated"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One mistake in one field of the caller's input; `field` in snake_case.

    `position` and `length` count its characters, where the mistake is in a part of it.
    """

    field: str
    message: str
    code: str
    position: int | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """Where a caller stands in a budget: `reset_seconds` until the window ends, at `reset_at` (Unix time)."""

    limit: int
    remaining: int
    reset_seconds: int
    reset_at: int


class LacewingError(Exception):
    """An outcome that the caller must answer for; `code` never changes once published."""

    def __init__(
        self,
        kind: ErrorKind,
        code: str,
        message: str,
        *,
        fields: tuple[FieldError, ...] = (),
        scope: str | None = None,
        retry_after_seconds: int | None = None,
        allowance: Allowance | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code
        self.message = message
        self.fields = fields
        self.scope = scope
        self.retry_after_seconds = retry_after_seconds
        self.allowance = allowance


def not_found(thing: str) -> LacewingError:
    """What does not exist and what the caller may not see are answered alike (D7)."""
    return LacewingError(ErrorKind.NOT_FOUND, "not_found", f"{thing} not found.")


def conflict(code: str, message: str) -> LacewingError:
    return LacewingError(ErrorKind.CONFLICT, code, message)


def changed_meanwhile(thing: str) -> LacewingError:
    """What the caller saw before it asked is not what there is now (RFC 9110, 13.1.1)."""
    message = f"{thing} was changed by somebody else meanwhile. Read it again."
    return LacewingError(ErrorKind.PRECONDITION_FAILED, "changed_meanwhile", message)


def forbidden(code: str, message: str, *, scope: str | None = None) -> LacewingError:
    return LacewingError(ErrorKind.FORBIDDEN, code, message, scope=scope)


def invalid_request(code: str, message: str) -> LacewingError:
    return LacewingError(ErrorKind.INVALID_REQUEST, code, message)


def invalid(*fields: FieldError) -> LacewingError:
    """The sentence names the first mistake; `fields` holds them all."""
    return LacewingError(ErrorKind.INVALID, "validation_failed", _sentence(fields[0]), fields=fields)


def _sentence(first: FieldError) -> str:
    return f"{first.field}: {first.message}." if first.field else f"{first.message}."


def rate_limited(allowance: Allowance) -> LacewingError:
    wait = max(1, allowance.reset_seconds)
    message = f"Too many requests. Try again in {wait} seconds."
    return LacewingError(
        ErrorKind.RATE_LIMITED, "rate_limited", message, retry_after_seconds=wait, allowance=allowance
    )


def unauthenticated(code: str, message: str) -> LacewingError:
    return LacewingError(ErrorKind.UNAUTHENTICATED, code, message)


def unavailable(message: str = "The service is busy. Try again shortly.") -> LacewingError:
    return LacewingError(ErrorKind.UNAVAILABLE, "unavailable", message, retry_after_seconds=1)
