"""Steps on tokens inside a verb's unit: store one, obey the policies, tell the log."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, update

from lacewing import events
from lacewing.access.actor import Actor, Place, Visit
from lacewing.access.permissions import CredentialKind, Scope
from lacewing.credentials.rows import HeldToken, TokenRow
from lacewing.credentials.schemes import PREFIXES, shown_part
from lacewing.credentials.tables import tokens
from lacewing.credentials.values import MintedToken, Token, Vault
from lacewing.events import Event, EventKind
from lacewing.kit import tokens as secrets
from lacewing.kit.errors import FieldError, invalid
from lacewing.kit.ids import new_id
from lacewing.projects import max_token_days_of_organization, max_token_days_of_person
from lacewing.storage import Transaction

WARNED_DAYS = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class Draft:
    """A token that is about to be stored; `replaces` names the one that it is the successor of."""

    kind: CredentialKind
    name: str
    scopes: frozenset[Scope] | None
    expires_at: datetime | None
    created_by: UUID
    person_id: UUID | None = None
    organization_id: UUID | None = None
    project_id: UUID | None = None
    family_id: UUID | None = None
    replaces: UUID | None = None


def store_token(tx: Transaction, vault: Vault, draft: Draft) -> MintedToken:
    token_id, secret = new_id(), secrets.mint(PREFIXES[draft.kind])
    digest, prefix = vault.ring.digest(secret), shown_part(draft.kind, secret)
    tx.execute(
        insert(tokens).values(
            id=token_id,
            kind=draft.kind,
            digest=digest.value,
            kid=digest.kid,
            name=draft.name,
            prefix=prefix,
            person_id=draft.person_id,
            organization_id=draft.organization_id,
            project_id=draft.project_id,
            created_by=draft.created_by,
            family_id=draft.family_id or token_id,
            scopes=None if draft.scopes is None else sorted(draft.scopes),
            expires_at=draft.expires_at,
            created_at=tx.now,
            replaces=draft.replaces,
            awaits_first_use=draft.replaces is not None,
            warned_days=_needs_no_warning(draft.expires_at, tx.now),
        )
    )
    shown = Token(token_id, draft.kind, draft.name, prefix, draft.scopes, draft.expires_at, tx.now)
    return MintedToken(shown, secret)


def require_within_policy(
    tx: Transaction,
    vault: Vault,
    expires_at: datetime | None,
    *,
    person_id: UUID | None,
    organization_id: UUID | None,
) -> None:
    """The strictest maximum of the instance and the owner's organizations. Raises INVALID `beyond_policy`."""
    most = longest_days(tx, vault, person_id=person_id, organization_id=organization_id)
    if most is not None and (expires_at is None or expires_at > tx.now + timedelta(days=most)):
        raise invalid(FieldError("expires_in_days", f"must be at most {most}", "beyond_policy"))


def longest_days(
    tx: Transaction, vault: Vault, *, person_id: UUID | None, organization_id: UUID | None = None
) -> int | None:
    own = max_token_days_of_person(tx, person_id) if person_id is not None else None
    if organization_id is not None:
        own = max_token_days_of_organization(tx, organization_id)
    return min((days for days in (own, vault.max_token_days) if days), default=None)


def forget_project_tokens(tx: Transaction, place: Place) -> None:
    """Rows and all: the project is gone."""
    its = (tokens.c.organization_id == place.organization_id, tokens.c.project_id == place.project_id)
    tx.execute(delete(tokens).where(*its))


def record(
    tx: Transaction,
    kind: EventKind,
    subject: HeldToken,
    by: Actor | Visit,
    **data: str,
) -> None:
    """By a visit: the token itself was presented, whether or not it still opens the door."""
    actor = by if isinstance(by, Actor) else None
    event = Event(
        kind,
        by.visit if isinstance(by, Actor) else by,
        organization_id=subject.organization_id,
        project_id=subject.project_id,
        person_id=actor.person.id if actor and actor.person else subject.person_id,
        credential_kind=actor.kind if actor else subject.kind,
        credential_id=actor.credential_id if actor else subject.id,
        subject_id=subject.id,
        data=data,
    )
    events.append(tx, event)


def token_of(row: TokenRow) -> Token:
    scopes = None if row.scopes is None else frozenset(Scope(scope) for scope in row.scopes)
    return Token(
        row.id,
        row.kind,
        row.name,
        row.prefix,
        scopes,
        row.expires_at,
        row.created_at,
        row.last_used_at,
        row.last_used_ip,
        row.last_used_client,
    )


def _needs_no_warning(expires_at: datetime | None, now: datetime) -> int | None:
    """A token that lives no longer than a threshold counts as warned of it."""
    if expires_at is None:
        return None
    return next((days for days in WARNED_DAYS if expires_at - now <= timedelta(days=days)), None)


def revoke_tokens(tx: Transaction, which: ColumnElement[bool], because: str, by: UUID | None) -> list[UUID]:
    """The ids of those that it revoked.

    Until none is left: a rotation that was waited for has stored a successor that the first pass did not see.
    """
    revoke = (
        update(tokens)
        .where(which, tokens.c.revoked_at.is_(None))
        .values(revoked_at=tx.now, revoked_by=by, revoked_because=because)
        .returning(tokens.c.id)
    )
    revoked: list[UUID] = []
    while found := list(tx.execute(revoke).scalars()):
        revoked += found
    return revoked
