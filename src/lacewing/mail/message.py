"""From a rendered mail to a message (RFC 5322), which its reader can end with one click (RFC 8058)."""

from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from functools import lru_cache
from uuid import UUID

from email_validator import validate_email

from lacewing.mail.rendering import Rendered
from lacewing.mail.transport import RefusedError
from lacewing.outbox import Mail
from lacewing.settings import Mailbox

LONGEST_LINE = 900  # bytes; RFC 5322 allows 998
_ENCODED = "=?"  # begins an encoded word (RFC 2047)
_TORN = "=\u200c?"


class _Whole(UnstructuredHeader, BaseHeader):
    """On one line: what has no space to fold at would be made an encoded word, which no program undoes."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


def compose(
    mail_id: UUID, sender: Mailbox, mail: Mail, rendered: Rendered, created_at: datetime
) -> EmailMessage:
    """A mail that was sent twice has the same Message-ID twice. Raises RefusedError for its address."""
    message = EmailMessage(policy=_policy())
    message["From"] = Address(sender.name, addr_spec=sender.address)
    message["To"] = _recipient(mail.to)
    message["Subject"] = _literal(rendered.subject)
    message["Date"] = created_at
    message["Message-ID"] = f"<{mail_id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.thread:
        message["In-Reply-To"] = message["References"] = f"<{mail.thread}@{sender.domain}>"
    if rendered.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{rendered.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(rendered.text, cte=_encoding(rendered.text))
    message.add_alternative(rendered.html, subtype="html", cte=_encoding(rendered.html))
    return message


def address_of(message: EmailMessage) -> str:
    address: str = message["To"].addresses[0].addr_spec
    return address


def _literal(text: str) -> str:
    """The library decodes encoded words in what it is given, with the line ends that somebody hid in them."""
    return text.replace(_ENCODED, _TORN)


@lru_cache(maxsize=1)
def _policy() -> "EmailPolicy[EmailMessage]":
    registry = HeaderRegistry()
    for name in ("in-reply-to", "list-unsubscribe", "references"):
        registry.map_to_type(name, _Whole)
    return SMTP.clone(header_factory=registry)


def _recipient(to: str) -> Address:
    """An internationalized domain as its ASCII form: only a local part beyond ASCII needs SMTPUTF8."""
    try:
        if to.isascii():
            return Address(addr_spec=to)
        checked = validate_email(to, check_deliverability=False)
        return Address(username=checked.local_part, domain=checked.ascii_domain)
    except (ValueError, IndexError, MessageError) as error:
        raise RefusedError("the address is not valid") from error


def _encoding(text: str) -> str | None:
    """As it is, so that a person can read the file; long lines are left to the library to encode."""
    if any(len(line.encode()) > LONGEST_LINE for line in text.splitlines()):
        return None
    return "7bit" if text.isascii() else "8bit"
