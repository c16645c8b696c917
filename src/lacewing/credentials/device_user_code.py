"""The code that a person carries from a device to a browser (RFC 8628, section 6.1)."""

import re
import secrets

CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH = 8
_BETWEEN = re.compile(r"[\W_]+")
_LETTERS = re.compile(f"[{CONSONANTS}]{{{_LENGTH}}}")


def new_user_code() -> str:
    """Like WDJB-MJHT: without vowels it spells no word, without digits none is mistaken for a letter."""
    return _dashed("".join(secrets.choice(CONSONANTS) for _ in range(_LENGTH)))


def normal_user_code(typed: str) -> str | None:
    """Typed in any case, with or without dash and spaces; None for what can be no code."""
    letters = _BETWEEN.sub("", typed).upper()
    return _dashed(letters) if _LETTERS.fullmatch(letters) else None


def _dashed(letters: str) -> str:
    return f"{letters[: _LENGTH // 2]}-{letters[_LENGTH // 2 :]}"
