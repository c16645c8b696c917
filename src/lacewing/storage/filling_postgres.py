"""While a PostgreSQL database is filled nobody connects to it, on whatever machine."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import errors

from lacewing.storage.snapshots import CopyError

FILLING = 7020253


@contextmanager
def filling_alone(connection: psycopg.Connection) -> Iterator[None]:
    """While it lasts, `is_being_filled`. A connection that ends lets go. Raises CopyError."""
    connection.execute("SET idle_session_timeout = 0")
    connection.execute("SET lock_timeout = '2s'")  # whoever asks below is done in no time
    try:
        connection.execute("SELECT pg_advisory_lock(%s)", [FILLING])
    except errors.LockNotAvailable as error:
        raise CopyError("Another backup is just being restored into this database.") from error
    yield
    with suppress(psycopg.Error):  # at once: who has closed a connection does not wait until it has ended
        connection.execute("SELECT pg_advisory_unlock(%s)", [FILLING])


def is_being_filled(connection: psycopg.Connection) -> bool:
    """Asked outside a transaction."""
    asked = connection.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [FILLING], prepare=False)
    return asked.fetchone() == (False,)
