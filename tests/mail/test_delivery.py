"""What is posted arrives: at least once, with one Message-ID, whatever the mail server does meanwhile."""

import asyncio
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from lacewing import outbox
from lacewing.kit.errors import LacewingError
from lacewing.kit.keyring import parse
from lacewing.mail import Delivery
from lacewing.mail.folder import Folder
from lacewing.mail.smtp import SmtpServer
from lacewing.outbox import Mail, MailKind
from lacewing.outbox.claim import LEASE
from lacewing.outbox.tables import outbox_mails
from lacewing.settings import Mailbox, Smtp, Tls
from lacewing.storage import Database
from tests.mail.values import values_of
from tests.smtp import PASSWORD, USER, MailServer, make_certificate
from tests.world import NEW_KEY, OLD_KEY, FakeClock, Run

RING = parse(OLD_KEY)
SENDER = Mailbox("Lacewing", "bugs@mail.example.org")
BASE = "https://bugs.example.org"
TOKEN = values_of(MailKind.PASSWORD_RESET)["token"]
QUICKLY = 0.3


def by_smtp(
    db: Database, server: MailServer, tls: Tls = Tls.OFFERED, user: str = "", password: str = PASSWORD
) -> Delivery:
    smtp = Smtp("127.0.0.1", server.port, tls, user, password)
    return Delivery(db, RING, SmtpServer(smtp, SENDER), SENDER, BASE)


class Post:
    """Posts mails in units of their own, and looks at their rows."""

    def __init__(self, db: Database, run: Run) -> None:
        self._db = db
        self._run = run

    def __call__(self, *addresses: str, kind: MailKind = MailKind.PASSWORD_RESET) -> None:
        for to in addresses:
            mail = Mail(kind, to, values_of(kind))
            self._run(self._db.write(lambda tx, mail=mail: outbox.post(tx, RING, mail)))

    def rows(self):
        order = select(outbox_mails).order_by(outbox_mails.c.id)
        return self._run(self._db.read(lambda tx: tx.execute(order).all()))

    def row(self):
        [row] = self.rows()
        return row


@pytest.fixture
def post(db: Database, run: Run) -> Post:
    return Post(db, run)


def test_a_batch_goes_over_one_connection(db: Database, run: Run, post: Post) -> None:
    with MailServer() as server:
        post("ada@example.com", "bob@example.com", "cleo@example.com")
        assert run(by_smtp(db, server).deliver_due())
        assert [message["To"] for message in server.taken] == [
            "ada@example.com",
            "bob@example.com",
            "cleo@example.com",
        ]
        assert server.connections == 1
        assert server.message_ids == [f"<{row.id}@mail.example.org>" for row in post.rows()]
        assert not run(by_smtp(db, server).deliver_due())
    assert all(row.sealed is None and row.delivered_at for row in post.rows())


def test_it_logs_in_where_the_server_wants_that(db: Database, run: Run, post: Post) -> None:
    with MailServer(wants_login=True) as server:
        post("ada@example.com")
        run(by_smtp(db, server, Tls.OFF, USER).deliver_due())
        assert server.logins == [USER]
        assert len(server.taken) == 1


def test_a_wrong_password_is_tried_again_later_and_repeated_nowhere(
    db: Database, run: Run, post: Post, capsys: pytest.CaptureFixture[str]
) -> None:
    with MailServer(wants_login=True) as server:
        post("ada@example.com")
        run(by_smtp(db, server, Tls.OFF, USER, "hunter2").deliver_due())
        assert server.taken == []
    row = post.row()
    assert row.sealed
    assert "535" in row.last_error
    assert "hunter2" not in row.last_error + capsys.readouterr().out


def test_a_password_does_not_go_over_a_wire_that_can_be_read(db: Database, run: Run, post: Post) -> None:
    """A server, or who stands before it, that offers no STARTTLS learns nothing."""
    with MailServer(wants_login=True) as server:
        post("ada@example.com")
        run(by_smtp(db, server, Tls.REQUIRED, USER).deliver_due())
        assert (server.logins, server.taken) == ([], [])
    assert "STARTTLS" in post.row().last_error


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.mark.parametrize("tls", [Tls.OFFERED, Tls.REQUIRED, Tls.IMPLICIT])
def test_a_certificate_must_be_trusted(
    db: Database, run: Run, post: Post, clock: FakeClock, certificate: Path, tls: Tls
) -> None:
    with MailServer(certificate=certificate, is_implicit=tls is Tls.IMPLICIT, wants_login=True) as server:
        post("ada@example.com")
        run(by_smtp(db, server, tls, USER).deliver_due())
        assert (server.logins, server.taken) == ([], [])
        assert post.row().sealed
        assert "certificate" in post.row().last_error.lower()

        clock.advance(minutes=2)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SSL_CERT_FILE", str(certificate))
            run(by_smtp(db, server, tls, USER).deliver_due())
        assert server.logins == [USER]
        assert len(server.taken) == 1


