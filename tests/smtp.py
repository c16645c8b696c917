"""A real mail server on this machine that keeps what it takes, and can be told to misbehave."""

import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from ipaddress import ip_address
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Protocol
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.ports import free_port

USER: Final = "lacewing"
PASSWORD: Final = "relay p@ssword"
PATIENCE_SECONDS: Final = 60.0


class MailServer:
    """Takes mails on a loopback port, which it keeps when it is stopped and started again.

    `answers` maps a recipient to a reply other than 250; `on_data` is called for each message that arrives,
    and may return another reply.
    """

    def __init__(
        self,
        *,
        certificate: Path | None = None,
        is_implicit: bool = False,
        wants_login: bool = False,
        offers_smtputf8: bool = True,
    ) -> None:
        self.port = free_port()
        self.taken: list[EmailMessage] = []
        self.logins: list[str] = []
        self.connections = 0
        self.answers: dict[str, str] = {}
        self.on_data: Callable[[Protocol], str | None] = lambda _protocol: None
        self._arrived = threading.Condition()
        context = None if certificate is None else _server_context(certificate)
        by_starttls = certificate is not None and not is_implicit
        self._options: dict[str, Any] = {
            "server_hostname": "localhost",
            "auth_required": wants_login and by_starttls,
            "auth_require_tls": by_starttls,
            "authenticator": self._authenticate if wants_login else None,
            "enable_SMTPUTF8": offers_smtputf8,
            **({"ssl_context": context} if is_implicit else {"tls_context": context}),
        }
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **self._options)
        self._controller.start()
        self.connections = 0

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @property
    def message_ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]

    def wait_for(self, count: int) -> list[EmailMessage]:
        """Once that many have arrived; or those that have, when patience is at its end."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self.taken) >= count, PATIENCE_SECONDS)
        return list(self.taken)

    async def handle_EHLO(
        self, _protocol: Protocol, session: Session, _envelope: Envelope, name: str, replies: list[str]
    ) -> list[str]:
        session.host_name = name
        self.connections += 1
        return replies

    async def handle_RCPT(
        self, _protocol: Protocol, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        refusal = self.answers.get(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, protocol: Protocol, _session: Session, envelope: Envelope) -> str:
        reply = self.on_data(protocol)
        if reply is None:
            content = envelope.content
            assert isinstance(content, bytes)
            with self._arrived:
                self.taken.append(message_from_bytes(content, _class=EmailMessage, policy=SMTPUTF8))
                self._arrived.notify_all()
        return reply or "250 OK"

    def _authenticate(
        self, _protocol: Protocol, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.logins.append(given.login.decode())
        right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)


def make_certificate(folder: Path, host: str = "") -> Path:
    """A certificate for `host`, or 127.0.0.1, that signed itself, with its key, in one file."""
    its = x509.DNSName(host) if host else x509.IPAddress(ip_address("127.0.0.1"))
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a mail server for tests")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([its]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


def _server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context
