"""The verb behind a reporter's private page, and the one that tells a team whether it has such a reader."""

from uuid import UUID

from lacewing.access.actor import Actor, Visit
from lacewing.access.permissions import Permission
from lacewing.kit.errors import not_found
from lacewing.kit.keyring import KeyRing
from lacewing.reporters import queries
from lacewing.reporters.addresses import digest_of
from lacewing.reporters.links import require_link
from lacewing.reporters.values import (
    Contact,
    FoundLink,
    FoundReporter,
    LinkOrigin,
    StatusPage,
    writes_to_reporters,
)
from lacewing.reports import locate
from lacewing.storage import Database, Transaction


async def read_status(db: Database, visit: Visit, ring: KeyRing, token: str) -> StatusPage:
    """For whoever holds a link. Raises INVALID_REQUEST `invalid_link`."""
    return await db.read(lambda tx: _page(tx, ring, token))


async def read_contact(db: Database, actor: Actor, reference: UUID | str) -> Contact:
    """Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    found = await locate(db, actor, Permission.REPORTS_READ, reference)
    return await db.read(lambda tx: _contact(tx, queries.reporter(tx, found.id)))


def _page(tx: Transaction, ring: KeyRing, token: str) -> StatusPage:
    found = require_link(tx, ring, token)
    return StatusPage(
        found.tracking_id,
        found.title,
        found.project_name,
        found.status,
        found.is_duplicate,
        found.created_at,
        queries.remarks(tx, found),
        _gets_mails(tx, found),
    )


def _gets_mails(tx: Transaction, found: FoundLink) -> bool | None:
    if found.origin is not LinkOrigin.MAILED or found.address is None:
        return None
    return not queries.is_stopped(tx, digest_of(found.address))


def _contact(tx: Transaction, found: FoundReporter | None) -> Contact:
    if found is None:
        raise not_found("Report")
    if found.identifier is None or not found.was_told or not writes_to_reporters(found.settings):
        return Contact.NONE
    return Contact.STOPPED if queries.is_stopped(tx, digest_of(found.identifier)) else Contact.TOLD
