"""Tokens in a real server with two workers: races, and what outlives its end."""

import os
from pathlib import Path

import pytest

from bench.databases import Database, cluster_for, settings
from bench.token_races import QUICK_ROUNDS, race_tokens
from tests.postgres import find_programs
from tests.server import Person, Server

SEED = 20260301


@pytest.mark.slow
@pytest.mark.parametrize("database", Database)
def test_a_token_used_rotated_and_revoked_at_once_ends_when_it_is_told_to(database: Database) -> None:
    """C-1, C-5, M-1, M-2: no 500, no use after an acknowledged end, never two live successors."""
    if database is Database.POSTGRESQL and find_programs() is None and os.environ.get("CI") != "true":
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    with cluster_for(database) as cluster:
        outcome = race_tokens(QUICK_ROUNDS, SEED, settings(2, cluster))

    assert outcome.findings == []
    assert (outcome.rounds, outcome.rotated > 0) == (QUICK_ROUNDS, True)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_last_use_is_stored_when_the_server_stops(tmp_path: Path, workers: int) -> None:
    """U-1."""
    with Server(tmp_path, settings(workers, None)) as server, Person(server.url) as ada:
        bearer = {"Authorization": f"Bearer {ada.mint_token()}", "User-Agent": "curl/8.5.0"}
        assert ada.http.get("/api/v1/tokens/self", headers=bearer).json()["last_used_at"] is None
        server.stop()
        server.start()
        shown = ada.http.get("/api/v1/tokens/self", headers=bearer).json()

    assert shown["last_used_at"]
    assert (shown["last_used_ip"], shown["last_used_client"]) == ("127.0.0.1", "curl")
