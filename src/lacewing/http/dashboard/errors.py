"""One table from a kind of error to a status and a heading, and the page that tells it."""

from collections.abc import Mapping

from lacewing.http.arrival import REFRESH_COOKIE
from lacewing.http.cross_site import SAFE_METHODS
from lacewing.http.dashboard.forms import refusal_of
from lacewing.http.dashboard.language import VARY
from lacewing.http.dashboard.rendering import HTML
from lacewing.http.dashboard.rendering import render as render_template
from lacewing.http.dashboard.ways import page_of, with_next
from lacewing.http.endpoint import Asked, ErrorReply
from lacewing.http.own_path import HOME
from lacewing.http.problems import EdgeKind, Kind, Problem
from lacewing.kit.errors import ErrorKind

STATUSES: Mapping[Kind, int] = {
    ErrorKind.CONFLICT: 409,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.INVALID: 422,
    ErrorKind.INVALID_REQUEST: 400,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.PRECONDITION_FAILED: 412,
    ErrorKind.RATE_LIMITED: 429,
    ErrorKind.UNAUTHENTICATED: 303,
    ErrorKind.UNAVAILABLE: 503,
    EdgeKind.CROSS_SITE: 403,
    EdgeKind.INTERNAL: 500,
    EdgeKind.MALFORMED: 400,
    EdgeKind.METHOD_NOT_ALLOWED: 405,
    EdgeKind.TOO_LARGE: 413,
    EdgeKind.UNSUPPORTED_MEDIA_TYPE: 415,
}

TITLES: Mapping[int, str] = {
    400: "The request can not be read",
    403: "Not allowed",
    404: "Page not found",
    405: "Not a page to open",
    409: "Already taken",
    412: "Changed meanwhile",
    413: "Too long",
    415: "The request can not be read",
    422: "Something is not right",
    429: "Too many requests",
    500: "Something went wrong",
    503: "Busy at this moment",
}


def render(problem: Problem, asked: Asked) -> ErrorReply:
    status = STATUSES[problem.kind]
    if problem.kind is ErrorKind.UNAUTHENTICATED:
        return ErrorReply(status, b"", HTML, (("Location", _way_in(asked)),))
    if problem.code == "reauth_required":
        proof = with_next("/reauth", page_of(asked.method, asked.target))
        return ErrorReply(303, b"", HTML, (("Location", proof),))
    body = render_template(
        "error.html",
        asked.actor,
        asked.headers,
        status=status,
        title=TITLES[status],
        refusal=refusal_of(problem),
        request_id=asked.visit.request_id,
    )
    return ErrorReply(status, body, HTML, (VARY,))


def _way_in(asked: Asked) -> str:
    """Who still holds a refresh token need not log in again. Back to the page then, if it was one."""
    back = asked.target if asked.method in SAFE_METHODS else HOME
    may_resume = REFRESH_COOKIE in (asked.headers.get(b"cookie") or "")
    return with_next("/resume" if may_resume else "/login", back)
