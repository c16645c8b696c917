"""One redactor for logs: what looks like a secret of ours, and the values of fields that carry one (U-3)."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

MARK = "[redacted]"
_TOKEN = re.compile(r"\b(?:(bsk_pat_|bsk_pub_|pk_|proj_)[A-Za-z0-9_=-]{8,}|(whsec_)[A-Za-z0-9_=+/-]{8,})")
_HEADER = re.compile(
    r"(?i)\b(authorization|cookie|set-cookie|x-api-key|x-csrf-token|password)(\"?'?\s*[:=]\s*\"?'?)([^\"'\n]+)"
)
_URL_PASSWORD = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^/\s:@]*:)[^@\s/]+@")
_FIELDS = frozenset(
    {
        "authorization",
        "cookie",
        "x_api_key",
        "password",
        "new_password",
        "current_password",
        "mfa_token",
        "recovery_code",
        "secret",
        "token",
    }
)


def redact(text: str) -> str:
    text = _TOKEN.sub(lambda found: f"{found[1] or found[2]}{MARK}", text)
    text = _HEADER.sub(lambda found: f"{found[1]}{found[2]}{MARK}", text)
    return _URL_PASSWORD.sub(lambda found: f"{found[1]}{MARK}@", text)


def redact_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor; newlines are escaped, so that no value can forge a line."""
    for name, value in event.items():
        event[name] = _redacted(name, value)
    return event


def _redacted(name: str, value: object) -> object:
    if name.lower().replace("-", "_") in _FIELDS:
        return MARK
    match value:
        case str():
            return redact(value).replace("\r", "\\r").replace("\n", "\\n")
        case bytes():
            return _redacted(name, value.decode("utf-8", "replace"))
        case Mapping():
            return {key: _redacted(str(key), inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_redacted("", inner) for inner in value]
        case _:
            return value
