"""What a form is told about what was typed into it: which field, which sentence, which status."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lacewing.credentials import OIDC_SENTENCES
from lacewing.http.challenge import challenge
from lacewing.http.problems import Problem, problem_of
from lacewing.kit.errors import ErrorKind, FieldError, LacewingError

STATUSES: Mapping[ErrorKind, int] = {
    ErrorKind.CONFLICT: 409,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.INVALID: 422,
    ErrorKind.INVALID_REQUEST: 400,
    ErrorKind.RATE_LIMITED: 429,
    ErrorKind.UNAUTHENTICATED: 401,
}
_FIELD_OF_CODE = {
    "email_taken": "email",
    "invalid_code": "code",
    "setup_code_required": "setup_code",
    "wrong_password": "current",
}
_ANOTHER_PAGE = frozenset({"invalid_link", "invalid_token", "reauth_required"})


@dataclass(frozen=True, slots=True)
class Mistake:
    """`sentence` is English and whole; by `code` and the core's `message` another language says it."""

    sentence: str
    code: str = ""
    message: str = ""
    is_of_field: bool = False


@dataclass(frozen=True, slots=True)
class Mistakes:
    """`errors` by field; `form_error` is about the form as a whole."""

    status: int = 200
    errors: dict[str, Mistake] = field(default_factory=dict)
    form_error: Mistake | None = None
    headers: tuple[tuple[str, str], ...] = ()


def mistakes_in(error: LacewingError, labels: Mapping[str, str]) -> Mistakes:
    """`labels` names the form's fields as people read them.

    Raises what no form can put right: what is not there, a link that has ended, a proof that is too old.
    """
    if error.kind not in STATUSES or error.code in _ANOTHER_PAGE:
        raise error
    errors = _by_field(error, labels)
    wait = error.retry_after_seconds
    return Mistakes(
        STATUSES[error.kind],
        errors,
        None if errors else refusal_of(error),
        (*challenge(problem_of(error)), *((("Retry-After", str(wait)),) if wait is not None else ())),
    )


def refusal_of(error: LacewingError | Problem) -> Mistake:
    return Mistake(error.message, error.code, error.message)


def provider_fault(code: str) -> Mistake | None:
    """What a login with a provider came to."""
    sentence = OIDC_SENTENCES.get(code)
    return None if sentence is None else Mistake(sentence)


def typed(text: str) -> str:
    """A text of several lines as it was typed, whose lines a form ends otherwise (WHATWG HTML, 4.10.21.4)."""
    return text.replace("\r\n", "\n")


def _by_field(error: LacewingError, labels: Mapping[str, str]) -> dict[str, Mistake]:
    """The first mistake of each field."""
    single = _FIELD_OF_CODE.get(error.code, "")
    if single in labels:
        return {single: refusal_of(error)}
    known = [mistake for mistake in error.fields if mistake.field in labels]
    return {mistake.field: _of_field(mistake, labels) for mistake in reversed(known)}


def _of_field(mistake: FieldError, labels: Mapping[str, str]) -> Mistake:
    sentence = f"{labels[mistake.field]} {mistake.message}."
    return Mistake(sentence, mistake.code, mistake.message, is_of_field=True)