def test_a_recipient_refused_for_good_is_given_up_and_the_others_get_theirs(
    db: Database, run: Run, post: Post, clock: FakeClock
) -> None:
    with MailServer() as server:
        server.answers["gone@example.com"] = f"550 5.1.1 gone@example.com has no mailbox {TOKEN}"
        post("gone@example.com", "ada@example.com")
        run(by_smtp(db, server).deliver_due())
        assert [message["To"] for message in server.taken] == ["ada@example.com"]
    gone, _ = post.rows()
    assert (gone.sealed, gone.failed_at, gone.attempts) == (None, clock.now, 1)
    assert gone.last_error == "550 5.1.1 [redacted] has no mailbox [redacted]"


def test_a_message_refused_for_good_is_given_up(db: Database, run: Run, post: Post) -> None:
    with MailServer() as server:
        server.on_data = lambda _protocol: "554 5.7.1 we think that this is spam"
        post("ada@example.com")
        run(by_smtp(db, server).deliver_due())
    assert post.row().failed_at


def test_a_recipient_refused_for_now_is_tried_again(
    db: Database, run: Run, post: Post, clock: FakeClock
) -> None:
    with MailServer() as server:
        server.answers["ada@example.com"] = "451 4.7.1 greylisted, come back later"
        post("ada@example.com", "bob@example.com")
        run(by_smtp(db, server).deliver_due())
        assert [message["To"] for message in server.taken] == ["bob@example.com"]
        server.answers.clear()
        clock.advance(seconds=30)
        assert not run(by_smtp(db, server).deliver_due())
        clock.advance(minutes=1)
        run(by_smtp(db, server).deliver_due())
        assert [message["To"] for message in server.taken] == ["bob@example.com", "ada@example.com"]


def test_a_server_that_was_down_for_an_hour_gets_each_mail_once(
    db: Database, run: Run, post: Post, clock: FakeClock
) -> None:
    server = MailServer()
    addresses = [f"person{n}@example.com" for n in range(25)]
    post(*addresses)
    for _ in range(60):
        while run(by_smtp(db, server).deliver_due()):
            pass
        clock.advance(minutes=1)
    assert all(row.sealed and row.attempts >= 3 for row in post.rows())
    with server:
        for _ in range(140):
            while run(by_smtp(db, server).deliver_due()):
                pass
            clock.advance(minutes=1)
        assert sorted(message["To"] for message in server.taken) == sorted(addresses)


def test_a_server_that_closes_early_loses_no_mail_and_holds_up_no_other(
    db: Database, run: Run, post: Post, clock: FakeClock
) -> None:
    def close_once(protocol) -> str:
        server.on_data = lambda _protocol: None
        protocol.transport.close()
        return "250 too late"

    with MailServer() as server:
        server.on_data = close_once
        post("ada@example.com", "bob@example.com")
        run(by_smtp(db, server).deliver_due())
        assert [message["To"] for message in server.taken] == ["bob@example.com"]
        clock.advance(minutes=2)
        run(by_smtp(db, server).deliver_due())
        assert [message["To"] for message in server.taken] == ["bob@example.com", "ada@example.com"]


