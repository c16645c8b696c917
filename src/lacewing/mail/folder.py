"""Mails as files, for a machine without a mail server: sorted by time, private, whole or not there."""

import asyncio
import os
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from lacewing.mail.message import address_of
from lacewing.mail.transport import UnsentError
from lacewing.outbox import ClaimedMail

_log = structlog.get_logger(__name__)


class Folder:
    """One `.eml` file a mail; the same mail again replaces its file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return

    async def send(self, claimed: ClaimedMail, message: EmailMessage) -> None:
        path = self._path / f"{claimed.created_at:%Y%m%dT%H%M%S.%fZ}-{claimed.kind}-{claimed.id}.eml"
        policy = SMTP if address_of(message).isascii() else SMTPUTF8
        try:
            await asyncio.to_thread(_write, path, message.as_bytes(policy=policy))
        except OSError as error:
            raise UnsentError(f"{path.parent} can not be written ({error.strerror})") from error
        _log.info("mail written to a file", kind=claimed.kind.value, path=str(path))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
