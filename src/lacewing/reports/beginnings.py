"""What a person types of an id: its first characters, as the range of ids that begin so."""

import re
from uuid import UUID

from lacewing.kit.errors import FieldError, invalid

_DIGITS = re.compile(r"[0-9a-f]{4,32}")


def ids_beginning(text: str) -> tuple[UUID, UUID]:
    """The lowest and the highest. Raises INVALID (id) for less than four characters, or what begins no id."""
    wanted = text.lower()
    digits = wanted.replace("-", "")
    if _DIGITS.fullmatch(digits):
        first, last = UUID(digits.ljust(32, "0")), UUID(digits.ljust(32, "f"))
        if str(first).startswith(wanted):
            return first, last
    raise invalid(FieldError("id", "must be the first characters of an id, four at least", "not_allowed"))
