"""The verb and the step that end tokens which somebody found where they do not belong (X-1, X-2).

To hold a secret is to be allowed to end it: nobody needs to say who they are.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, update

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.budgets import BudgetName, Charge
from lacewing.credentials.mails import mail_owner
from lacewing.credentials.rotation_steps import SECOND_CHANCE
from lacewing.credentials.schemes import is_bearer_secret
from lacewing.credentials.tables import tokens
from lacewing.credentials.values import Vault
from lacewing.events import EventKind
from lacewing.outbox import MailKind
from lacewing.storage import Database, Transaction

MOST_AT_ONCE = 1000
REPORTED = "reported to this server"


class _Leaked(NamedTuple):
    id: UUID
    name: str
    prefix: str
    owner_id: UUID
    organization_id: UUID | None
    project_id: UUID | None


async def report_leak(db: Database, visit: Visit, vault: Vault, secrets: Iterable[str]) -> None:
    """Revokes each live token among `secrets` and tells its owner; says nothing of which there were.

    Publishable keys are left alone. Raises RATE_LIMITED.
    """
    await vault.budgets.take(db, Charge(BudgetName.LEAK_IP, visit.network))
    own = {secret for secret in secrets if is_bearer_secret(secret)}
    if own:
        await db.write(lambda tx: revoke_leaked(tx, visit, vault, own, REPORTED), is_alone=True)


def revoke_leaked(tx: Transaction, visit: Visit, vault: Vault, secrets: Iterable[str], where: str) -> int:
    """How many of `secrets` were live; each is revoked, recorded, and told to its owner."""
    some = sorted(secrets)[:MOST_AT_ONCE]
    found = _revoke(tx, [digest.value for secret in some for digest in vault.ring.digests(secret)])
    for leaked in found:
        event = events.by_visit(EventKind.TOKEN_LEAKED, visit, leaked.owner_id, {"where": where})
        events.append(
            tx,
            replace(
                event,
                subject_id=leaked.id,
                organization_id=leaked.organization_id,
                project_id=leaked.project_id,
            ),
        )
        shown = {"token_name": leaked.name, "prefix": leaked.prefix}
        mail_owner(tx, vault, MailKind.LEAK_FOUND, leaked.owner_id, {"where": where, **shown})
    return len(found)


def _revoke(tx: Transaction, digests: list[bytes]) -> list[_Leaked]:
    rows = tx.execute(
        update(tokens)
        .where(
            tokens.c.digest.in_(digests),
            tokens.c.revoked_at.is_(None),
            or_(
                tokens.c.expires_at.is_(None),
                tokens.c.expires_at > tx.now,
                tokens.c.rotated_at >= tx.now - SECOND_CHANCE,
            ),
        )
        .values(revoked_at=tx.now, revoked_because="leaked")
        .returning(
            tokens.c.id,
            tokens.c.name,
            tokens.c.prefix,
            tokens.c.created_by,
            tokens.c.organization_id,
            tokens.c.project_id,
        )
    )
    return [_Leaked._make(row) for row in rows]
