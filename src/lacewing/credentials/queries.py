"""Every SELECT of credentials: one joins a credential, its owner and the owner's memberships (L-1)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, null, or_, select

from lacewing.access.permissions import CredentialKind
from lacewing.accounts.tables import people
from lacewing.credentials.mfa_tables import recovery_codes, totp_secrets
from lacewing.credentials.rows import CredentialRow, KeyRow, OfferRow, RefreshRow, SessionRow
from lacewing.credentials.tables import (
    LinkPurpose,
    known_keys,
    mail_links,
    oidc_offers,
    session_tokens,
    sessions,
    tokens,
)
from lacewing.credentials.token_queries import HAS_OWNER, LIVE_PERSON, LIVE_PROJECT, live_token
from lacewing.credentials.values import MailLink
from lacewing.projects.tables import memberships, projects, publishable_keys
from lacewing.storage import Statement, Transaction

_AT_ONCE = 500

ACCESS = "access"
REFRESH = "refresh"


_NOW = bindparam("now", type_=sessions.c.expires_at.type)
_DIGEST = bindparam("digest", type_=tokens.c.digest.type)
_OWNER = (people.c.id, people.c.name, people.c.email, people.c.is_instance_admin)
_GRANT = (memberships.c.organization_id, memberships.c.project_id, memberships.c.role)
# An organization that requires a second factor gives nothing to who has none.
_MEMBERSHIP = and_(
    memberships.c.person_id == people.c.id,
    or_(memberships.c.needs_mfa.is_(False), people.c.has_mfa.is_(True)),
)
_PLACE = (projects.c.organization_id, projects.c.id, projects.c.is_private)


_TOKEN = Statement(
    select(
        tokens.c.id,
        tokens.c.kid,
        tokens.c.scopes,
        tokens.c.expires_at,
        *_OWNER,
        *_GRANT,
        *_PLACE,
        null(),
        tokens.c.awaits_first_use,
    )
    .outerjoin_from(tokens, people, LIVE_PERSON)
    .outerjoin(memberships, _MEMBERSHIP)
    .outerjoin(projects, LIVE_PROJECT)
    .where(tokens.c.digest == _DIGEST, tokens.c.kind == bindparam("kind"), live_token(), HAS_OWNER),
    CredentialRow,
)


def _live_session() -> ColumnElement[bool]:
    return and_(sessions.c.ended_at.is_(None), sessions.c.expires_at > _NOW, sessions.c.idle_until > _NOW)


_SESSION = Statement(
    select(
        sessions.c.id,
        session_tokens.c.kid,
        null(),
        null(),
        *_OWNER,
        *_GRANT,
        null(),
        null(),
        null(),
        sessions.c.proved_at,
    )
    .select_from(session_tokens)
    .join(sessions, and_(sessions.c.id == session_tokens.c.session_id, _live_session()))
    .join(people, and_(people.c.id == sessions.c.person_id, people.c.disabled_at.is_(None)))
    .outerjoin(memberships, _MEMBERSHIP)
    .where(
        session_tokens.c.digest == _DIGEST,
        session_tokens.c.purpose == ACCESS,
        session_tokens.c.expires_at > _NOW,
    ),
    CredentialRow,
)

_KEY = Statement(
    select(
        publishable_keys.c.id,
        *_PLACE,
        projects.c.domain,
        publishable_keys.c.allowed_origins,
        publishable_keys.c.require_origin,
        publishable_keys.c.daily_quota,
    )
    .select_from(publishable_keys)
    .join(projects, and_(projects.c.id == publishable_keys.c.project_id, projects.c.deleted_at.is_(None)))
    .where(
        publishable_keys.c.key == bindparam("key"),
        publishable_keys.c.is_enabled.is_(True),
        publishable_keys.c.revoked_at.is_(None),
        or_(publishable_keys.c.expires_at.is_(None), publishable_keys.c.expires_at > _NOW),
    ),
    KeyRow,
)

_REFRESH = Statement(
    select(
        session_tokens.c.session_id,
        sessions.c.person_id,
        session_tokens.c.used_at,
        session_tokens.c.successor,
    )
    .join(sessions, and_(sessions.c.id == session_tokens.c.session_id, _live_session()))
    .where(session_tokens.c.digest == _DIGEST, session_tokens.c.purpose == REFRESH),
    RefreshRow,
)

_SESSION_OF = Statement(
    select(session_tokens.c.session_id).where(session_tokens.c.digest == _DIGEST),
    lambda session_id: session_id,
)


_LOCKED_SESSION = Statement(
    select(sessions.c.id)
    .where(sessions.c.id == bindparam("session_id"), _live_session())
    .with_for_update(key_share=True),
    lambda session_id: session_id,
)
_SESSIONS_OF_PERSON = Statement(
    select(
        sessions.c.id,
        sessions.c.ip,
        sessions.c.user_agent,
        sessions.c.created_at,
        sessions.c.last_seen_at,
        sessions.c.expires_at,
    )
    .where(sessions.c.person_id == bindparam("person_id"), _live_session())
    .order_by(sessions.c.created_at.desc(), sessions.c.id.desc()),
    SessionRow,
)
_LIVE_LINK = and_(
    mail_links.c.used_at.is_(None), mail_links.c.expires_at > _NOW, mail_links.c.person_id.is_not(None)
)
_LINK = Statement(
    select(mail_links.c.digest, mail_links.c.person_id, mail_links.c.email, mail_links.c.created_at).where(
        mail_links.c.digest == _DIGEST, mail_links.c.purpose == bindparam("purpose"), _LIVE_LINK
    ),
    MailLink,
)
_RESERVED = Statement(
    select(mail_links.c.person_id)
    .where(mail_links.c.email_normal == bindparam("email_normal"))
    .where(mail_links.c.purpose == bindparam("purpose"), _LIVE_LINK),
    lambda person_id: person_id,
)


OFFER = (
    oidc_offers.c.provider,
    oidc_offers.c.issuer,
    oidc_offers.c.subject,
    oidc_offers.c.email,
    oidc_offers.c.is_by_email,
)


def token(
    tx: Transaction, kind: CredentialKind, digest: bytes, unused_since: datetime
) -> list[CredentialRow]:
    return _TOKEN.all(tx, kind=kind, digest=digest, now=tx.now, unused_since=unused_since)


def session(tx: Transaction, digest: bytes) -> list[CredentialRow]:
    return _SESSION.all(tx, digest=digest, now=tx.now)


def publishable_key(tx: Transaction, key: str) -> KeyRow | None:
    return _KEY.one(tx, key=key, now=tx.now)


def refresh_token(tx: Transaction, digest: bytes) -> RefreshRow | None:
    """A refresh token of a live session, used or not."""
    return _REFRESH.one(tx, digest=digest, now=tx.now)


def session_of(tx: Transaction, digest: bytes) -> UUID | None:
    return _SESSION_OF.one(tx, digest=digest)


def has_had_session(tx: Transaction, person_id: UUID) -> bool:
    return (
        tx.execute(select(sessions.c.id).where(sessions.c.person_id == person_id).limit(1)).first()
        is not None
    )


def who_had_sessions(tx: Transaction, people: Sequence[UUID]) -> set[UUID]:
    parts = (people[start : start + _AT_ONCE] for start in range(0, len(people), _AT_ONCE))
    query = select(sessions.c.person_id).distinct()
    return {
        person_id
        for part in parts
        for person_id in tx.execute(query.where(sessions.c.person_id.in_(part))).scalars()
    }


def lock_session(tx: Transaction, session_id: UUID) -> bool:
    """Whether it lives; if so, nobody ends it before this unit has ended."""
    return _LOCKED_SESSION.one(tx, session_id=session_id, now=tx.now) is not None


def sessions_of_person(tx: Transaction, person_id: UUID) -> list[SessionRow]:
    return _SESSIONS_OF_PERSON.all(tx, person_id=person_id, now=tx.now)


def mail_link(tx: Transaction, purpose: LinkPurpose, digest: bytes) -> MailLink | None:
    return _LINK.one(tx, digest=digest, purpose=purpose, now=tx.now)


def owners_by_undo(tx: Transaction, email_normal: str) -> list[UUID]:
    """Who may still take back a change from this address."""
    return _RESERVED.all(tx, email_normal=email_normal, purpose=LinkPurpose.UNDO_EMAIL, now=tx.now)


def oidc_offer(tx: Transaction, condition: ColumnElement[bool]) -> OfferRow | None:
    row = tx.execute(select(*OFFER).where(condition)).first()
    return None if row is None else OfferRow(**row._mapping)


def known_kids(tx: Transaction) -> frozenset[str]:
    return frozenset(tx.execute(select(known_keys.c.kid)).scalars())


def is_kept_under(tx: Transaction, kid: str) -> bool:
    """Whether a live token, session, link or second factor depends on this key.

    Asked at start only: no index serves it.
    """
    live_token = select(tokens.c.id).where(
        tokens.c.kid == kid,
        tokens.c.revoked_at.is_(None),
        or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > tx.now),
    )
    live_session = select(session_tokens.c.digest).where(
        session_tokens.c.kid == kid, session_tokens.c.expires_at > tx.now
    )
    live_link = select(mail_links.c.digest).where(
        mail_links.c.kid == kid, mail_links.c.used_at.is_(None), mail_links.c.expires_at > tx.now
    )
    totp = select(totp_secrets.c.person_id).where(totp_secrets.c.kid == kid)
    code = select(recovery_codes.c.digest).where(
        recovery_codes.c.kid == kid, recovery_codes.c.used_at.is_(None)
    )
    live = (live_token, live_session, live_link, totp, code)
    return any(tx.execute(query.limit(1)).first() is not None for query in live)
