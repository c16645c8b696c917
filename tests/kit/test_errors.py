"""What can go wrong in the core, without a word of HTTP."""

import pytest

from lacewing.kit import errors
from lacewing.kit.errors import Allowance, ErrorKind, FieldError, LacewingError


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (errors.not_found("Report"), ErrorKind.NOT_FOUND, "not_found"),
        (errors.conflict("code_taken", "Taken."), ErrorKind.CONFLICT, "code_taken"),
        (errors.forbidden("forbidden", "No."), ErrorKind.FORBIDDEN, "forbidden"),
        (errors.invalid_request("invalid_request", "No."), ErrorKind.INVALID_REQUEST, "invalid_request"),
        (errors.unauthenticated("invalid_token", "No."), ErrorKind.UNAUTHENTICATED, "invalid_token"),
        (errors.unavailable(), ErrorKind.UNAVAILABLE, "unavailable"),
    ],
)
def test_an_error_has_a_kind_and_a_code_and_says_its_message(
    error: LacewingError, kind: ErrorKind, code: str
) -> None:
    assert (error.kind, error.code) == (kind, code)
    assert str(error) == error.message


def test_an_invalid_input_names_its_first_mistake_and_holds_them_all() -> None:
    title = FieldError("title", "can't be blank", "blank")
    whole = FieldError("", "The body must be an object", "bad_body")

    assert errors.invalid(title, whole).message == "title: can't be blank."
    assert errors.invalid(title, whole).fields == (title, whole)
    assert errors.invalid(whole).message == "The body must be an object."


@pytest.mark.parametrize(("left", "wait"), [(0, 1), (1, 1), (59, 59)])
def test_who_is_limited_is_told_when_to_come_back(left: int, wait: int) -> None:
    """E-3: never "at once"."""
    error = errors.rate_limited(Allowance(10, 0, left, 1_772_442_000))

    assert error.kind is ErrorKind.RATE_LIMITED
    assert error.retry_after_seconds == wait
    assert error.allowance == Allowance(10, 0, left, 1_772_442_000)


def test_who_meets_a_busy_database_is_told_when_to_come_back() -> None:
    assert errors.unavailable().retry_after_seconds == 1
