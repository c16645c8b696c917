"""The verb that takes a report in, and makes a link by which whoever sent it sees what becomes of it."""

from typing import NamedTuple
from uuid import UUID

from lacewing.access.actor import Actor
from lacewing.credentials import Vault
from lacewing.kit.ids import new_id
from lacewing.kit.tokens import opaque
from lacewing.reporters.links import NewLink, add_links
from lacewing.reporters.values import LinkOrigin
from lacewing.reports import FullReport, NewReport, Report, submit_report
from lacewing.storage import Database, Transaction


class Submitted(NamedTuple):
    """`path` leads to the reporter's page of it, and is told once: never of a duplicate."""

    full: FullReport
    path: str | None


async def submit_for_reporter(
    db: Database, actor: Actor, vault: Vault, new: NewReport, project_id: UUID | None = None
) -> Submitted:
    """The link is stored with the report, or not at all. Raises as `submit_report`."""
    token = opaque()
    digest = vault.ring.digest(token)

    def add_link(tx: Transaction, report: Report) -> None:
        origin = LinkOrigin.NAMELESS if report.reporter_identifier is None else LinkOrigin.SHOWN
        add_links(tx, [NewLink(new_id(), report.organization_id, report.id, token, digest, origin)])

    full = await submit_report(db, actor, vault, new, project_id, also=add_link)
    return Submitted(full, None if full.is_duplicate else f"/r/{token}")
