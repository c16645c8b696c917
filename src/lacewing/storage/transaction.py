"""What a unit of work is given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, CursorResult, Executable


class Transaction:
    """An open transaction (or, in a read, a connection whose statements each see their own snapshot).

    `now` is the one time that all of it happens at. `driver` is the driver's own connection, for hot
    statements.
    """

    __slots__ = ("connection", "driver", "is_announced", "now")

    def __init__(self, connection: Connection, now: datetime) -> None:
        self.connection = connection
        self.driver: Any = connection.connection.dbapi_connection
        self.now = now
        self.is_announced = False

    def announce(self) -> None:
        """Once it is committed, who waits for news is woken, in every process."""
        self.is_announced = True

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | list[dict[str, Any]] | None = None
    ) -> CursorResult[Any]:
        return self.connection.execute(statement, parameters)
