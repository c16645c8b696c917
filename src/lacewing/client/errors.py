"""What can go wrong between a program and a server, by kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class ClientError(Exception):
    """All that a client raises; its text is one sentence."""


class UnreachableError(ClientError):
    """No answer came: no network, no such host, no server there, or too late."""


class UnexpectedAnswerError(ClientError):
    """Something answered that does not speak this API."""


@dataclass(frozen=True, slots=True)
class FieldError:
    field: str
    message: str
    code: str


class RefusalError(ClientError):
    """The server answered, and said no. `code` is stable; `fields` says what is wrong with the input."""

    def __init__(
        self,
        message: str,
        status: int,
        code: str = "",
        fields: tuple[FieldError, ...] = (),
        request_id: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.fields = fields
        self.request_id = request_id


class NotLoggedInError(RefusalError):
    """401: no credential, or one that is not good any more."""


class ForbiddenError(RefusalError):
    """403: seen, but not allowed."""


class NotFoundError(RefusalError):
    """404: it is not there, or this credential may not see it."""


class ConflictError(RefusalError):
    """409, 412: not as things stand now."""


class InvalidError(RefusalError):
    """400, 413, 415, 422: the input is not as it must be."""


class TooManyRequestsError(RefusalError):
    """429, after all the waiting that was allowed."""


class ServerFailedError(RefusalError):
    """5xx: it is not the caller's fault."""


_KINDS: Mapping[int, type[RefusalError]] = {
    400: InvalidError,
    401: NotLoggedInError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    412: ConflictError,
    413: InvalidError,
    415: InvalidError,
    422: InvalidError,
    429: TooManyRequestsError,
}


def refusal(status: int, body: object) -> RefusalError:
    """Of an answer's status and its decoded body, in whichever dialect (or none) that is."""
    told: Mapping[str, Any] = body if isinstance(body, dict) else {}
    kind = _KINDS.get(status, ServerFailedError if status >= 500 else RefusalError)
    details = told.get("details") if isinstance(told.get("details"), dict) else {}
    message = _sentence(told) or f"The server answered {status}."
    code = str(told.get("code") or (details or {}).get("code") or told.get("error") or "")
    request_id = str(told.get("requestId") or (details or {}).get("request_id") or "")
    return kind(message, status, code, _fields(told, details or {}), request_id)


def _sentence(told: Mapping[str, Any]) -> str:
    found = next((told[name] for name in ("detail", "message", "error_description") if told.get(name)), "")
    return found if isinstance(found, str) else ""


def _fields(told: Mapping[str, Any], details: Mapping[str, Any]) -> tuple[FieldError, ...]:
    listed = told.get("errors")
    if isinstance(listed, list):
        found = [item for item in listed if isinstance(item, dict)]
        return tuple(
            FieldError(str(item.get("field", "")), str(item.get("message", "")), str(item.get("code", "")))
            for item in found
        )
    by_field = [(name, messages) for name, messages in details.items() if isinstance(messages, list)]
    return tuple(FieldError(name, str(text), "") for name, messages in by_field for text in messages)
