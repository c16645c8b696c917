"""Hands reports in at a server, with a project's publishable key."""

import logging
import time
from typing import Final

from lacewing.client.errors import ClientError
from lacewing.client.exchange import Manner
from lacewing.client.monitoring.failure import Report
from lacewing.client.request import Request, path_of
from lacewing.client.sync import Client

_COMPLAIN_SECONDS: Final = 600.0
_LONGEST_WAIT_SECONDS: Final = 60.0

_log = logging.getLogger("lacewing.client")


class Delivery:
    """What goes wrong is said in the log of `lacewing.client`, at most every ten minutes."""

    def __init__(self, url: str, key: str, timeout_seconds: float) -> None:
        self._url = url
        self._key = key
        self._manner = Manner(timeout_seconds, _LONGEST_WAIT_SECONDS)
        self._complained_at: float | None = None
        self.renew()

    def renew(self) -> None:
        """A connection is not shared with a forked process."""
        self._client: Client | None = None

    def send(self, report: Report) -> bool:
        """Whether the server has it."""
        try:
            self._connected().send(Request("POST", path_of("/reports"), body=report, is_create=True))
        except ClientError as error:
            self._complain(error)
            return False
        return True

    def _connected(self) -> Client:
        if self._client is None:
            self._client = Client(self._url, key=self._key, manner=self._manner)
        return self._client

    def _complain(self, reason: ClientError) -> None:
        now = time.monotonic()
        if self._complained_at is None or now - self._complained_at >= _COMPLAIN_SECONDS:
            self._complained_at = now
            _log.warning("A failure could not be reported to %s: %s", self._url, reason)
