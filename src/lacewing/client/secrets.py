"""Takes secrets out of what a program says, before it leaves the program. The server looks again.

The twin of the widget's secrets.ts; tests/client/secret_vectors.json holds both to the same. Every pattern
repeats within bounds or possessively, so that none takes long.
"""

import re
from typing import Final

REMOVED: Final = "[removed]"

_ANYWHERE: Final = (
    "token|secret|passw(?:or)?d|passphrase|api[-_]?key|credentials?|jwt|authorization|csrf|xsrf"
)
_WHOLE: Final = (
    "key|auth|session(?:[-_]?id)?|sid|bearer|signature|sig|otp|pwd|pin|cvc|cvv|iban|card[-_]?number|cookies?"
)
_NAME: Final = (
    rf"(?:[\w.%\[\]-]{{0,64}}(?:{_ANYWHERE})|(?:[\w.%\[\]-]{{0,64}}[-_.\[\]])?(?:{_WHOLE}))"
    r"(?:\]|%5D|\d){0,3}"
)

# What is kept of a match is its first group.
_RULES: Final = tuple(
    re.compile(pattern, re.ASCII | flags)
    for pattern, flags in (
        (
            r"\b((?:proxy-)?authorization[\"']?\s{0,9}[:=]\s{0,9}[\"']?)(?!\[removed)"
            r"(?:(?:bearer|basic|token|digest|negotiate|apikey)\s{1,9})?[^\s\"',;]{1,8192}",
            re.I,
        ),
        (r"\b((?:bearer|basic)\s{1,9})[\w.~+/=-]{12,8192}", re.I),
        (
            r"\b((?:set-)?cookies?[\"']?\s{0,9}[:=]\s{0,9}[\"']?)"
            r"[^\s=;,:\"'\[]{1,256}=[^\"'\r\n]{0,8192}",
            re.I,
        ),
        (r"()\beyJ[\w-]{8,8192}\.eyJ[\w-]{8,65536}\.[\w-]{0,8192}", 0),
        (
            r"()\b(?:gh[opusr]_\w{30,255}|github_pat_\w{22,255}|gl[a-z]{2,7}-[\w-]{20,255}"
            r"|[srp]k_(?:live|test)_\w{16,255}|whsec_[\w+/=-]{20,255})",
            0,
        ),
        (
            r"()\b(?:(?:AKIA|ASIA)[A-Z2-7]{16}|xox[abeoprs]-[\w-]{10,255}|AIza[\w-]{35}"
            r"|(?:bsk_pat_|proj_|pk_)\w{38})",
            0,
        ),
        (
            r"()-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,8192}"
            r"(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?",
            0,
        ),
        (r"(://[^/?#\s\"'@:]{0,256}:)(?!\[removed)[^/?#\s\"'@<>]{1,1024}(?=@)", 0),
        (rf"((?:^|[?&#;\s]){_NAME}=)(?!\[removed)[^&#\s\"'<>\\]{{1,8192}}", re.I),
        (r"([?&#]code=)[^&#\s\"'<>]{12,8192}", re.I),
        (r"([?&#;][^=&#\s\"'<>]{1,64}=)[^&#\s\"'<>@%]{1,256}(?:@|%40)[^&#\s\"'<>]{1,256}", re.I),
        # What was cut off in the middle of it goes too.
        (
            rf'("{_NAME}"\s{{0,9}}:\s{{0,9}})'
            r'(?:"(?!\[removed)(?:[^"\\]|\\.){0,8192}+(?:"|\\?$)|\d{1,64})',
            re.I,
        ),
        # JSON in a string, such as a body among what is logged: {\"password\":\"...\"}
        (
            rf'(\\"{_NAME}\\"\s{{0,9}}:\s{{0,9}})'
            r'(?:\\"(?!\[removed)(?:[^"\\]|\\\\(?:\\.)?|\\[^"\\]){0,8192}(?:\\"|\\?(?="|$))|\d{1,64})',
            re.I,
        ),
        # As Python writes it: {'password': '...'}, log_in(password="...")
        (rf"('{_NAME}'\s{{0,9}}:\s{{0,9}})(?:b?'(?!\[removed)(?:[^'\\]|\\.){{0,8192}}+'|\d{{1,64}})", re.I),
        (
            rf"(\b{_NAME}\s{{0,3}}=\s{{0,3}})b?(?:'(?!\[removed)[^'\n]{{1,8192}}'|\"(?!\[removed)[^\"\n]{{1,8192}}\")",
            re.I,
        ),
    )
)


def without_secrets(text: str) -> str:
    for rule in _RULES:
        text = rule.sub(_removed, text)
    return text


def _removed(found: re.Match[str]) -> str:
    """A member of JSON, or of Python's, stays one."""
    kept = found[1]
    quote = next((mark for mark in ('\\"', '"', "'") if kept.startswith(mark)), "")
    return f"{kept}{quote}{REMOVED}{quote}"
