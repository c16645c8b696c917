"""A real server delivers what is posted in its database, to a real mail server or into a folder."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from lacewing import outbox
from lacewing.kit.keyring import parse
from lacewing.outbox import Mail, MailKind
from lacewing.storage import connect
from tests.http.conftest import QUICK
from tests.mail.values import values_of
from tests.postgres import Cluster
from tests.server import Server
from tests.smtp import MailServer

PATIENCE_SECONDS = 60.0


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        return cluster.create(f"mail_{os.getpid()}_{tmp_path.name[-20:].lower()}")
    return f"sqlite:///{tmp_path / 'data' / 'lacewing.db'}"


def post(server: Server, database: str, *addresses: str) -> None:
    """As a verb of the server's would: no endpoint is needed for it."""
    ring = parse((server.data / "secret-keys").read_text())
    kind = MailKind.PASSWORD_RESET
    db = connect(database)

    async def units() -> None:
        for to in addresses:
            mail = Mail(kind, to, values_of(kind))
            await db.write(lambda tx, mail=mail: outbox.post(tx, ring, mail))

    asyncio.run(units())
    db.close()


def test_two_workers_send_each_mail_once(tmp_path: Path, database: str) -> None:
    """M-2, P-5: the link is to PUBLIC_URL."""
    addresses = [f"person{n}@example.com" for n in range(25)]
    with MailServer() as mail_server:
        settings = {
            **QUICK,
            "LACEWING_DATABASE_URL": database,
            "LACEWING_WORKERS": "2",
            "LACEWING_PUBLIC_URL": "https://bugs.example.org",
            "LACEWING_SMTP_URL": f"smtp://127.0.0.1:{mail_server.port}",
            "LACEWING_MAIL_FROM": "Bugs <bugs@mail.example.org>",
        }
        with Server(tmp_path, settings) as server:
            post(server, database, *addresses)
            taken = mail_server.wait_for(len(addresses))
            assert server.stop() == 0
        assert sorted(message["To"] for message in taken) == sorted(addresses)
        assert len(mail_server.taken) == len(addresses)
    text = taken[0].get_body(("plain",)).get_content()
    assert "https://bugs.example.org/reset-password?token=" in text
    assert taken[0]["From"] == "Bugs <bugs@mail.example.org>"


def test_without_a_mail_server_the_log_says_where_mails_are(tmp_path: Path) -> None:
    """U-3: with the path, and never the token."""
    with Server(tmp_path, QUICK) as server:
        folder = server.data / "outbox"
        post(server, f"sqlite:///{server.data / 'lacewing.db'}", "ada@example.com")
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (written := list(folder.glob("*.eml"))) and time.monotonic() < deadline:
            os.sched_yield()
        assert server.stop() == 0
        log = server.log_tail()
    assert len(written) == 1
    assert f"written to {folder}" in log
    assert str(written[0]) in log
    token = values_of(MailKind.PASSWORD_RESET)["token"]
    assert token.encode() in written[0].read_bytes()
    assert token not in log
