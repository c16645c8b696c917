"""Where messages go: one way out of a process, chosen when it is composed."""

from email.message import EmailMessage
from types import TracebackType
from typing import Protocol, Self

from lacewing.outbox import ClaimedMail


class UnsentError(Exception):
    """It was not sent, as far as we know; later it may be. The text says why, in one sentence."""


class RefusedError(UnsentError):
    """It never will be."""


class UnreachableError(UnsentError):
    """Nor will any other now."""


class Transport(Protocol):
    """Entered for a batch."""

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    async def send(self, claimed: ClaimedMail, message: EmailMessage) -> None:
        """Returns once somebody else answers for it. Raises UnsentError."""
        ...
