"""One table from a kind of error to a status, and the body of contract A3 (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus

import msgspec

from lacewing.http.challenge import challenge
from lacewing.http.endpoint import Asked, ErrorReply
from lacewing.http.problems import EdgeKind, Kind, Problem
from lacewing.kit.errors import Allowance, ErrorKind, FieldError

MEDIA_TYPE = "application/problem+json"

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


class FieldProblem(msgspec.Struct, rename="camel"):
    """`position` and `length` count characters, where the mistake is in a part of the field."""

    field: str
    message: str
    code: str
    position: int | msgspec.UnsetType = msgspec.UNSET
    length: int | msgspec.UnsetType = msgspec.UNSET


class ProblemBody(msgspec.Struct, rename="camel"):
    """`detail` is always one sentence; `code` is stable."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FieldProblem] | msgspec.UnsetType = msgspec.UNSET


def render(problem: Problem, asked: Asked) -> ErrorReply:
    status = STATUSES[problem.kind]
    errors = [_field_problem(item) for item in problem.fields]
    body = ProblemBody(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=problem.message,
        code=problem.code,
        request_id=asked.visit.request_id,
        errors=errors or msgspec.UNSET,
    )
    return ErrorReply(status, msgspec.json.encode(body), MEDIA_TYPE, challenge(problem))


def _field_problem(found: FieldError) -> FieldProblem:
    place = (msgspec.UNSET if part is None else part for part in (found.position, found.length))
    return FieldProblem(found.field, found.message, found.code, *place)


def tell_allowance(allowance: Allowance) -> tuple[tuple[str, str], ...]:
    return (
        ("RateLimit-Limit", str(allowance.limit)),
        ("RateLimit-Remaining", str(allowance.remaining)),
        ("RateLimit-Reset", str(allowance.reset_seconds)),
    )
