"""The job that sends one delivery: once, or again as often as it takes."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from random import uniform
from typing import Final
from uuid import UUID

import structlog

from lacewing.jobs import Job, JobKind, Outcome, again, done
from lacewing.kit.calls import Answer, Caller
from lacewing.kit.keyring import KeyRing
from lacewing.storage import Database
from lacewing.webhooks import delivery_queries
from lacewing.webhooks.outcomes import cancel, fail, keep_trying, succeed
from lacewing.webhooks.put_up import DELIVER
from lacewing.webhooks.signing import plain_headers, signature_headers
from lacewing.webhooks.webhook_values import Message

RETRY_AFTER: Final = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
AT_ONCE_PER_WEBHOOK: Final = 5
JITTER: Final = 0.1
_GONE = 410

_log = structlog.get_logger(__name__)


class Deliverer:
    """At least once: who dies between sending and storing that leaves it to another, under the same id."""

    def __init__(self, db: Database, ring: KeyRing, caller: Caller) -> None:
        self._db = db
        self._ring = ring
        self._caller = caller

    @property
    def kind(self) -> JobKind:
        return JobKind(DELIVER, self.deliver, RETRY_AFTER, AT_ONCE_PER_WEBHOOK)

    async def deliver(self, job: Job) -> Outcome:
        delivery_id, turn = UUID(job.payload["delivery_id"]), int(job.payload["turn"])
        message = await self._db.read(lambda tx: delivery_queries.message(tx, delivery_id, turn))
        if message is None:
            return done()
        if not message.is_wanted:
            return done(partial(cancel, message=message))
        return self._outcome(job, message, await self._send(message))

    async def _send(self, message: Message) -> Answer:
        body, message_id = message.body.encode(), str(message.delivery_id)
        signed = signature_headers(message_id, self._db.clock(), body, self._secrets(message))
        return await self._caller.post(
            message.url, body, {**plain_headers(message_id, message.event), **signed}
        )

    def _secrets(self, message: Message) -> Sequence[str]:
        """The newest first. Raises ValueError when no key of the ring sealed it."""
        sealed = (message.secret, message.previous_secret)
        return [self._ring.unseal(secret).decode() for secret in sealed if secret is not None]

    def _outcome(self, job: Job, message: Message, answer: Answer) -> Outcome:
        if answer.is_success:
            return done(partial(succeed, message=message, answer=answer))
        about = {"webhook_id": str(message.webhook_id), "delivery_id": str(message.delivery_id)}
        told = _told(answer)
        is_gone = answer.status == _GONE
        if is_gone or message.is_test or job.attempts >= len(RETRY_AFTER):
            _log.warning("a delivery failed", error=told, **about)
            return done(partial(fail, ring=self._ring, message=message, answer=answer, is_gone=is_gone))
        wait = RETRY_AFTER[job.attempts] * uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
        _log.info("a delivery will be tried again", error=told, seconds=round(wait.total_seconds()), **about)
        return again(
            told, wait, partial(keep_trying, ring=self._ring, message=message, answer=answer, wait=wait)
        )


def _told(answer: Answer) -> str:
    return str(answer.fault) if answer.status is None else f"status {answer.status}"
