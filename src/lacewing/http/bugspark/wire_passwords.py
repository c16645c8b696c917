"""Passwords on the wire."""

from typing import Annotated

import msgspec

from lacewing.http.shapes import text

_NewPassword = Annotated[str, text(256, shortest=8)]


class PasswordChangeBody(msgspec.Struct, forbid_unknown_fields=True):
    current_password: str
    new_password: _NewPassword
    revoke_tokens: bool = False


class FirstPasswordBody(msgspec.Struct, forbid_unknown_fields=True):
    new_password: _NewPassword
    revoke_tokens: bool = False


class ForgotBody(msgspec.Struct, forbid_unknown_fields=True):
    email: str


class ResetBody(msgspec.Struct, forbid_unknown_fields=True):
    """`token` is the one of the mailed link."""

    token: str
    new_password: _NewPassword
