"""The verb behind "tell me when it is fixed", of a report that was sent without an address."""

from sqlalchemy import update

from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials import Vault
from lacewing.kit.errors import FieldError, invalid
from lacewing.reporters.addresses import address_in
from lacewing.reporters.links import dead_link, require_link
from lacewing.reporters.tables import reporter_links
from lacewing.reporters.values import FoundLink, LinkOrigin
from lacewing.reports import name_reporter
from lacewing.storage import Database, Transaction


async def follow_report(db: Database, actor: Actor, vault: Vault, token: str, email: str) -> None:
    """From now on its reporter is that address, and written to like any other. Again is nothing more.

    Through a key of the report's own project. Raises FORBIDDEN, INVALID, INVALID_REQUEST `invalid_link`,
    CONFLICT `reporter_known`, RATE_LIMITED.
    """
    address = address_in(email)
    if address is None:
        raise invalid(FieldError("email", "is not an e-mail address", "not_an_email"))
    found = await db.read(lambda tx: _found(tx, actor, vault, token))
    await vault.budgets.take(db, Charge(BudgetName.REPORTER_ANSWERS, str(found.report_id)))
    await db.write(lambda tx: _follow(tx, actor, vault, token, address))


def _found(tx: Transaction, actor: Actor, vault: Vault, token: str) -> FoundLink:
    found = require_link(tx, vault.ring, token)
    if not actor.can(Permission.REPORTS_CREATE, found.place):
        raise dead_link()
    return found


def _follow(tx: Transaction, actor: Actor, vault: Vault, token: str, address: str) -> None:
    """Its links end with its reporter from now on: it has one."""
    found = _found(tx, actor, vault, token)
    if name_reporter(tx, actor, found.place, found.report_id, address):
        links = update(reporter_links).where(reporter_links.c.report_id == found.report_id)
        tx.execute(links.values(origin=LinkOrigin.SHOWN))
