"""E-mail addresses on the wire."""

from typing import Annotated

import msgspec

from lacewing.http.shapes import text
from lacewing.kit.errors import FieldError, invalid


class EmailBody(msgspec.Struct, forbid_unknown_fields=True):
    email: Annotated[str, text(254)]


class LinkBody(msgspec.Struct, forbid_unknown_fields=True):
    """`token` is the one of the mailed link."""

    token: str


class VerifyBody(msgspec.Struct, forbid_unknown_fields=True):
    """`token` is the one of the mailed link; it may stand in the query instead, as documented."""

    token: str | None = None


class VerifyQuery(msgspec.Struct):
    token: str | None = None


def link_token(body: VerifyBody, query: VerifyQuery) -> str:
    """Raises INVALID."""
    token = body.token or query.token
    if not token:
        raise invalid(FieldError("token", "can't be blank", "blank"))
    return token
