"""Finds secrets in what a page logged, before it is stored (X-2). Every pattern is linear in the text.

Each begins with a literal, or after a character that it can not contain, and repeats within bounds or
possessively: so no two attempts read the same stretch of text again and again.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from lacewing.credentials import is_bearer_secret


class SecretKind(StrEnum):
    AUTHORIZATION = "authorization"
    AWS_KEY = "aws_key"
    COOKIE = "cookie"
    GITHUB_TOKEN = "github_token"  # noqa: S105 - a kind's name
    GITLAB_TOKEN = "gitlab_token"  # noqa: S105 - a kind's name
    JWT = "jwt"
    LACEWING_TOKEN = "lacewing_token"  # noqa: S105 - a kind's name
    SLACK_TOKEN = "slack_token"  # noqa: S105 - a kind's name
    STRIPE_KEY = "stripe_key"
    URL_SECRET = "url_secret"  # noqa: S105 - a kind's name


@dataclass(slots=True)
class Findings:
    """How many of each kind were removed; `own` are tokens that could be this instance's."""

    removed: Counter[SecretKind] = field(default_factory=Counter)
    own: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Rule:
    """Tried only where a needle occurs (in lower case). Group 1, if there is one, stays."""

    kind: SecretKind
    needles: tuple[bytes, ...]
    pattern: re.Pattern[bytes]


_OWN = re.compile(rb"(?:bsk_pat_|proj_|pk_)[0-9A-Za-z]{38}")
_OWN_NEEDLES = (b"bsk_pat_", b"proj_", b"pk_")

_STRING = rb'"(?:[^"\\]++|\\.)*+'
_STRINGS = rb'\[(?:\s*+"(?:[^"\\]++|\\.)*+"\s*+,?)*+'
_AUTHORIZATION = rb"(?:proxy-)?authorization"
_COOKIE = rb"(?:set-)?cookies?"
_QUOTE = rb"\\{0,3}[\"']?"
_URL_FIELDS = (
    rb"access_token|refresh_token|id_token|auth_token|token|api_?key|client_secret|secret|password|passwd"
    rb"|session_?id|sessionid|jwt|signature|x-amz-signature|x-amz-security-token"
)


def _member(name: bytes) -> re.Pattern[bytes]:
    """A header as JSON keeps it: `"name": "value"`, `"name": ["value"]`, `{"name": .., "value": ..}`."""
    return re.compile(
        rb'((?i:"%b"\s*+:\s*+|"name"\s*+:\s*+"%b"\s*+,\s*+"value"\s*+:\s*+))(?:%b"|%b\])'
        % (name, name, _STRING, _STRINGS)
    )


