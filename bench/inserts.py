"""The ceiling of durable writes: `sqlite3` inserting the payload's rows, so many per fsync."""

import sqlite3
import statistics
import time
from pathlib import Path
from typing import Final

from bench import payload
from bench.wrk import Sample

_SCHEMA: Final = """
CREATE TABLE report (id BLOB PRIMARY KEY, project_id BLOB NOT NULL, number INTEGER NOT NULL,
  body TEXT NOT NULL);
CREATE UNIQUE INDEX report_number ON report (project_id, number);
"""
_INSERT: Final = "INSERT INTO report (id, project_id, number, body) VALUES (?, ?, ?, ?)"
_PROJECT: Final = bytes(16)


class Inserts:
    """One database in WAL mode with synchronous=FULL, so that every commit waits for its fsync."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "inserts.sqlite", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_SCHEMA)
        self._number = 0

    def close(self) -> None:
        self._connection.close()

    def measure(self, rows_per_commit: int, seconds: float) -> Sample:
        """Rows a second; p50 and p99 are of one commit and the rows in it."""
        before = self._number
        begun = time.perf_counter()
        commits_ms = []
        while (now := time.perf_counter()) < begun + seconds:
            self._insert(rows_per_commit)
            commits_ms.append((time.perf_counter() - now) * 1000)
        took = time.perf_counter() - begun
        return Sample(self._number - before, took, statistics.median(commits_ms), _p99(commits_ms))

    def _insert(self, rows: int) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for number in range(self._number, self._number + rows):
            # Ids that grow, as UUIDv7 do.
            row = (number.to_bytes(16, "big"), _PROJECT, number, payload.body(f"Inserted report {number}"))
            self._connection.execute(_INSERT, row)
        self._connection.execute("COMMIT")
        self._number += rows


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else values[0]
