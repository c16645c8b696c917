"""What is done beside answering: jobs, what listeners hear, mails, and what comes round from time to time.

Any number of processes may do it on one database.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from lacewing.credentials import forget_expired_devices, warn_of_expiry
from lacewing.events import Listener, forget_old_feed
from lacewing.http.core import Core
from lacewing.jobs import CarefulListener, JobKind, Runner, forget_failed_jobs, hear_again, keep_hearing
from lacewing.kit.calls import Caller
from lacewing.kit.errors import LacewingError
from lacewing.mail import delivery_from
from lacewing.notifications import Notifier, forget_old_notifications, mail_notifications
from lacewing.outbox import forget_old_mails
from lacewing.reporters import ReporterMails
from lacewing.reports import expire_reports, make_pictures, sweep_attachments, sweep_purged
from lacewing.webhooks import (
    Deliverer,
    Eraser,
    WebhookListener,
    forget_old_deliveries,
    reseal_webhooks,
    sweep_webhooks,
)

PICTURE_SECONDS = 1
NEWS_SECONDS = 5
SWEEP_SECONDS = 30
WARN_SECONDS = 60
EXPIRE_SECONDS = 600
FORGET_SECONDS = 3600

_log = structlog.get_logger(__name__)


def _listeners(core: Core) -> list[Listener]:
    """Who hears the feed."""
    return [
        Notifier(core.db),
        ReporterMails(core.db, core.vault),
        WebhookListener(core.db, core.render),
    ]


def _job_kinds(core: Core) -> list[JobKind]:
    """How each kind of job is done."""
    return [Deliverer(core.db, core.vault.ring, Caller(core.outgoing)).kind, Eraser(core.db).kind]


def _rounds(core: Core) -> list[Coroutine[Any, Any, None]]:
    """What comes round, whether or not anything has happened."""
    return [
        every(PICTURE_SECONDS, "make pictures", lambda: make_pictures(core.db, core.blobs)),
        every(NEWS_SECONDS, "mail what happened", lambda: mail_notifications(core.db, core.vault.ring)),
        every(SWEEP_SECONDS, "sweep attachments", lambda: sweep_attachments(core.db, core.blobs)),
        every(SWEEP_SECONDS, "sweep what was purged", lambda: sweep_purged(core.db)),
        every(WARN_SECONDS, "warn of expiry", lambda: warn_of_expiry(core.db, core.vault)),
        every(EXPIRE_SECONDS, "expire reports", lambda: expire_reports(core.db, core.vault.ring)),
        every(FORGET_SECONDS, "forget failed jobs", lambda: forget_failed_jobs(core.db)),
        every(EXPIRE_SECONDS, "seal webhooks anew", lambda: reseal_webhooks(core.db, core.vault.ring)),
        every(SWEEP_SECONDS, "sweep webhooks", lambda: sweep_webhooks(core.db)),
        every(FORGET_SECONDS, "forget old deliveries", lambda: forget_old_deliveries(core.db)),
        every(FORGET_SECONDS, "forget old devices", lambda: forget_expired_devices(core.db)),
        every(FORGET_SECONDS, "forget old mails", lambda: forget_old_mails(core.db)),
        every(FORGET_SECONDS, "forget old notifications", lambda: forget_old_notifications(core.db)),
        every(FORGET_SECONDS, "shorten the feed", lambda: forget_old_feed(core.db)),
    ]


class Worker:
    """Inside a process that answers too, or alone in one of its own."""

    def __init__(self, core: Core) -> None:
        self._core = core
        listeners = _listeners(core)
        self._listeners = [CarefulListener(listener) for listener in listeners]
        self._runner = Runner(core.db, (*_job_kinds(core), hear_again(core.db, listeners)))
        self._delivery = delivery_from(core.settings, core.db, core.vault.ring)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._runner.start()
        self._delivery.start()
        hearing = [keep_hearing(self._core.db, listener) for listener in self._listeners]
        self._tasks = [asyncio.create_task(task) for task in (*hearing, *_rounds(self._core))]

    async def stop(self) -> None:
        """What is begun may finish, for a while; the rest is left to others, or to the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(self._runner.stop(), self._delivery.stop(), *self._tasks, return_exceptions=True)


async def every(seconds: float, what: str, work: Callable[[], Awaitable[None]]) -> None:
    """Until it is cancelled; a round that fails is told, and the next may go better."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except LacewingError:
            _log.warning("background work failed", what=what)
        except Exception:  # noqa: BLE001 - the loop must outlive any fault
            _log.exception("background work failed", what=what)
