"""Every SELECT of credentials: one joins a credential, its owner and the owner's memberships (L-1)."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, null, or_, select

from lacewing.access.permissions import CredentialKind
from lacewing.accounts.tables import people
from lacewing.credentials.rows import CredentialRow, RefreshRow, TokenRow
from lacewing.credentials.tables import known_keys, session_tokens, sessions, tokens
from lacewing.projects.tables import memberships, projects, publishable_keys
from lacewing.storage import Statement, Transaction

ACCESS = "access"
REFRESH = "refresh"

_NOW = bindparam("now", type_=sessions.c.expires_at.type)
_DIGEST = bindparam("digest", type_=tokens.c.digest.type)
_OWNER = (people.c.id, people.c.name, people.c.email, people.c.is_instance_admin)
_GRANT = (memberships.c.organization_id, memberships.c.project_id, memberships.c.role)
_PLACE = (projects.c.organization_id, projects.c.id, projects.c.is_private)

_TOKEN = Statement(
    select(tokens.c.id, tokens.c.kid, tokens.c.scopes, tokens.c.expires_at, *_OWNER, *_GRANT, *_PLACE, null())
    .outerjoin_from(tokens, people, and_(people.c.id == tokens.c.person_id, people.c.disabled_at.is_(None)))
    .outerjoin(memberships, memberships.c.person_id == people.c.id)
    .outerjoin(projects, and_(projects.c.id == tokens.c.project_id, projects.c.deleted_at.is_(None)))
    .where(
        tokens.c.digest == _DIGEST,
        tokens.c.kind == bindparam("kind"),
        tokens.c.revoked_at.is_(None),
        or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > _NOW),
        or_(people.c.id.is_not(None), projects.c.id.is_not(None)),
    ),
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
    .outerjoin(memberships, memberships.c.person_id == people.c.id)
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


_SHOWN = select(
    tokens.c.id,
    tokens.c.kind,
    tokens.c.name,
    tokens.c.prefix,
    tokens.c.scopes,
    tokens.c.expires_at,
    tokens.c.created_at,
    tokens.c.last_used_at,
)
_TOKEN_BY_ID = Statement(_SHOWN.where(tokens.c.id == bindparam("token_id")), TokenRow)
_LIVE_TOKENS = _SHOWN.where(
    tokens.c.revoked_at.is_(None), or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > _NOW)
).order_by(tokens.c.id.desc())
_TOKENS_OF_PERSON = Statement(_LIVE_TOKENS.where(tokens.c.person_id == bindparam("person_id")), TokenRow)
_TOKENS_OF_PROJECT = Statement(
    _LIVE_TOKENS.where(
        tokens.c.organization_id == bindparam("organization_id"),
        tokens.c.project_id == bindparam("project_id"),
    ),
    TokenRow,
)


def token(tx: Transaction, kind: CredentialKind, digest: bytes) -> list[CredentialRow]:
    return _TOKEN.all(tx, kind=kind, digest=digest, now=tx.now)


def session(tx: Transaction, digest: bytes) -> list[CredentialRow]:
    return _SESSION.all(tx, digest=digest, now=tx.now)


def publishable_key(tx: Transaction, key: str) -> list[CredentialRow]:
    return _KEY.all(tx, key=key)


def refresh_token(tx: Transaction, digest: bytes) -> RefreshRow | None:
    """A refresh token of a live session, used or not."""
    return _REFRESH.one(tx, digest=digest, now=tx.now)


def session_of(tx: Transaction, digest: bytes) -> UUID | None:
    return _SESSION_OF.one(tx, digest=digest)


def tokens_of_person(tx: Transaction, person_id: UUID) -> list[TokenRow]:
    return _TOKENS_OF_PERSON.all(tx, person_id=person_id, now=tx.now)


def tokens_of_project(tx: Transaction, organization_id: UUID, project_id: UUID) -> list[TokenRow]:
    return _TOKENS_OF_PROJECT.all(tx, organization_id=organization_id, project_id=project_id, now=tx.now)


def token_by_id(tx: Transaction, token_id: UUID) -> TokenRow:
    """The token of an actor: it is there for certain."""
    return _TOKEN_BY_ID.the(tx, token_id=token_id)


def known_kids(tx: Transaction) -> frozenset[str]:
    return frozenset(tx.execute(select(known_keys.c.kid)).scalars())


def is_kept_under(tx: Transaction, kid: str) -> bool:
    """Whether a live token or session depends on this key. Asked at start only: no index serves it."""
    live_token = select(tokens.c.id).where(
        tokens.c.kid == kid,
        tokens.c.revoked_at.is_(None),
        or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > tx.now),
    )
    live_session = select(session_tokens.c.digest).where(
        session_tokens.c.kid == kid, session_tokens.c.expires_at > tx.now
    )
    return any(tx.execute(query.limit(1)).first() is not None for query in (live_token, live_session))
