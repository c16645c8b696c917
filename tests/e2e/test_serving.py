"""Starting and stopping: what an operator meets."""

import os
import signal
import sqlite3
import stat
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final
from uuid import uuid4

import httpx
import pytest

from tests.http.conftest import QUICK, Site, people_it
from tests.ports import free_port
from tests.postgres import Cluster
from tests.server import PROGRAM, Person, Server

REPORT: Final = {"title": "Button broken", "severity": "high", "category": "bug"}
DEADLINE_SECONDS: Final = 60.0


def _serve(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """A start that is expected to fail at once."""
    command = [*PROGRAM, "serve", "--port", str(free_port()), "--data", str(tmp_path / "data")]
    environment = {"PATH": os.environ["PATH"], **settings}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)


def test_every_mistake_in_the_settings_is_told_in_one_sentence_each(tmp_path: Path) -> None:
    ended = _serve(
        tmp_path,
        LACEWING_WORKERS="many",
        LACEWING_REGISTRATION="maybe",
        LACEWING_TYPO="1",
        LACEWING_DATABASE_URL="mysql://user:hunter2@host/name",
    )
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 4
    for name in ("WORKERS", "REGISTRATION", "TYPO", "DATABASE_URL"):
        assert f"LACEWING_{name} " in ended.stderr
    assert "hunter2" not in ended.stderr


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    with Server(tmp_path / "first", QUICK) as first:
        command = [*PROGRAM, "serve", "--port", str(first.port), "--data", str(tmp_path / "second")]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    assert ended.returncode == 2
    assert "in use" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_the_data_folder_and_its_secrets_are_private(tmp_path: Path) -> None:
    """M-4"""
    with Server(tmp_path, QUICK, is_empty=True) as server:
        data = server.data
        Person(server.url).close()
        keys = (data / "secret-keys").read_text()
    for name in ("secret-keys", "setup-code"):
        assert stat.S_IMODE((data / name).stat().st_mode) == 0o600
    with Server(tmp_path, QUICK) as server:
        assert (server.data / "secret-keys").read_text() == keys


def test_a_lost_key_ring_stops_the_start(tmp_path: Path) -> None:
    with Server(tmp_path, QUICK) as server:
        Person(server.url).close()
    (tmp_path / "data" / "secret-keys").unlink()
    ended = _serve(tmp_path)
    assert ended.returncode != 0
    assert "key ring lacks" in ended.stderr + ended.stdout


def test_a_newer_schema_stops_the_start(tmp_path: Path) -> None:
    with Server(tmp_path, QUICK):
        pass
    with sqlite3.connect(tmp_path / "data" / "lacewing.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    ended = _serve(tmp_path)
    assert ended.returncode == 2
    assert "newer than this program's" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_sigterm_finishes_what_was_accepted(tmp_path: Path) -> None:
    """A submit that was answered is there; none was cut off in the middle of its answer."""
    server = Server(tmp_path, QUICK)
    with server:
        site = people_it(server)
        begun = threading.Event()
        with ThreadPoolExecutor(8) as pool:
            futures = [pool.submit(_submit_until_refused, site, begun) for _ in range(8)]
            assert begun.wait(DEADLINE_SECONDS)
            assert server.stop() == 0
            acknowledged = {code for future in futures for code in future.result()}
        site.ada.close()
        server.start()
        with site.http(Authorization=f"Bearer {site.pat}") as client:
            for code in acknowledged:
                assert client.get(f"/api/v1/reports/{code}").status_code == 200
    assert acknowledged


def _submit_until_refused(site: Site, begun: threading.Event) -> list[str]:
    acknowledged: list[str] = []
    headers = {"X-API-Key": site.project.key}
    with httpx.Client(
        base_url=site.server.url, headers=headers, timeout=60.0, trust_env=False, verify=False
    ) as client:
        while True:
            try:
                answer = client.post("/api/v1/reports", json=REPORT | {"title": str(uuid4())})
            except httpx.TransportError:
                return acknowledged
            assert answer.status_code == 201
            acknowledged.append(answer.json()["trackingId"])
            if len(acknowledged) == 5:
                begun.set()


def test_a_worker_does_not_outlive_its_supervisor(tmp_path: Path) -> None:
    with Server(tmp_path, QUICK | {"LACEWING_WORKERS": "2"}) as server:
        supervisor, *workers = server.processes()
        assert len(workers) >= 2
        os.kill(supervisor, signal.SIGKILL)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while server.processes() and time.monotonic() < deadline:
            os.sched_yield()
        assert server.processes() == []


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def two_workers(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    settings = {**QUICK, "LACEWING_WORKERS": "2"}
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        settings["LACEWING_DATABASE_URL"] = cluster.create(f"two_{os.getpid()}_{tmp_path.name[:20].lower()}")
    return settings


def test_a_revocation_holds_in_every_process_with_the_next_request(
    tmp_path: Path, two_workers: dict[str, str]
) -> None:
    """M-1, C-1, K-2: each request goes over a connection of its own, to whichever worker takes it."""
    with Server(tmp_path, two_workers) as server, Person(server.url) as ada:
        token = ada.post("/api/v1/tokens", name="gone")
        headers = {"Authorization": f"Bearer {token['token']}"}
        assert set(_statuses(server, "/api/v1/projects", headers)) == {200}
        assert ada.http.delete(f"/api/v1/tokens/{token['id']}").status_code == 204
        assert set(_statuses(server, "/api/v1/projects", headers)) == {401}

        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in ada.http.cookies.items())}
        assert set(_statuses(server, "/api/v1/auth/me", cookies)) == {200}
        assert ada.http.post("/api/v1/auth/logout").status_code == 200
        assert set(_statuses(server, "/api/v1/auth/me", cookies)) == {401}


