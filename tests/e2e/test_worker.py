"""`lacewing worker`: what `serve` leaves undone is done by a process of its own."""

import subprocess
from pathlib import Path

import pytest

from bench import deliveries
from bench.databases import Database
from tests.e2e.test_crash import SEED
from tests.e2e.test_mail import post
from tests.http.conftest import QUICK
from tests.server import PROGRAM, Server
from tests.smtp import MailServer
from tests.workers import WorkerProcess


def test_a_server_without_a_worker_leaves_mails_to_one_that_stops_when_told(tmp_path: Path) -> None:
    with MailServer() as mail_server:
        settings = {
            **QUICK,
            "LACEWING_WORKER": "off",
            "LACEWING_SMTP_URL": f"smtp://127.0.0.1:{mail_server.port}",
        }
        with Server(tmp_path, settings) as server:
            database = f"sqlite:///{server.data / 'lacewing.db'}"
            post(server, database, "ada@example.com")
            with WorkerProcess(server.data, settings) as worker:
                mail_server.wait_for(1)
                post(server, database, "bob@example.com")
                mail_server.wait_for(2)
                assert worker.stop() == 0
            post(server, database, "cleo@example.com")
            assert server.stop() == 0
        assert [message["To"] for message in mail_server.taken] == ["ada@example.com", "bob@example.com"]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"LACEWING_PORT": "no"}, "LACEWING_PORT must be a whole number from 1 to 65535, not 'no'."),
        ({"LACEWING_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x"}, "The database can not be reached"),
    ],
)
def test_what_the_operator_has_to_mend_is_one_sentence(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    command = [*PROGRAM, "worker", "--data", str(tmp_path / "data")]
    ended = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=90, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert sentence in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_kill_amid_deliveries_loses_none_and_sends_none_twice_at_once(tmp_path: Path) -> None:
    outcome = deliveries.run(Database.SQLITE, tmp_path, deliveries.QUICK.rounds, SEED)
    assert outcome.findings == []
    assert outcome.expected
