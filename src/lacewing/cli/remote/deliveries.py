"""`lacewing webhooks test`, `deliveries` and `resend`: what a webhook was told, and what it answered."""

import time
from typing import Annotated

from lacewing.cli.grammar import Arg, Exit
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.pages import LARGEST_PAGE, page_size
from lacewing.cli.remote.references import is_uuid, the_one
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import GREEN, RED, YELLOW, Column
from lacewing.cli.remote.webhooks import Which, webhook_id
from lacewing.client import webhooks
from lacewing.client.webhooks import Delivery

_STATE = {"delivered": GREEN, "failed": RED, "pending": YELLOW}
_POLL_SECONDS = 0.2


def _answer(delivery: Delivery) -> str:
    """Of the last attempt: the receiver's status, or why there was none."""
    if not delivery["attempts"]:
        return ""
    last = delivery["attempts"][-1]
    return last["error"] or f"{last['status']} after {last['durationMs']} ms"


_LISTED = (
    Column("id", lambda delivery: delivery["id"]),
    Column("event", lambda delivery: delivery["event"]),
    Column("state", lambda delivery: delivery["state"], _STATE),
    Column("answer", _answer, gives=True),
    Column("tries", lambda delivery: len(delivery["attempts"])),
    Column("at", lambda delivery: moment(delivery["createdAt"])),
)


def try_webhook(
    at: Remote,
    webhook: Which,
    *,
    wait: Annotated[int, Arg("For so many seconds its answer is waited for.", "-w", "SECONDS")] = 15,
) -> int:
    """Tell a webhook something to try it, and see what it answers. The exit code is 1 if it did not take it.

    Examples:
      lacewing webhooks test 01a2072e
    """
    where = webhook_id(at, webhook)
    return _follow(at, where, at.client.send(webhooks.test_webhook(where)), wait)


def list_deliveries(
    at: Remote, webhook: Which, *, limit: Annotated[int, Arg("How many at most.", "-l")] = 20
) -> None:
    """What a webhook was told, the newest first, and what it answered.

    Examples:
      lacewing webhooks deliveries 01a2072e
      lacewing webhooks deliveries 01a2072e --json --fields event,state,attempts
    """
    listing = webhooks.list_deliveries(webhook_id(at, webhook), limit=page_size(limit))
    found = at.at_most(at.client.each(listing), limit)
    at.output.rows(found, _LISTED, "It was told nothing yet.")


def resend_delivery(
    at: Remote,
    webhook: Which,
    delivery: Annotated[str, Arg("Its id, or a part of it.", shown="DELIVERY")],
    *,
    wait: Annotated[int, Arg("For so many seconds its answer is waited for.", "-w", "SECONDS")] = 15,
) -> int:
    """Tell a webhook again what it was told. The exit code is 1 if it did not take it.

    Examples:
      lacewing webhooks resend 01a2072e 01a2073f
    """
    where = webhook_id(at, webhook)
    which = delivery if is_uuid(delivery) else the_one("delivery", delivery, _newest(at, where))["id"]
    return _follow(at, where, at.client.send(webhooks.resend_delivery(where, which)), wait)


def _follow(at: Remote, webhook: str, delivery: Delivery, wait: int) -> int:
    """Until it was tried once."""
    deadline, tried = time.monotonic() + wait, len(delivery["attempts"])
    while len(delivery["attempts"]) <= tried and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
        delivery = next(each for each in _newest(at, webhook) if each["id"] == delivery["id"])
    at.output.done(f"{delivery['event']}: {_answer(delivery) or 'no answer yet'}", delivery)
    return Exit.OK if delivery["state"] == "delivered" else Exit.FAILED


def _newest(at: Remote, webhook: str) -> list[Delivery]:
    return at.at_most(at.client.each(webhooks.list_deliveries(webhook, limit=LARGEST_PAGE)), LARGEST_PAGE)
