"""Waiting, without sleeping, until PostgreSQL itself says that somebody waits."""

import psycopg

_WAITING = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def wait_until_blocked(url: str, connections: int = 1) -> None:
    """Until so many connections wait for a lock."""
    with psycopg.connect(url, autocommit=True) as watcher:
        while len(watcher.execute(_WAITING).fetchall()) < connections:
            pass
