"""Checking a caller's input, so that all its mistakes are told at once."""

from lacewing.kit.errors import FieldError, invalid


class Checks:
    """Collects mistakes; `finish` raises them together."""

    def __init__(self) -> None:
        self._errors: list[FieldError] = []

    def refuse(self, field: str, message: str, code: str) -> None:
        self._errors.append(FieldError(field, message, code))

    def text(self, field: str, value: str, *, shortest: int = 0, longest: int) -> None:
        """Length in characters; NUL is refused; with `shortest`, blank text too."""
        if "\0" in value:
            self.refuse(field, "must not contain NUL characters", "nul_character")
        if shortest and not value.strip():
            self.refuse(field, "can't be blank", "blank")
        if len(value) < shortest and shortest > 1:
            self.refuse(field, f"is too short (minimum is {shortest} characters)", "too_short")
        if len(value) > longest:
            self.refuse(field, f"is too long (maximum is {longest} characters)", "too_long")

    def finish(self) -> None:
        if self._errors:
            raise invalid(*self._errors)
