"""The verb by which a reporter answers from its private page."""

from lacewing.access.actor import Visit
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials import Vault, revoke_leaked
from lacewing.reporters.links import require_link
from lacewing.reports import add_reporter_comment, check_comment, cleanse_text
from lacewing.storage import Database, Transaction


async def answer(db: Database, visit: Visit, vault: Vault, token: str, body: str) -> None:
    """A comment on its report, as the reporter's; without the secrets in it, as in a report (X-2).

    Raises INVALID, INVALID_REQUEST `invalid_link`, RATE_LIMITED.
    """
    check_comment(body)
    found = await db.read(lambda tx: require_link(tx, vault.ring, token))
    await vault.budgets.take(db, Charge(BudgetName.REPORTER_ANSWERS, str(found.report_id)))
    text, leaked = cleanse_text(body)
    await db.write(lambda tx: _answer(tx, visit, vault, token, text, leaked))


def _answer(
    tx: Transaction, visit: Visit, vault: Vault, token: str, text: str, leaked: frozenset[str]
) -> None:
    found = require_link(tx, vault.ring, token)
    add_reporter_comment(tx, visit, found.place, found.report_id, found.id, text)
    if leaked:
        revoke_leaked(tx, visit, vault, leaked, f"report {found.tracking_id}")