def test_a_server_that_hangs_is_left_and_tried_again(db: Database, run: Run, post: Post) -> None:
    """It takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp = Smtp("127.0.0.1", silent.getsockname()[1], Tls.OFFERED)
        transport = SmtpServer(smtp, SENDER, timeout_seconds=QUICKLY)
        post("ada@example.com", "bob@example.com")
        run(Delivery(db, RING, transport, SENDER, BASE).deliver_due())
    assert [(row.attempts, bool(row.sealed)) for row in post.rows()] == [(1, True), (1, True)]


def test_a_process_that_dies_between_sending_and_saying_so_sends_again_with_the_same_id(
    db: Database, url: str, open_db: Callable[[str], Database], run: Run, post: Post, clock: FakeClock
) -> None:
    post("ada@example.com")
    dying = open_db(url)

    def die(_protocol) -> None:
        dying.close()

    with MailServer() as server:
        server.on_data = die
        with pytest.raises(LacewingError):
            run(by_smtp(dying, server).deliver_due())
        server.on_data = lambda _protocol: None
        assert not run(by_smtp(db, server).deliver_due())
        clock.advance(seconds=LEASE.total_seconds())
        run(by_smtp(db, server).deliver_due())
        first, second = server.message_ids
        assert first == second
    assert post.row().delivered_at


def test_processes_that_race_for_fifty_mails_send_each_once(
    db: Database, url: str, open_db: Callable[[str], Database], run: Run, post: Post
) -> None:
    """M-2."""
    addresses = [f"person{n}@example.com" for n in range(50)]
    post(*addresses)

    async def empty(delivery: Delivery) -> None:
        while await delivery.deliver_due():
            pass

    async def race(server: MailServer) -> None:
        await asyncio.gather(*(empty(by_smtp(each, server)) for each in (db, open_db(url), open_db(url))))

    with MailServer() as server:
        run(race(server))
        assert sorted(message["To"] for message in server.taken) == sorted(addresses)
        assert server.connections > 1


def test_an_address_beyond_ascii_needs_a_server_that_knows_of_such(
    db: Database, run: Run, post: Post
) -> None:
    with MailServer() as server:
        post("ädä@bücher.example", kind=MailKind.EMAIL_VERIFY)
        run(by_smtp(db, server).deliver_due())
        assert [message["To"] for message in server.taken] == ["ädä@xn--bcher-kva.example"]
    with MailServer(offers_smtputf8=False) as server:
        post("ädä@example.com", "ada@bücher.example")
        run(by_smtp(db, server).deliver_due())
        assert [message["To"] for message in server.taken] == ["ada@xn--bcher-kva.example"]
    refused = post.rows()[1]
    assert refused.failed_at
    assert "SMTPUTF8" in refused.last_error


def test_without_a_server_each_mail_is_a_private_file(
    db: Database, run: Run, post: Post, tmp_path: Path, clock: FakeClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """U-3: the log names the file, and never the token in it."""
    path = tmp_path / "data" / "outbox"
    post("ada@example.com")
    clock.advance(seconds=1)
    post("ädä@example.com", kind=MailKind.NEW_DEVICE)
    run(Delivery(db, RING, Folder(path), SENDER, BASE).deliver_due())
    first, second = sorted(path.iterdir())
    assert first.name.startswith("20260302T090000.000000Z-password_reset-")
    assert second.name.startswith("20260302T090001.000000Z-new_device-")
    assert path.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (first, second)} == {0o600}
    logged = capsys.readouterr().out
    assert str(first) in logged
    assert TOKEN not in logged
    assert f"{BASE}/reset-password?token={TOKEN}".encode() in first.read_bytes()
    assert all(row.delivered_at for row in post.rows())


def test_a_folder_that_can_not_be_written_is_tried_again(
    db: Database, run: Run, post: Post, tmp_path: Path
) -> None:
    (tmp_path / "outbox").write_text("a file stands in the way")
    post("ada@example.com")
    run(Delivery(db, RING, Folder(tmp_path / "outbox"), SENDER, BASE).deliver_due())
    assert post.row().sealed
    assert "can not be written" in post.row().last_error


def test_a_mail_that_can_not_be_read_waits_and_holds_up_no_other(
    db: Database, run: Run, post: Post, tmp_path: Path
) -> None:
    """A key ring that lost a key may get it back."""
    mail = Mail(MailKind.NEW_DEVICE, "ada@example.com", values_of(MailKind.NEW_DEVICE))
    run(db.write(lambda tx: outbox.post(tx, parse(NEW_KEY), mail)))
    post("ada@example.com")
    run(Delivery(db, RING, Folder(tmp_path), SENDER, BASE).deliver_due())
    unread, delivered = post.rows()
    assert unread.sealed
    assert unread.due_at - unread.created_at > timedelta(seconds=30)
    assert delivered.delivered_at


def test_the_task_delivers_by_itself_and_stops_when_it_is_told(
    db: Database, run: Run, post: Post, tmp_path: Path
) -> None:
    """What is under way is finished; what is not is let go."""
    post("ada@example.com", "bob@example.com")

    async def live(server: MailServer) -> None:
        delivery = by_smtp(db, server)
        loop = asyncio.get_running_loop()
        under_way = asyncio.Event()
        server.on_data = lambda _protocol: loop.call_soon_threadsafe(under_way.set) and None
        delivery.start()
        await asyncio.wait_for(under_way.wait(), 60)
        await delivery.stop()

    with MailServer() as server:
        run(live(server))
        assert len(server.taken) == 1
    ada, bob = post.rows()
    assert ada.delivered_at
    assert (bool(bob.sealed), bob.leased_until, bob.attempts) == (True, None, 0)


class Broken(Folder):
    async def __aenter__(self):
        raise RuntimeError("a fault of our own")


@pytest.mark.parametrize("is_closed", [True, False], ids=["the database is gone", "a fault of our own"])
def test_no_fault_ends_the_task(
    db: Database, run: Run, post: Post, tmp_path: Path, capsys: pytest.CaptureFixture[str], is_closed: bool
) -> None:
    """It is logged; what was claimed is let go. `stop` would raise what the task died of."""
    post("ada@example.com")
    logged = ""

    async def live() -> None:
        nonlocal logged
        delivery = Delivery(db, RING, Broken(tmp_path), SENDER, BASE)
        delivery.start()
        while "mails could not be" not in logged:
            await asyncio.sleep(0)
            logged += capsys.readouterr().out
        await delivery.stop()

    if is_closed:
        db.close()
    run(asyncio.wait_for(live(), 60))
    if not is_closed:
        assert "a fault of our own" in logged
        assert (bool(post.row().sealed), post.row().leased_until) == (True, None)
