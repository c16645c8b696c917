"""WWW-Authenticate (RFC 6750, section 3; E-2), the same in every dialect."""

from lacewing.http.problems import Problem
from lacewing.kit.errors import ErrorKind


def challenge(problem: Problem) -> tuple[tuple[str, str], ...]:
    if problem.kind is ErrorKind.UNAUTHENTICATED:
        said = ' error="invalid_token"' if problem.code == "invalid_token" else ""
        return (("WWW-Authenticate", f"Bearer{said}"),)
    if problem.scope is not None:
        return (("WWW-Authenticate", f'Bearer error="insufficient_scope", scope="{problem.scope}"'),)
    return ()