_RULES = (
    _Rule(
        SecretKind.AUTHORIZATION,
        (b"authorization",),
        re.compile(
            rb"((?i:%b)%b\s{0,9}[:=]\s{0,9}%b)"
            rb"(?:(?i:bearer|basic|token|digest|negotiate|apikey)\s{1,9}(?!\[removed)[^\s\"'\\,;]{1,8192}"
            rb"|(?!\[removed)[\w.~+/=-]{16,8192})" % (_AUTHORIZATION, _QUOTE, _QUOTE)
        ),
    ),
    _Rule(
        SecretKind.COOKIE,
        (b"cookie",),
        re.compile(
            rb"((?i:%b)%b\s{0,9}[:=]\s{0,9}%b)[^\s=;,:\"'\\\[]{1,256}=[^\"'\\\r\n]{0,8192}"
            % (_COOKIE, _QUOTE, _QUOTE)
        ),
    ),
    _Rule(
        SecretKind.GITHUB_TOKEN,
        (b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_"),
        re.compile(rb"gh[opusr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}"),
    ),
    _Rule(
        SecretKind.GITLAB_TOKEN,
        (b"glpat-", b"gldt-", b"glrt-", b"glptt-", b"glft-", b"gloas-", b"glcbt-", b"glagent-"),
        re.compile(rb"gl(?:pat|dt|rt|ptt|ft|oas|cbt|agent)-[\w-]{20,255}"),
    ),
    _Rule(
        SecretKind.STRIPE_KEY,
        (b"sk_live_", b"sk_test_", b"rk_live_", b"rk_test_", b"whsec_"),
        re.compile(rb"(?:[sr]k_(?:live|test)_[A-Za-z0-9]{16,255}|whsec_[A-Za-z0-9+/=]{24,255})"),
    ),
    _Rule(
        SecretKind.AWS_KEY,
        (b"akia", b"asia"),
        re.compile(rb"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
    ),
    _Rule(
        SecretKind.SLACK_TOKEN,
        (b"xox", b"xapp-", b"hooks.slack.com/services/"),
        re.compile(
            rb"xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-[A-Za-z0-9-]{10,255}"
            rb"|hooks\.slack\.com/services/[A-Za-z0-9/]{20,255}"
        ),
    ),
    _Rule(
        SecretKind.JWT,
        (b"eyj",),
        re.compile(rb"(?<![\w-])eyJ[\w-]{8,8192}\.eyJ[\w-]{8,65536}\.[\w-]{8,8192}"),
    ),
    _Rule(
        SecretKind.URL_SECRET,
        (b"token=", b"key=", b"secret=", b"passw", b"session", b"jwt=", b"signature=", b"x-amz-"),
        re.compile(rb"([?&](?i:%b)=)(?!\[removed)[^&#\s\"'\\<>]{1,8192}" % _URL_FIELDS),
    ),
    _Rule(
        SecretKind.URL_SECRET,
        (b"@",),
        re.compile(rb"(:(?:\\{0,7}/){2}[^/?#\s\"'\\@:]{0,256}:)(?!\[removed)[^/?#\s\"'\\@<>]{1,1024}(?=@)"),
    ),
)
_MEMBERS = (
    (SecretKind.AUTHORIZATION, b"authorization", _member(_AUTHORIZATION)),
    (SecretKind.COOKIE, b"cookie", _member(_COOKIE)),
)


_NEEDLES = frozenset(_OWN_NEEDLES).union(*(rule.needles for rule in _RULES))
# Any number of backslashes: JSON in a string of JSON is escaped again.
_ESCAPED = re.compile(rb"(?<!\\)\\++u00([2-7][0-9a-fA-F])")
_ESCAPES = b"\\u00"


def is_suspect(text: bytes) -> bool:
    """Whether there is anything to search for: told in one pass over all that came together."""
    return _ESCAPES in text or bool(_needles_in(text))


def scan(text: bytes, findings: Findings) -> bytes:
    """`text`, plain or JSON, with a marker in place of each secret; JSON stays JSON."""
    needles = _needles_in(text)
    if not needles:
        return text
    if not needles.isdisjoint(_OWN_NEEDLES):
        text = _OWN.sub(partial(_remove_own, findings), text)
    for kind, needle, pattern in _MEMBERS:
        if needle in needles:
            text = pattern.sub(partial(_remove_member, findings, kind), text)
    for rule in _RULES:
        if not needles.isdisjoint(rule.needles):
            text = rule.pattern.sub(partial(_remove, findings, rule.kind), text)
    return text


def scan_json(text: bytes, findings: Findings) -> bytes:
    """The same for JSON, whose escapes can hide a secret: `ghp\\u005f...`, `\\u0026token=...`.

    Where they hide one, all escapes of plain characters are resolved; else the text stays as it was written.
    """
    clean = scan(text, findings)
    if _ESCAPES not in clean:
        return clean
    hidden = Findings()
    resolved = scan(_ESCAPED.sub(_resolve, clean), hidden)
    if not hidden.removed:
        return clean
    findings.removed += hidden.removed
    findings.own |= hidden.own
    return resolved


def _needles_in(text: bytes) -> set[bytes]:
    lower = text.lower()
    return {needle for needle in _NEEDLES if needle in lower}


def _resolve(escaped: re.Match[bytes]) -> bytes:
    character = bytes.fromhex(escaped[1].decode())
    return b"\\" + character if character in {b'"', b"\\"} else character


def _remove_own(findings: Findings, found: re.Match[bytes]) -> bytes:
    secret = found[0].decode()
    if not is_bearer_secret(secret):
        return found[0]
    findings.own.add(secret)
    return _remove(findings, SecretKind.LACEWING_TOKEN, found)


def _remove(findings: Findings, kind: SecretKind, found: re.Match[bytes]) -> bytes:
    findings.removed[kind] += 1
    return (found[1] if found.re.groups else b"") + _mark(kind)


def _remove_member(findings: Findings, kind: SecretKind, found: re.Match[bytes]) -> bytes:
    findings.removed[kind] += 1
    return found[1] + b'"%b"' % _mark(kind)


def _mark(kind: SecretKind) -> bytes:
    return b"[removed:%b]" % kind.encode()
