"""What the API documents say of a field beyond its type."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from msgspec import Meta

Instant = Annotated[datetime, Meta(tz=True)]


def text(longest: int, *, shortest: int = 0) -> Meta:
    """Lengths in characters, told here and checked by the verb: every face refuses in the same words."""
    bounds = {"minLength": shortest, "maxLength": longest} if shortest else {"maxLength": longest}
    return Meta(extra_json_schema=bounds)


def matching(pattern: re.Pattern[str]) -> Meta:
    return Meta(extra_json_schema={"pattern": f"^{pattern.pattern}$"})


def several_of(words: Iterable[str]) -> Meta:
    """Words between commas in one text; the documents show them as the list that they are."""
    return Meta(description="Several stand between commas.", extra_json_schema={"x-words": list(words)})
