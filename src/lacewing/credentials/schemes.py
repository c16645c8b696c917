"""What a presented secret is, told from its prefix alone: no I/O."""

from dataclasses import dataclass

from lacewing.access.actor import Actor
from lacewing.access.permissions import CredentialKind
from lacewing.kit.errors import forbidden
from lacewing.kit.tokens import is_well_formed
from lacewing.projects.keys import KEY_PREFIX

PREFIXES: dict[CredentialKind, str] = {
    CredentialKind.PUBLISHABLE_KEY: KEY_PREFIX,
    CredentialKind.PERSONAL_ACCESS_TOKEN: "bsk_pat_",
    CredentialKind.PERSONAL_TOKEN: "pk_",
    CredentialKind.PROJECT_TOKEN: "proj_",
}
PERSONAL_KINDS = frozenset({CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.PERSONAL_TOKEN})
BEARER_KINDS = PERSONAL_KINDS | {CredentialKind.PROJECT_TOKEN}
_SHOWN_OF_PAT = 16
_SHOWN_AFTER_PREFIX = 8
_COOKIE_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Presented:
    """What came with a request, at most one of each."""

    bearer: str | None = None
    api_key: str | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Secret:
    kind: CredentialKind
    text: str


def recognise(presented: Presented, accepts: frozenset[CredentialKind]) -> Secret | None:
    """The one credential to try; None if it can not be a valid one. See L-3."""
    if presented.bearer is not None:
        secret = _prefixed(presented.bearer, BEARER_KINDS)
    elif presented.api_key is not None:
        secret = _prefixed(presented.api_key, frozenset({CredentialKind.PUBLISHABLE_KEY}))
    elif presented.session is not None and len(presented.session) == _COOKIE_LENGTH:
        secret = Secret(CredentialKind.SESSION, presented.session)
    else:
        secret = None
    return secret if secret is not None and secret.kind in accepts else None


def is_bearer_secret(text: str) -> bool:
    """Whether one of the three token kinds could have been minted like this; asks no database."""
    return _prefixed(text, BEARER_KINDS) is not None


def shown_part(kind: CredentialKind, token: str) -> str:
    """At most 16 characters of a `bsk_pat_`, the prefix and 8 of the others; never the tail (F-2)."""
    if kind is CredentialKind.PERSONAL_ACCESS_TOKEN:
        return token[:_SHOWN_OF_PAT]
    return token[: len(PREFIXES[kind]) + _SHOWN_AFTER_PREFIX]


def require_token(actor: Actor) -> None:
    """Raises FORBIDDEN for what is no token."""
    if actor.kind not in BEARER_KINDS:
        raise forbidden("credential_not_allowed", "Only a token can ask about itself.")


def _prefixed(text: str, kinds: frozenset[CredentialKind]) -> Secret | None:
    for kind in kinds:
        if text.startswith(PREFIXES[kind]):
            return Secret(kind, text) if is_well_formed(PREFIXES[kind], text) else None
    return None
