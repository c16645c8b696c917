"""A caller's mistakes are told all at once."""

import pytest

from lacewing.kit.checks import Checks
from lacewing.kit.errors import ErrorKind, FieldError, LacewingError


def mistakes(checks: Checks) -> tuple[FieldError, ...]:
    with pytest.raises(LacewingError) as refused:
        checks.finish()
    assert refused.value.kind is ErrorKind.INVALID
    return refused.value.fields


def test_no_mistake_is_no_error() -> None:
    checks = Checks()
    checks.text("title", "It broke", shortest=1, longest=500)
    checks.text("notes", "", longest=10)

    checks.finish()


def test_all_mistakes_are_told_together_in_the_order_of_the_checks() -> None:
    checks = Checks()
    checks.text("title", "", shortest=1, longest=500)
    checks.text("notes", "x\0" * 6, longest=10)
    checks.refuse("code", "must be A-Z", "bad_code")

    assert [(found.field, found.code) for found in mistakes(checks)] == [
        ("title", "blank"),
        ("notes", "nul_character"),
        ("notes", "too_long"),
        ("code", "bad_code"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["blank", "too_short"]),
        (" \t\n\u3000", ["blank", "too_short"]),
        ("1234567", ["too_short"]),
        ("12345678", []),
        ("x" * 10, []),
        ("x" * 11, ["too_long"]),
        ("\U0001f41b" * 10, []),
        ("12345678\0", ["nul_character"]),
    ],
)
def test_a_text_is_measured_in_characters(text: str, codes: list[str]) -> None:
    checks = Checks()
    checks.text("password", text, shortest=8, longest=10)

    assert [found.code for found in (mistakes(checks) if codes else ())] == codes
    if not codes:
        checks.finish()
