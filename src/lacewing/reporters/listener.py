"""Hears the feed, and writes to the reporters of what it tells."""

from collections.abc import Sequence
from typing import NamedTuple

import structlog

from lacewing import outbox
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials import Vault
from lacewing.events import FedEvent, Step
from lacewing.kit.addresses import network_of
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.outbox import Mail
from lacewing.reporters import hearer_queries
from lacewing.reporters.addresses import digest_of
from lacewing.reporters.cases import Case, cases_of
from lacewing.reporters.links import NewLink, add_links, new_link
from lacewing.reporters.mails import mail_of
from lacewing.reporters.news import news_in
from lacewing.storage import Database, Transaction

_log = structlog.get_logger(__name__)


class _Letter(NamedTuple):
    mail: Mail
    link: NewLink


class ReporterMails:
    """The mail of a batch is posted in the unit that marks the batch as heard: once."""

    name = "reporters"

    def __init__(self, db: Database, vault: Vault) -> None:
        self._db = db
        self._vault = vault

    async def hear(self, heard: Sequence[FedEvent]) -> Step:
        news = news_in(fed.event for fed in heard)
        cases = await self._db.read(lambda tx: cases_of(tx, news), is_long=True) if news else []
        letters = [self._letter(case) for case in cases if await self._may_write(case)]
        return lambda tx: _post(tx, self._vault, letters)

    async def _may_write(self, case: Case) -> bool:
        """Dropped and not put off: the next news of the report is another chance."""
        try:
            await self._vault.budgets.take(self._db, *_charges(case))
        except LacewingError as error:
            if error.kind is not ErrorKind.RATE_LIMITED:
                raise
            _log.info("a reporter is not written to: too many mails", report=str(case.hearer.report_id))
            return False
        return True

    def _letter(self, case: Case) -> _Letter:
        link = new_link(self._vault.ring, case.hearer.organization_id, case.hearer.report_id)
        return _Letter(mail_of(case, link), link)


def _charges(case: Case) -> tuple[Charge, ...]:
    """Of a public submission its source too; others came with a credential, one of them for many people."""
    if not case.is_first:
        return (Charge(BudgetName.REPORTER_NEWS, str(case.hearer.report_id)),)
    address = digest_of(case.address).hex()
    source = (Charge(BudgetName.REPORTER_SOURCE, network_of(case.source)),) if case.source else ()
    return (
        *source,
        Charge(BudgetName.REPORTER_ADDRESS, address),
        Charge(BudgetName.REPORTER_ADDRESS_DAY, address),
        Charge(BudgetName.REPORTER_ORGANIZATION, str(case.hearer.organization_id)),
    )


def _post(tx: Transaction, vault: Vault, letters: list[_Letter]) -> None:
    if not letters:
        return
    there = hearer_queries.still_there(tx, [letter.link.report_id for letter in letters])
    kept = [letter for letter in letters if letter.link.report_id in there]
    add_links(tx, [letter.link for letter in kept])
    for letter in kept:
        outbox.post(tx, vault.ring, letter.mail)
