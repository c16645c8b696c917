"""Which kinds of error an endpoint can answer with: what it declares, and what its gate adds."""

from collections.abc import Iterator, Mapping

from lacewing.access.permissions import CredentialKind
from lacewing.http.cross_site import SAFE_METHODS
from lacewing.http.endpoint import Endpoint
from lacewing.http.problems import EdgeKind, Kind
from lacewing.kit.errors import ErrorKind

SENTENCES: Mapping[Kind, str] = {
    ErrorKind.CONFLICT: "It contradicts what is there already.",
    ErrorKind.FORBIDDEN: "The caller may not do this.",
    ErrorKind.INVALID: "A field is missing or not valid.",
    ErrorKind.INVALID_REQUEST: "More than one credential came, or what the body presents does not hold.",
    ErrorKind.INVALID_REQUEST: "More than one credential was presented, or a code that is not valid.",
    ErrorKind.NOT_FOUND: "It does not exist, or the caller may not see it.",
    ErrorKind.PRECONDITION_FAILED: "Somebody else changed it meanwhile.",
    ErrorKind.RATE_LIMITED: "Too many requests.",
    ErrorKind.UNAUTHENTICATED: "No credential, or not a valid one.",
    ErrorKind.UNAVAILABLE: "Too busy, or the database does not answer.",
    EdgeKind.CROSS_SITE: "The request came from another site.",
    EdgeKind.INTERNAL: "Something went wrong on our side.",
    EdgeKind.MALFORMED: "The request can not be read.",
    EdgeKind.METHOD_NOT_ALLOWED: "The address does not know this method.",
    EdgeKind.TOO_LARGE: "The body is too long.",
    EdgeKind.UNSUPPORTED_MEDIA_TYPE: "The body is of another media type.",
}


def refusals(endpoint: Endpoint) -> frozenset[Kind]:
    """The kinds that a caller has to expect. INTERNAL is not among them: no input leads to it."""
    return frozenset((*endpoint.errors, *_of_the_gate(endpoint)))


def path_fields(path: str) -> list[str]:
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]


def _of_the_gate(endpoint: Endpoint) -> Iterator[Kind]:
    yield from _of_credentials(endpoint)
    if endpoint.is_budgeted:
        yield ErrorKind.RATE_LIMITED
        yield ErrorKind.UNAVAILABLE
    if _may_be_cross_site(endpoint):
        yield EdgeKind.CROSS_SITE
    if endpoint.takes_body:
        yield EdgeKind.TOO_LARGE
        if not endpoint.is_intake and not endpoint.takes_file:
            yield EdgeKind.UNSUPPORTED_MEDIA_TYPE
    if endpoint.takes_file:
        yield from (EdgeKind.MALFORMED, ErrorKind.UNAVAILABLE)
    if endpoint.body is not None or endpoint.query is not None:
        yield EdgeKind.MALFORMED
        yield ErrorKind.INVALID
    if path_fields(endpoint.path):
        yield ErrorKind.INVALID
    if endpoint.is_create:
        yield ErrorKind.CONFLICT
        yield ErrorKind.INVALID


def _of_credentials(endpoint: Endpoint) -> Iterator[Kind]:
    if not endpoint.accepts:
        return
    yield ErrorKind.INVALID_REQUEST
    yield ErrorKind.UNAVAILABLE
    if not endpoint.is_optional:
        yield ErrorKind.UNAUTHENTICATED
        yield ErrorKind.RATE_LIMITED


def _may_be_cross_site(endpoint: Endpoint) -> bool:
    """Only what a browser sends by itself can be: a cookie, or nothing."""
    is_unsafe = endpoint.method not in SAFE_METHODS and not endpoint.is_intake
    by_itself = not endpoint.accepts or endpoint.is_optional or CredentialKind.SESSION in endpoint.accepts
    return is_unsafe and by_itself
