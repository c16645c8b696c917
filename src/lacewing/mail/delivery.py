"""The background task that empties the outbox; several of them, in several processes, share the work."""

import asyncio
from contextlib import suppress
from email.message import EmailMessage

import structlog

from lacewing import outbox
from lacewing.kit.errors import LacewingError
from lacewing.kit.keyring import KeyRing
from lacewing.kit.redact import MARK, redact
from lacewing.mail.folder import Folder
from lacewing.mail.message import compose
from lacewing.mail.rendering import render
from lacewing.mail.smtp import SmtpServer
from lacewing.mail.transport import RefusedError, Transport, UnreachableError, UnsentError
from lacewing.outbox import ClaimedMail, Mail
from lacewing.settings import Mailbox, Settings
from lacewing.storage import Database, Subscription

POLL_SECONDS = 30.0
PAUSE_SECONDS = 0.05
FAULT_SECONDS = 10.0
STOP_SECONDS = 5.0
LONGEST_ERROR = 300

_log = structlog.get_logger(__name__)


def delivery_from(settings: Settings, db: Database, ring: KeyRing) -> "Delivery":
    """By SMTP if there is a server, else into the folder."""
    smtp, sender = settings.smtp_url, settings.mail_from
    transport: Transport = SmtpServer(smtp, sender) if smtp else Folder(settings.mail_folder)
    return Delivery(db, ring, transport, sender, settings.base_url)


class Delivery:
    """At least once: who dies after sending, and before it could say so, leaves the mail to another."""

    def __init__(
        self, db: Database, ring: KeyRing, transport: Transport, sender: Mailbox, base_url: str
    ) -> None:
        self._db = db
        self._ring = ring
        self._transport = transport
        self._sender = sender
        self._base_url = base_url
        self._stopping = asyncio.Event()
        self._news: Subscription | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Lets the mail that is under way finish, for a while; the others of its batch are let go."""
        self._stopping.set()
        if self._news is not None:
            self._news.wake()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=STOP_SECONDS)
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def deliver_due(self) -> int:
        """Tries one batch of what is due; 0 if nothing was. A mail that fails is due again later."""
        due = await self._db.read(outbox.due)
        if not due:
            return 0
        claimed = await self._db.write(lambda tx: outbox.claim(tx, due))
        untried = list(claimed)
        try:
            await self._deliver(untried)
        finally:
            if untried:
                await self._db.write(lambda tx: outbox.let_go(tx, untried))
        return len(due)

    async def _run(self) -> None:
        with self._db.news.subscribe() as news:
            self._news = news
            while not self._stopping.is_set():
                await self._look(news)

    async def _look(self, news: Subscription) -> None:
        try:
            if not await self.deliver_due():
                await news.wait(POLL_SECONDS)
                await self._pause(PAUSE_SECONDS)
        except LacewingError:
            _log.warning("mails could not be looked for")
            await self._pause(FAULT_SECONDS)
        except Exception:  # noqa: BLE001 - the loop must outlive any fault
            _log.exception("mails could not be delivered")
            await self._pause(FAULT_SECONDS)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _deliver(self, untried: list[ClaimedMail]) -> None:
        """Takes from `untried` what it tries. Without a way to the server, all that is left fails alike."""
        unreachable: UnreachableError | None = None
        async with self._transport as transport:
            while untried and not self._stopping.is_set():
                claimed = untried.pop(0)
                if unreachable is not None:
                    await self._failed(claimed, None, unreachable)
                    continue
                unreachable = await self._deliver_one(transport, claimed)

    async def _deliver_one(self, transport: Transport, claimed: ClaimedMail) -> UnreachableError | None:
        mail: Mail | None = None
        try:
            mail = outbox.unseal(self._ring, claimed)
            message = await asyncio.to_thread(self._compose, claimed, mail)
            await transport.send(claimed, message)
        except UnsentError as error:
            await self._failed(claimed, mail, error)
            return error if isinstance(error, UnreachableError) else None
        except Exception as error:  # noqa: BLE001 - one mail's fault must not hold up the others
            _log.exception("a mail could not be made", id=str(claimed.id), kind=claimed.kind.value)
            await self._failed(claimed, mail, UnsentError(type(error).__name__))
            return None
        await self._db.write(lambda tx: outbox.mark_delivered(tx, claimed))
        return None

    def _compose(self, claimed: ClaimedMail, mail: Mail) -> EmailMessage:
        rendered = render(mail, claimed.created_at, self._base_url)
        return compose(claimed.id, self._sender, mail, rendered, claimed.created_at)

    async def _failed(self, claimed: ClaimedMail, mail: Mail | None, error: UnsentError) -> None:
        told = _told(error, mail)
        is_final = isinstance(error, RefusedError)
        due_at = await self._db.write(lambda tx: outbox.mark_failed(tx, claimed, told, is_final=is_final))
        about = {"id": str(claimed.id), "kind": claimed.kind.value, "error": told}
        if due_at is None:
            _log.error("a mail was given up", **about)
        else:
            _log.warning("a mail was not sent, it will be tried again", due_at=due_at.isoformat(), **about)


def _told(error: UnsentError, mail: Mail | None) -> str:
    """What a server answers may hold what it was sent: neither the address nor a token is kept (U-3)."""
    text = " ".join(str(error).split())
    for private in (mail.to, mail.values.get("token"), mail.unsubscribe) if mail else ():
        text = text.replace(private, MARK) if private else text
    return redact(text)[:LONGEST_ERROR]
