"""Mails by SMTP, through one connection a batch. Certificates are verified."""

import asyncio
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from lacewing.kit.lazy import LazyModule
from lacewing.mail.message import address_of
from lacewing.mail.transport import RefusedError, UnreachableError, UnsentError
from lacewing.outbox import ClaimedMail
from lacewing.settings import Mailbox, Smtp, Tls

TIMEOUT_SECONDS = 20.0
_START_TLS = {Tls.IMPLICIT: False, Tls.REQUIRED: True, Tls.OFFERED: None, Tls.OFF: False}

_aiosmtplib = LazyModule("aiosmtplib")


class SmtpServer:
    """Connects for the first message, and again when the connection was lost over one."""

    def __init__(self, smtp: Smtp, sender: Mailbox, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._smtp = smtp
        self._sender = sender
        self._timeout_seconds = timeout_seconds
        self._client: Any = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Says goodbye if nothing is under way, and leaves."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            if kind is None and client.is_connected:
                with suppress(OSError, _aiosmtplib.SMTPException):
                    await client.quit(timeout=1.0)
        finally:
            client.close()

    async def send(self, _claimed: ClaimedMail, message: EmailMessage) -> None:
        """Either step, to connect and to send, may take as long as the time-out."""
        if self._client is None or not self._client.is_connected:
            await self.connect()
        client = self._client
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await client.send_message(
                    message, sender=self._sender.address, recipients=[address_of(message)]
                )
        except (OSError, ValueError, _aiosmtplib.SMTPException) as error:
            if isinstance(error, OSError):
                client.close()
            raise _unsent(error) from error

    async def connect(self) -> None:
        """And logs in, if there is a user. Raises UnreachableError."""
        smtp = self._smtp
        self._client = _aiosmtplib.SMTP(
            hostname=smtp.host,
            port=smtp.port,
            username=smtp.user or None,
            password=smtp.password or None,
            local_hostname=self._sender.domain,
            timeout=self._timeout_seconds,
            use_tls=smtp.tls is Tls.IMPLICIT,
            start_tls=_START_TLS[smtp.tls],
        )
        try:
            async with asyncio.timeout(self._timeout_seconds):
                await self._client.connect()
        except (OSError, ValueError, _aiosmtplib.SMTPException) as error:
            self._client = None
            raise UnreachableError(f"the mail server can not be used: {_told(error)}") from error


def _unsent(error: Exception) -> UnsentError:
    """What the server says for good of a recipient or of a message is for good; a sender can be mended."""
    match error:
        case _aiosmtplib.SMTPNotSupported():
            return RefusedError("the address needs SMTPUTF8, which the mail server does not offer")
        case _aiosmtplib.SMTPRecipientsRefused():
            return _of_code(error.recipients[0])
        case _aiosmtplib.SMTPDataError():
            return _of_code(error)
        case ValueError():
            return RefusedError("the address can not be given to a mail server")
        case _:
            return UnsentError(_told(error))


def _of_code(error: Any) -> UnsentError:  # noqa: ANN401 - an error of the module that is loaded on first use
    return RefusedError(_told(error)) if error.code >= 500 else UnsentError(_told(error))


def _told(error: Any) -> str:  # noqa: ANN401 - the same
    if isinstance(error, TimeoutError):
        return "it took too long"
    code = getattr(error, "code", None)
    said = str(getattr(error, "message", error) or type(error).__name__)
    return f"{code} {said}" if code else said