def _statuses(server: Server, path: str, headers: dict[str, str]) -> list[int]:
    return [httpx.get(f"{server.url}{path}", headers=headers, trust_env=False).status_code for _ in range(12)]


def test_a_login_budget_holds_across_processes_and_restarts(
    tmp_path: Path, two_workers: dict[str, str]
) -> None:
    """M-1: security budgets are exact, wherever a request lands."""
    settings = two_workers | {"LACEWING_LIMITS": "login_account=6,login_ip=1000,login_ip_account=1000"}
    server = Server(tmp_path, settings)
    wrong = {"email": "ada@example.com", "password": "wrong"}
    with server:
        Person(server.url).close()
        with ThreadPoolExecutor(8) as pool:
            first = list(pool.map(lambda _: _login(server, wrong), range(10)))
        assert sorted(first) == [401] * 6 + [429] * 4 or _crossed_a_window(first)
        server.stop()
        server.start()
        right = wrong | {"password": "securepassword123"}
        assert _login(server, right) == 429 or _crossed_a_window(first)


def _login(server: Server, body: dict[str, str]) -> int:
    return httpx.post(f"{server.url}/api/v1/auth/login", json=body, trust_env=False).status_code


def _crossed_a_window(statuses: list[int]) -> bool:
    """The five minutes may have ended in the middle: then more than six were tried, and still not all."""
    return statuses.count(401) > 6


def test_over_https_cookies_are_host_only_and_bare_names_are_not_read(tmp_path: Path) -> None:
    """D4, K-5"""
    with Server(tmp_path, QUICK | {"LACEWING_PUBLIC_URL": "https://bugs.example.org"}) as server:
        body = {"name": "Ada", "email": "ada@example.com", "password": "securepassword123"}
        with httpx.Client(base_url=server.url, trust_env=False, verify=False) as client:
            answer = client.post("/api/v1/auth/register", json=body)
            cookies = answer.headers.get_list("set-cookie")
        assert [cookie.partition("=")[0] for cookie in cookies] == [
            "__Host-bugspark_access_token",
            "__Host-bugspark_refresh_token",
            "__Host-lacewing_device",
        ]
        assert all("; Secure" in cookie and "Path=/;" in cookie for cookie in cookies)
        assert "max-age" in answer.headers["strict-transport-security"]
        value = cookies[0].partition("=")[2].partition(";")[0]
        statuses = [
            httpx.get(
                f"{server.url}/api/v1/auth/me", headers={"Cookie": f"{name}={value}"}, trust_env=False
            ).status_code
            for name in ("__Host-bugspark_access_token", "bugspark_access_token")
        ]
        assert statuses == [200, 401]


def test_the_first_account_needs_the_setup_code_from_elsewhere(tmp_path: Path) -> None:
    """D8: behind a proxy that is not trusted, nobody counts as local."""
    with Server(tmp_path, QUICK) as server:
        code = (server.data / "setup-code").read_text().strip()
        body = {"name": "Ada", "email": "ada@example.com", "password": "securepassword123"}
        url, elsewhere = f"{server.url}/api/v1/auth/register", {"X-Forwarded-For": "203.0.113.9"}
        with httpx.Client(trust_env=False, verify=False, headers=elsewhere) as client:
            refused = client.post(url, json=body)
            wrong = client.post(url, json=body | {"setup_code": "0" * 16})
            right = client.post(url, json=body | {"setup_code": code})
            second = client.post(url, json=body | {"email": "bob@example.com"})
    assert (refused.status_code, refused.json()["code"]) == (403, "setup_code_required")
    assert wrong.status_code == 403
    assert (right.status_code, right.json()["role"]) == (201, "superadmin")
    assert (second.status_code, second.json()["role"]) == (201, "user")


@pytest.mark.postgresql
def test_without_its_database_it_answers_503(tmp_path: Path, cluster: Cluster) -> None:
    """M-5"""
    database = "comes_and_goes"
    settings = QUICK | {"LACEWING_DATABASE_URL": cluster.create(database)}
    with Server(tmp_path, settings) as server:
        site = people_it(server)
        cluster.drop(database)
        with site.http(Authorization=f"Bearer {site.pat}") as client:
            for path in ("/ready", "/api/v1/projects", "/api/v1/tickets"):
                answer = client.get(path)
                assert answer.status_code == 503, path
                assert answer.headers["retry-after"]
            assert client.get("/health").status_code == 200
        site.ada.close()


def test_a_database_that_can_not_be_reached_stops_the_start(tmp_path: Path) -> None:
    url = f"postgresql://nobody:hunter2@127.0.0.1:{free_port()}/nothing"
    ended = _serve(tmp_path, LACEWING_DATABASE_URL=url)
    assert ended.returncode == 2
    assert ended.stderr.startswith("The database can not be reached: ")
    assert len(ended.stderr.splitlines()) == 1
    assert "hunter2" not in ended.stderr
