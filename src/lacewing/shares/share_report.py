"""The verbs that make, list and end a report's share links. All are for who may change the report."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, insert

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import conflict, not_found
from lacewing.kit.ids import new_id
from lacewing.kit.keyring import Digest, KeyRing
from lacewing.kit.tokens import opaque
from lacewing.reports import Found, locate
from lacewing.shares import queries
from lacewing.shares.tables import share_links
from lacewing.shares.values import LONGEST_DAYS, MadeShareLink, NewShareLink, ShareLink
from lacewing.storage import Database, Transaction

MOST_LINKS = 20


async def create_share_link(
    db: Database, actor: Actor, ring: KeyRing, reference: UUID | str, new: NewShareLink
) -> MadeShareLink:
    """Raises INVALID, NOT_FOUND, FORBIDDEN, CONFLICT: `ambiguous_code`, `too_many_links`."""
    found = await _locate(db, actor, reference)
    checks = Checks()
    if not 1 <= new.days <= LONGEST_DAYS:
        checks.refuse("expires_in_days", f"must be from 1 to {LONGEST_DAYS}", "out_of_range")
    checks.finish()
    token = opaque()
    digest = ring.digest(token)
    link = await db.write(lambda tx: _create(tx, actor, found, digest, new))
    return MadeShareLink(link, token)


async def list_share_links(db: Database, actor: Actor, reference: UUID | str) -> list[ShareLink]:
    """Those that hold, the newest first. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    found = await _locate(db, actor, reference)
    return await db.read(lambda tx: queries.of_report(tx, found.place, found.id, tx.now))


async def revoke_share_link(db: Database, actor: Actor, reference: UUID | str, link_id: UUID) -> None:
    """It leads nowhere at once. Raises NOT_FOUND, FORBIDDEN, CONFLICT `ambiguous_code`."""
    found = await _locate(db, actor, reference)
    await db.write(lambda tx: _revoke(tx, actor, found, link_id))


async def _locate(db: Database, actor: Actor, reference: UUID | str) -> Found:
    found = await locate(db, actor, Permission.REPORTS_WRITE, reference)
    if found.is_of_deleted_project:
        raise not_found("Report")
    return found


def _create(tx: Transaction, actor: Actor, found: Found, digest: Digest, new: NewShareLink) -> ShareLink:
    """Two who share at once may make one too many."""
    if len(queries.of_report(tx, found.place, found.id, tx.now)) >= MOST_LINKS:
        raise conflict("too_many_links", f"A report can have at most {MOST_LINKS} share links.")
    link = ShareLink(new_id(), found.id, new.with_evidence, tx.now, tx.now + timedelta(days=new.days))
    tx.execute(
        insert(share_links).values(
            id=link.id,
            organization_id=found.place.organization_id,
            report_id=found.id,
            digest=digest.value,
            kid=digest.kid,
            with_evidence=link.with_evidence,
            created_at=link.created_at,
            expires_at=link.expires_at,
        )
    )
    _record(tx, EventKind.SHARE_LINK_CREATED, actor, found, link.id)
    return link


def _revoke(tx: Transaction, actor: Actor, found: Found, link_id: UUID) -> None:
    its_row = (
        share_links.c.id == link_id,
        share_links.c.organization_id == found.place.organization_id,
        share_links.c.report_id == found.id,
    )
    if tx.execute(delete(share_links).where(*its_row)).rowcount == 0:
        raise not_found("Share link")
    _record(tx, EventKind.SHARE_LINK_REVOKED, actor, found, link_id)


def _record(tx: Transaction, kind: EventKind, actor: Actor, found: Found, link_id: UUID) -> None:
    event = events.by_actor(
        kind,
        actor,
        organization_id=found.place.organization_id,
        project_id=found.place.project_id,
        subject_id=link_id,
        data={"report": found.tracking_id},
    )
    events.append(tx, event)
