"""Every SELECT of credentials: one joins a credential, its owner and the owner's memberships (L-1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, null, or_, select

from lacewing.access.permissions import CredentialKind
from lacewing.accounts.tables import people
from lacewing.credentials.mfa_tables import (recovery_codes, totp_secrets)
from lacewing.credentials.rows import (CredentialRow, DeviceLoginRow, HeldToken, RefreshRow, SessionRow, TokenRow)
from lacewing.credentials.tables import (LinkPurpose, device_logins, known_devices, known_keys, mail_links, session_tokens, sessions, tokens)
from lacewing.credentials.values import (MailLink)
from lacewing.projects.tables import memberships, projects, publishable_keys
from lacewing.storage import Statement, Transaction

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

_UNUSED_SINCE = bindparam("unused_since", type_=tokens.c.created_at.type)


def _live_token() -> ColumnElement[bool]:
    """Not revoked, not expired, and not forgotten for a year (C-10)."""
    return and_(
        tokens.c.revoked_at.is_(None),
        or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > _NOW),
        func.coalesce(tokens.c.last_used_at, tokens.c.created_at) > _UNUSED_SINCE,
    )


_LIVE_PERSON = and_(people.c.id == tokens.c.person_id, people.c.disabled_at.is_(None))
_LIVE_PROJECT = and_(projects.c.id == tokens.c.project_id, projects.c.deleted_at.is_(None))
_HAS_OWNER = or_(people.c.id.is_not(None), projects.c.id.is_not(None))

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
    .outerjoin_from(tokens, people, _LIVE_PERSON)
    .outerjoin(memberships, _MEMBERSHIP)
    .outerjoin(projects, _LIVE_PROJECT)
    .where(tokens.c.digest == _DIGEST, tokens.c.kind == bindparam("kind"), _live_token(), _HAS_OWNER),
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
        *(null() for _ in range(10)),
        *_PLACE,
        null(),
    )
    .select_from(publishable_keys)
    .join(projects, and_(projects.c.id == publishable_keys.c.project_id, projects.c.deleted_at.is_(None)))
    .where(
        publishable_keys.c.key == bindparam("key"),
        publishable_keys.c.is_enabled.is_(True),
        publishable_keys.c.revoked_at.is_(None),
    ),
    CredentialRow,
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

_DEVICE = Statement(
    select(people.c.id)
    .join_from(known_devices, people, people.c.id == known_devices.c.person_id)
    .where(
        known_devices.c.digest == _DIGEST,
        known_devices.c.expires_at > _NOW,
        people.c.email_normal == bindparam("email"),
    ),
    lambda person_id: person_id,
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

_SHOWN = select(
    tokens.c.id,
    tokens.c.kind,
    tokens.c.name,
    tokens.c.prefix,
    tokens.c.scopes,
    tokens.c.expires_at,
    tokens.c.created_at,
    tokens.c.last_used_at,
    tokens.c.last_used_ip,
    tokens.c.last_used_client,
)
_TOKEN_BY_ID = Statement(_SHOWN.where(tokens.c.id == bindparam("token_id")), TokenRow)
_LIVE_TOKENS = _SHOWN.where(_live_token()).order_by(tokens.c.id.desc())
_TOKENS_OF_PERSON = Statement(_LIVE_TOKENS.where(tokens.c.person_id == bindparam("person_id")), TokenRow)
_TOKENS_OF_PROJECT = Statement(
    _LIVE_TOKENS.where(
        tokens.c.organization_id == bindparam("organization_id"),
        tokens.c.project_id == bindparam("project_id"),
    ),
    TokenRow,
)
_HELD = (
    select(
        tokens.c.id,
        tokens.c.kind,
        tokens.c.name,
        tokens.c.prefix,
        tokens.c.scopes,
        tokens.c.person_id,
        tokens.c.organization_id,
        tokens.c.project_id,
        tokens.c.created_by,
        tokens.c.family_id,
        tokens.c.created_at,
        tokens.c.expires_at,
        tokens.c.would_expire_at,
        tokens.c.rotated_at,
        tokens.c.replaced_by,
        _HAS_OWNER,
    )
    .outerjoin_from(tokens, people, _LIVE_PERSON)
    .outerjoin(projects, _LIVE_PROJECT)
    .with_for_update(of=tokens)
)
_HELD_BY_ID = Statement(_HELD.where(tokens.c.id == bindparam("token_id"), _live_token()), HeldToken)
_HELD_IN_ANY_CASE = Statement(_HELD.where(tokens.c.id == bindparam("token_id")), HeldToken)
_HELD_BY_DIGEST = Statement(_HELD.where(tokens.c.digest == _DIGEST, tokens.c.revoked_at.is_(None)), HeldToken)
_REUSED = Statement(
    select(tokens.c.id).where(
        tokens.c.digest == _DIGEST,
        tokens.c.rotated_at < bindparam("rotated_before", type_=tokens.c.rotated_at.type),
        tokens.c.expires_at <= _NOW,
        tokens.c.revoked_at.is_(None),
        tokens.c.reuse_told_at.is_(None),
    ),
    lambda token_id: token_id,
)


_DEVICE_LOGIN = select(
    device_logins.c.device_digest,
    device_logins.c.user_code,
    device_logins.c.client_name,
    device_logins.c.host,
    device_logins.c.ip,
    device_logins.c.user_agent,
    device_logins.c.scopes,
    device_logins.c.created_at,
    device_logins.c.expires_at,
    device_logins.c.interval_seconds,
    device_logins.c.last_polled_at,
    device_logins.c.approved_at,
    device_logins.c.denied_at,
    device_logins.c.minted_at,
)
_POLLED_LOGIN = Statement(_DEVICE_LOGIN.where(device_logins.c.device_digest == _DIGEST), DeviceLoginRow)
_UNDECIDED_LOGIN = Statement(
    _DEVICE_LOGIN.where(
        device_logins.c.user_code == bindparam("user_code"),
        device_logins.c.approved_at.is_(None),
        device_logins.c.denied_at.is_(None),
        device_logins.c.expires_at > _NOW,
    ),
    DeviceLoginRow,
)


def token(
    tx: Transaction, kind: CredentialKind, digest: bytes, unused_since: datetime
) -> list[CredentialRow]:
    return _TOKEN.all(tx, kind=kind, digest=digest, now=tx.now, unused_since=unused_since)


def session(tx: Transaction, digest: bytes) -> list[CredentialRow]:
    return _SESSION.all(tx, digest=digest, now=tx.now)


def publishable_key(tx: Transaction, key: str) -> list[CredentialRow]:
    return _KEY.all(tx, key=key)


def refresh_token(tx: Transaction, digest: bytes) -> RefreshRow | None:
    """A refresh token of a live session, used or not."""
    return _REFRESH.one(tx, digest=digest, now=tx.now)


def session_of(tx: Transaction, digest: bytes) -> UUID | None:
    return _SESSION_OF.one(tx, digest=digest)


def is_device_of(tx: Transaction, digest: bytes, email_normal: str) -> bool:
    """One look-up, whether there is such an account or not (L-5)."""
    return _DEVICE.one(tx, digest=digest, email=email_normal, now=tx.now) is not None


def is_known_device(tx: Transaction, digest: bytes) -> bool:
    """Whether it is anybody's."""
    live = select(known_devices.c.kid).where(
        known_devices.c.digest == digest, known_devices.c.expires_at > tx.now
    )
    return tx.execute(live.limit(1)).first() is not None


