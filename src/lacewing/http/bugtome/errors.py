"""One table from a kind of error to a status, and the body that BugToMe's documents show."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import msgspec

from lacewing.access.actor import Visit
from lacewing.http.challenge import challenge
from lacewing.http.endpoint import Asked, ErrorReply
from lacewing.http.problems import EdgeKind, Kind, Problem
from lacewing.kit.errors import Allowance, ErrorKind

MEDIA_TYPE = "application/json"

STATUSES: Mapping[Kind, int] = {
    ErrorKind.CONFLICT: 409,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.INVALID: 422,
    ErrorKind.INVALID_REQUEST: 400,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.PRECONDITION_FAILED: 412,
    ErrorKind.RATE_LIMITED: 429,
    ErrorKind.UNAUTHENTICATED: 401,
    ErrorKind.UNAVAILABLE: 503,
    EdgeKind.CROSS_SITE: 403,
    EdgeKind.INTERNAL: 500,
    EdgeKind.MALFORMED: 400,
    EdgeKind.METHOD_NOT_ALLOWED: 405,
    EdgeKind.TOO_LARGE: 413,
    EdgeKind.UNSUPPORTED_MEDIA_TYPE: 415,
}
_NAMES = {422: "Validation Failed", 429: "Rate Limit Exceeded"}


class ErrorBody(msgspec.Struct):
    error: str
    message: str
    details: dict[str, Any]


def render(problem: Problem, asked: Asked) -> ErrorReply:
    status = STATUSES[problem.kind]
    body = ErrorBody(
        error=_NAMES.get(status, HTTPStatus(status).phrase),
        message=_message(problem),
        details=_details(problem, asked.visit),
    )
    return ErrorReply(status, msgspec.json.encode(body), MEDIA_TYPE, challenge(problem))


def tell_allowance(allowance: Allowance) -> tuple[tuple[str, str], ...]:
    return (
        ("X-RateLimit-Limit", str(allowance.limit)),
        ("X-RateLimit-Remaining", str(allowance.remaining)),
        ("X-RateLimit-Reset", str(allowance.reset_at)),
    )


def _message(problem: Problem) -> str:
    if problem.kind is ErrorKind.UNAUTHENTICATED:
        return "Invalid or expired API token"
    if problem.code == "forbidden":
        return "You don't have permission to access this resource"
    if problem.kind is ErrorKind.NOT_FOUND:
        return problem.message.replace("Report", "Ticket")
    return problem.message


def _details(problem: Problem, visit: Visit) -> dict[str, Any]:
    if problem.kind is ErrorKind.INVALID:
        told: dict[str, list[str]] = {}
        for item in problem.fields:
            told.setdefault(item.field or "base", []).append(item.message)
        return told
    wait = {} if problem.retry_after_seconds is None else {"retry_after": problem.retry_after_seconds}
    if problem.kind is ErrorKind.RATE_LIMITED:
        return wait
    details = {"code": problem.code, "request_id": visit.request_id} | wait
    return details | ({"scope": problem.scope} if problem.scope else {})
