"""One table from a kind of error to a status and a word, and the body of RFC 6749, section 5.2."""

from collections.abc import Mapping

import msgspec

from lacewing.http.challenge import challenge
from lacewing.http.endpoint import Asked, ErrorReply
from lacewing.http.problems import EdgeKind, Kind, Problem
from lacewing.kit.errors import ErrorKind

MEDIA_TYPE = "application/json"

_TABLE: Mapping[Kind, tuple[int, str]] = {
    ErrorKind.CONFLICT: (409, "invalid_request"),
    ErrorKind.FORBIDDEN: (403, "unauthorized_client"),
    ErrorKind.INVALID: (400, "invalid_request"),
    ErrorKind.INVALID_REQUEST: (400, "invalid_request"),
    ErrorKind.NOT_FOUND: (404, "invalid_request"),
    ErrorKind.PRECONDITION_FAILED: (412, "invalid_request"),
    ErrorKind.RATE_LIMITED: (429, "temporarily_unavailable"),
    ErrorKind.UNAUTHENTICATED: (401, "invalid_client"),
    ErrorKind.UNAVAILABLE: (503, "temporarily_unavailable"),
    EdgeKind.CROSS_SITE: (403, "unauthorized_client"),
    EdgeKind.INTERNAL: (500, "server_error"),
    EdgeKind.MALFORMED: (400, "invalid_request"),
    EdgeKind.METHOD_NOT_ALLOWED: (405, "invalid_request"),
    EdgeKind.TOO_LARGE: (413, "invalid_request"),
    EdgeKind.UNSUPPORTED_MEDIA_TYPE: (415, "invalid_request"),
}
STATUSES: Mapping[Kind, int] = {kind: status for kind, (status, _) in _TABLE.items()}


class OAuthError(msgspec.Struct):
    error: str
    error_description: str


def render(problem: Problem, _asked: Asked) -> ErrorReply:
    """The code of an INVALID_REQUEST is OAuth's own word already."""
    status, word = _TABLE[problem.kind]
    if problem.kind is ErrorKind.INVALID_REQUEST:
        word = problem.code
    body = OAuthError(word, problem.message)
    return ErrorReply(status, msgspec.json.encode(body), MEDIA_TYPE, challenge(problem))
