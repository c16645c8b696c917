"""Takes secrets out of what a program says, before it leaves the program. The server looks again.

The twin of the widget's secrets.ts; tests/client/secret_vectors.json holds both to the same. What Python,
shells and settings write is looked for here only. Every pattern repeats within bounds or
possessively, so that none takes long.
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
# The end of a name, where all before it is a word: found at once, not from each beginning that it could have.
_UNMISTAKABLE: Final = rf"(?:{_ANYWHERE}|pwd)\d{{0,3}}"
_END_OF_NAME: Final = rf"(?:{_UNMISTAKABLE}|(?<![^\W_])(?:{_WHOLE})(?:\]|%5D|\d){{0,3}})"
_WORD: Final = r"[^\s\"']{1,8192}"
_VALUE: Final = r"[^\s\"',;(){}<>]{1,8192}"  # and no expression of a program's
_SECRET_OPTION: Final = re.compile(rf"--?+(?!no-){_NAME}", re.ASCII | re.I)

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
            rf"((?:{_END_OF_NAME}\s{{0,3}}=|{_UNMISTAKABLE}\s{{0,3}}:)\s{{0,3}})b?(?:'(?!\[removed)[^'\n]{{1,8192}}'|\"(?!\[removed)[^\"\n]{{1,8192}}\")",
            re.I,
        ),
        # As settings, prompts and shells write it: password: x, DB_PASSWORD = x, --token x, -u ada:x
        (rf"((?:passw(?:or)?d|passphrase|pwd)\d{{0,3}}\s{{0,3}}:[^\S\n]{{1,3}})(?!\[removed){_WORD}", re.I),
        (
            rf"(^[^\S\n]{{0,64}}(?:(?:export|-)[^\S\n]{{1,3}})?[\w.-]{{0,64}}{_UNMISTAKABLE}[^\S\n]{{0,3}}[:=][^\S\n]{{1,3}})"
            rf"(?!\[removed){_VALUE}(?=[^\S\n]{{0,9}}(?:#.{{0,512}})?$)",
            re.I | re.M,
        ),
        (
            rf"((?<![\w-])--?+(?!no-){_NAME}[^\S\n]{{1,3}})(?!\[removed|(?:is|or|and|to|must)\s)"
            rf"(?:'[^'\n]{{1,8192}}'|\"[^\"\n]{{1,8192}}\"|(?!-){_WORD})",
            re.I,
        ),
        (
            r"((?<![\w-])(?:-u\s{1,3}|--(?:proxy-)?user(?:=|\s{1,3}))(['\"])?(?!\d{1,10}:)[^\s:'\"]{1,256}:)"
            r"(?!\[removed|//)(?(2)[^'\"\n]{1,8192}|[^\s'\"]{1,8192})",
            0,
        ),
    )
)


def tellable(text: str) -> str:
    """Without secrets; the server takes no NUL either, and JSON no lone surrogate."""
    plain = text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode(errors="backslashreplace").decode()
    return without_secrets(plain)


def opens_a_door(option: str) -> bool:
    """Whether the word after it on a command line is a secret."""
    return _SECRET_OPTION.fullmatch(option) is not None


def without_secrets(text: str) -> str:
    for rule in _RULES:
        text = rule.sub(_removed, text)
    return text


def _removed(found: re.Match[str]) -> str:
    """A member of JSON, or of Python's, stays one."""
    kept = found[1]
    quote = next((mark for mark in ('\\"', '"', "'") if kept.startswith(mark)), "")
    return f"{kept}{quote}{REMOVED}{quote}"
