"""A logging handler that reports errors: `logging.getLogger().addHandler(ReportHandler())`."""

import logging

from lacewing.client.monitoring import Monitor


class ReportHandler(logging.Handler):
    """Reports records from `report_level` up; the lines before go along. It never raises and never waits."""

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        level: int | str = logging.NOTSET,
        report_level: int = logging.ERROR,
    ) -> None:
        super().__init__(level)
        self._monitor = monitor or Monitor()
        self._report_level = report_level

    def emit(self, record: logging.LogRecord) -> None:
        self._monitor.hear(record, self._report_level)

    def flush(self) -> None:
        """The monitor flushes itself when the program ends; nobody else is to wait for a server."""