def has_had_session(tx: Transaction, person_id: UUID) -> bool:
    return (
        tx.execute(select(sessions.c.id).where(sessions.c.person_id == person_id).limit(1)).first()
        is not None
    )


def tokens_of_person(tx: Transaction, person_id: UUID, unused_since: datetime) -> list[TokenRow]:
    return _TOKENS_OF_PERSON.all(tx, person_id=person_id, now=tx.now, unused_since=unused_since)


def tokens_of_project(
    tx: Transaction, organization_id: UUID, project_id: UUID, unused_since: datetime
) -> list[TokenRow]:
    return _TOKENS_OF_PROJECT.all(
        tx, organization_id=organization_id, project_id=project_id, now=tx.now, unused_since=unused_since
    )


def hold_live_token(tx: Transaction, token_id: UUID, unused_since: datetime) -> HeldToken | None:
    return _HELD_BY_ID.one(tx, token_id=token_id, now=tx.now, unused_since=unused_since)


def hold_token(tx: Transaction, digest: bytes) -> HeldToken | None:
    """Unless it was revoked; one that has ended too."""
    return _HELD_BY_DIGEST.one(tx, digest=digest)


def held_token(tx: Transaction, token_id: UUID) -> HeldToken:
    """One that is there for certain."""
    return _HELD_IN_ANY_CASE.the(tx, token_id=token_id)


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


def reused_token(tx: Transaction, digest: bytes, rotated_before: datetime) -> UUID | None:
    """A token that was rotated out and has ended, of whose use nobody was told yet."""
    return _REUSED.one(tx, digest=digest, rotated_before=rotated_before, now=tx.now)


def token_by_id(tx: Transaction, token_id: UUID) -> TokenRow:
    """The token of an actor: it is there for certain."""
    return _TOKEN_BY_ID.the(tx, token_id=token_id)


def polled_login(tx: Transaction, digest: bytes) -> DeviceLoginRow | None:
    """A device login in whatever state it is."""
    return _POLLED_LOGIN.one(tx, digest=digest)


def undecided_login(tx: Transaction, user_code: str) -> DeviceLoginRow | None:
    return _UNDECIDED_LOGIN.one(tx, user_code=user_code, now=tx.now)


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
