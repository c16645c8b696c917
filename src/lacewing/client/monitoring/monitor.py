"""The monitor of a program: what failed is caught at once, and told in the background."""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from lacewing.client.monitoring.courier import Courier
from lacewing.client.monitoring.delivery import Delivery
from lacewing.client.monitoring.failure import (
    LONGEST_LINE,
    Failure,
    Program,
    Report,
    kind_of,
    place_of,
    report_of,
    trace_of,
)
from lacewing.client.monitoring.occasion import LINES, Line, current_occasion
from lacewing.client.monitoring.pace import Pace

FLUSH_SECONDS: Final = 3.0
_TOLD: Final = "_lacewing_told"

_log = logging.getLogger("lacewing.client")


class _Thread(threading.local):
    """Whether this thread is at work for a monitor: what it logs meanwhile is nobody's failure."""

    is_busy = False


@dataclass(frozen=True, slots=True)
class _Caught:
    kind: Hashable
    level: int
    message: Callable[[], str]
    place: str
    error: BaseException | None = None


class Monitor:
    """Sends failures to a Lacewing, with a project's publishable key.

    `url` and `key` come from LACEWING_URL and LACEWING_KEY unless given; without them it does nothing. The
    same failure is told once in `quiet_seconds`, with how often it happened, and at most `most_a_minute` of
    all. Exceptions of the types in `ignore` are not told. `before_send` is given what is about to be sent and
    answers what is sent instead, or None. No method raises, and none but `flush` waits.
    """

    def __init__(  # noqa: PLR0913 - one option each
        self,
        url: str | None = None,
        key: str | None = None,
        *,
        release: str = "",
        environment: str = "",
        ignore: tuple[type[BaseException], ...] = (),
        before_send: Callable[[Report], Report | None] | None = None,
        quiet_seconds: float = 3600.0,
        most_a_minute: int = 10,
        most_waiting: int = 100,
        timeout_seconds: float = 10.0,
    ) -> None:
        url = url or os.environ.get("LACEWING_URL", "").strip()
        key = key or os.environ.get("LACEWING_KEY", "").strip()
        self.is_on = bool(url and key)
        self._program = Program(release, environment)
        self._ignore = ignore
        self._before_send = before_send
        self._lines: deque[Line] = deque(maxlen=LINES)
        self._thread = _Thread()
        self._pace = Pace(quiet_seconds, most_a_minute)
        self._delivery = Delivery(url, key, timeout_seconds)
        self._courier = Courier(self._deliver, self._renew, most_waiting)
        if not self.is_on:
            _log.warning("No failure will be reported: LACEWING_URL or LACEWING_KEY is not set.")

    def report(self, error: BaseException) -> None:
        """Tells of an exception, in or after the `except` that caught it."""
        self._safely(lambda: self._catch_error(error, logging.ERROR))

    def hear(self, record: logging.LogRecord, report_level: int = logging.ERROR) -> None:
        """Tells of a log record from `report_level` up; what is below goes along with the next failure."""
        self._safely(lambda: self._hear(record, report_level))

    def flush(self, seconds: float = FLUSH_SECONDS) -> bool:
        """Waits until all that was caught is sent or given up, at most so long. Whether it is."""
        return self._courier.flush(seconds)

    def _safely(self, act: Callable[[], None]) -> None:
        if not self.is_on or self._thread.is_busy:
            return
        self._thread.is_busy = True
        try:
            with suppress(Exception):
                act()
        finally:
            self._thread.is_busy = False

    def _hear(self, record: logging.LogRecord, report_level: int) -> None:
        if record.name == _log.name:
            return
        if record.levelno < report_level:
            self._note(record, record.levelname.lower())
            return
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._note(record, "info")  # the exception is the error; this says who logged it
            self._catch_error(error, record.levelno)
            return
        place = f"{record.pathname}:{record.lineno}, in {record.funcName}"
        kind = (record.name, record.pathname, record.lineno)
        self._catch(_Caught(kind, record.levelno, lambda: _said(record), place))

    def _note(self, record: logging.LogRecord, level: str) -> None:
        line = Line(record.created, level, f"{record.name}: {_said(record)}"[:LONGEST_LINE])
        self._recent().append(line)

    def _catch_error(self, error: BaseException, level: int) -> None:
        """What a middleware saw, the server that it is raised to may log as well."""
        if isinstance(error, self._ignore) or getattr(error, _TOLD, False):
            return
        with suppress(Exception):
            setattr(error, _TOLD, True)
        self._catch(_Caught(kind_of(error), level, lambda: _told(error), place_of(error), error))

    def _catch(self, caught: _Caught) -> None:
        recent = self._recent()
        lines = tuple(recent)
        recent.clear()
        kept_back = self._pace.admit(caught.kind)
        if kept_back is None:
            return
        trace = None if caught.error is None else trace_of(caught.error)
        occasion = current_occasion()
        failure = Failure(
            caught.kind,
            time.time(),
            caught.level,
            caught.message(),
            caught.place,
            trace,
            lines,
            occasion and replace(occasion),
            kept_back,
        )
        if not self._courier.take(failure):
            self._pace.forget(failure.kind, kept_back)

    def _recent(self) -> deque[Line]:
        occasion = current_occasion()
        return self._lines if occasion is None else occasion.lines

    def _deliver(self, failure: Failure) -> None:
        """In the courier's thread."""
        self._thread.is_busy = True
        report: Report | None = report_of(failure, self._program)
        if report is not None and self._before_send is not None:
            report = self._before_send(report)
        if report is not None and not self._delivery.send(report):
            self._pace.forget(failure.kind, failure.kept_back)

    def _renew(self) -> None:
        """In a forked process, before anything else runs in it."""
        self._pace.renew()
        self._delivery.renew()
        self._thread = _Thread()


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a message that does not fit its arguments is still one
        return str(record.msg)


def _told(error: BaseException) -> str:
    name = type(error).__name__
    try:
        said = str(error)
    except Exception:  # noqa: BLE001 - whatever its __str__ does
        said = ""
    return f"{name}: {said}" if said else name
