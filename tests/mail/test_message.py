"""The message around a rendered mail: right headers, and none that somebody else wrote."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.mail.message import address_of, compose
from lacewing.mail.rendering import Rendered, render
from lacewing.mail.transport import RefusedError
from lacewing.outbox import Mail, MailKind
from lacewing.settings import Mailbox
from tests.mail.values import values_of

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ID = UUID("019a0000-0000-7000-8000-000000000001")
SENDER = Mailbox("Käfer, Inc.", "bugs@mail.example.org")
ADA = Mail(MailKind.NEW_DEVICE, "ada@example.com")
HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
}


def sent(rendered: Rendered, to: str = "ada@example.com", **of: str) -> EmailMessage:
    """As who receives it reads it."""
    content = compose(ID, SENDER, Mail(MailKind.NEW_DEVICE, to, **of), rendered, AT).as_bytes(policy=SMTP)
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    return message_from_bytes(content, _class=EmailMessage, policy=default)


def test_the_headers_are_these() -> None:
    message = sent(render(Mail(MailKind.NEW_DEVICE, "", values_of(MailKind.NEW_DEVICE)), AT, "http://b"))
    assert set(message.keys()) == HEADERS
    assert message["From"].addresses[0].display_name == "Käfer, Inc."
    assert message["From"].addresses[0].addr_spec == "bugs@mail.example.org"
    assert message["To"] == "ada@example.com"
    assert message["Subject"] == "New device logged in to your account"
    assert message["Date"].datetime == AT
    assert message["Message-ID"] == f"<{ID}@mail.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_both_forms_arrive_as_they_were_and_a_file_shows_its_links_whole() -> None:
    given_values = values_of(MailKind.PASSWORD_RESET, name="Zoë 🐞")
    rendered = render(Mail(MailKind.PASSWORD_RESET, "", given_values), AT, "https://b.example")
    message = compose(ID, SENDER, ADA, rendered, AT)
    assert f"https://b.example/reset-password?token={given_values['token']}".encode() in bytes(message)
    text, html = sent(rendered).iter_parts()
    assert text.get_content().splitlines() == rendered.text.splitlines()
    assert html.get_content().splitlines() == rendered.html.splitlines()


@given(name=st.text(max_size=300), organization=st.text(max_size=300))
def test_no_name_makes_a_header(name: str, organization: str) -> None:
    values = values_of(MailKind.INVITATION, inviter=name, organization=organization, project="")
    message = sent(render(Mail(MailKind.INVITATION, "", values), AT, "http://b"))
    assert set(message.keys()) == HEADERS
    assert message["To"] == "ada@example.com"
    assert message["From"].addresses[0].addr_spec == "bugs@mail.example.org"
    assert len(list(message.iter_parts())) == 2


def test_no_encoded_word_makes_a_header() -> None:
    word = "=?utf-8?b?QQpCY2M6IGV2ZUBleGFtcGxlLmNvbQoKQm9keQ==?="  # A, line end, Bcc: eve@example.com, ...
    message = sent(Rendered(f"News of {word}", "t\n", "h"))
    assert set(message.keys()) == HEADERS
    assert message["Subject"].replace("\u200c", "") == f"News of {word}"


@pytest.mark.parametrize(
    "to",
    [
        "ada@example.com\r\nBcc: eve@example.com",
        "ada@example.com\n",
        "ada@example.com, eve@example.com",
        "Ada <ada@example.com>",
        "<ada@example.com",
        "ada@example.com\0",
        "ada b@example.com",
        "ädä @example.com",
        "ada",
        "@",
        "",
    ],
)
def test_what_is_not_one_address_gets_nothing(to: str) -> None:
    with pytest.raises(RefusedError):
        compose(ID, SENDER, Mail(MailKind.NEW_DEVICE, to), Rendered("s", "t\n", "h"), AT)


def test_an_international_domain_needs_no_more_than_ascii() -> None:
    mail = Mail(MailKind.NEW_DEVICE, "ada@bücher.example")
    message = compose(ID, SENDER, mail, Rendered("s", "t\n", "h"), AT)
    assert address_of(message) == "ada@xn--bcher-kva.example"


def test_mails_of_one_thread_answer_the_same_message() -> None:
    """RFC 5322, 3.6.4: one that was never sent does; each keeps an id of its own."""
    message = sent(Rendered("s", "t\n", "h"), thread="report-1")
    assert message["In-Reply-To"] == message["References"] == "<report-1@mail.example.org>"
    assert message["Message-ID"] == f"<{ID}@mail.example.org>"


def test_one_click_ends_such_mails_however_long_the_link() -> None:
    """RFC 8058. The link stands on one line, as it is: no mail program undoes an encoded word in it."""
    url = f"https://bugs.example.org/unsubscribe?token={'x' * 300}"
    message = sent(Rendered("s", "t\n", "h", url))
    assert message["List-Unsubscribe"] == f"<{url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    content = compose(ID, SENDER, ADA, Rendered("s", "t\n", "h", url), AT).as_bytes(policy=SMTP)
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in content
