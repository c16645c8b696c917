"""A real server whose budgets are in Redis (M-1, M-5)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.redis_server import RedisServer
from tests.server import PASSWORD, Person, Server

QUICK = {"LACEWING_ARGON2_MEMORY_KIB": "8", "LACEWING_ARGON2_PASSES": "1"}


@pytest.fixture
def server(tmp_path: Path, empty_redis: RedisServer) -> Iterator[Server]:
    settings = {
        **QUICK,
        "LACEWING_REDIS_URL": empty_redis.url,
        "LACEWING_WORKERS": "2",
        "LACEWING_LIMITS": "register_ip=3",
    }
    with Server(tmp_path, settings) as started:
        yield started


def log_in(server: Server, password: str) -> httpx.Response:
    body = {"email": "ada@example.com", "password": password}
    return httpx.post(f"{server.url}/api/v1/auth/login", json=body, trust_env=False)


def register(server: Server, name: str) -> int:
    body = {"name": name, "email": f"{name}@example.com", "password": PASSWORD}
    return httpx.post(f"{server.url}/api/v1/auth/register", json=body, trust_env=False).status_code


def test_uses_count_in_all_processes_and_over_a_restart(server: Server) -> None:
    """M-1."""
    names = [f"person{n}" for n in range(6)]
    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda name: register(server, name), names))
    assert sorted(statuses) == [201] * 3 + [429] * 3
    server.stop()
    server.start()

    assert register(server, "late") == 429


def test_while_redis_is_down_nobody_logs_in_and_the_server_says_so(
    server: Server, empty_redis: RedisServer
) -> None:
    """M-5; nothing that was known before is lost when it is back."""
    with Person(server.url) as ada:
        assert log_in(server, PASSWORD).status_code == 200
        empty_redis.kill()
        down = log_in(server, PASSWORD)
        ready = httpx.get(f"{server.url}/ready", trust_env=False)
        alive = httpx.get(f"{server.url}/health", trust_env=False)

        assert (down.status_code, ready.status_code, alive.status_code) == (503, 503, 200)
        assert down.headers["retry-after"]
        assert ada.http.get("/api/v1/auth/me").status_code == 200
        empty_redis.start()
        assert log_in(server, PASSWORD).status_code == 200
        assert httpx.get(f"{server.url}/ready", trust_env=False).status_code == 200
