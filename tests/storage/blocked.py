"""Waiting, without sleeping, until PostgreSQL itself says that somebody waits."""

import psycopg

_BEHIND = "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"


def wait_until_blocked(url: str, blocker: psycopg.Connection, connections: int = 1) -> None:
    """Until so many connections wait for what `blocker` holds."""
    with psycopg.connect(url, autocommit=True) as watcher:
        while _waiting(watcher, blocker) < connections:
            pass


def _waiting(watcher: psycopg.Connection, blocker: psycopg.Connection) -> int:
    (count,) = watcher.execute(_BEHIND, (blocker.info.backend_pid,)).fetchone() or (0,)
    return int(count)
