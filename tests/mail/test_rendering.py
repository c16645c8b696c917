"""Every kind of mail, in both forms: complete, linked to this instance alone, and no one else's words."""

import inspect
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from jinja2 import UndefinedError

from lacewing.kit.json import dumps, loads
from lacewing.mail.rendering import TEMPLATES, render
from lacewing.outbox import Mail, MailKind, values
from tests.mail.values import EVERY_VALUE, NAMELESS, values_of

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BASE = "https://bugs.example.org"
PATHS = {
    MailKind.NEWS_DIGEST: "/account/notifications",
    MailKind.REPORTER_ANSWERED: f"/r/{EVERY_VALUE['token']}",
    MailKind.REPORTER_CONFIRMED: f"/r/{EVERY_VALUE['token']}",
    MailKind.REPORTER_ENDED: f"/r/{EVERY_VALUE['token']}",
    MailKind.REPORTS_EXPIRING: "/",
    MailKind.REPORT_NEWS: "/b/garden/WEB-42",
    MailKind.ACCOUNT_DELETED: "/",
    MailKind.EMAIL_CHANGED: "/undo-email?token=",
    MailKind.EMAIL_CONFIRM: "/confirm-email?token=",
    MailKind.EMAIL_VERIFY: "/verify-email?token=",
    MailKind.INVITATION: "/invitations/accept?token=",
    MailKind.PASSWORD_RESET: "/reset-password?token=",
    MailKind.REGISTERED_ALREADY: "/login",
    MailKind.WEBHOOK_DISABLED: "/",
}

OF_NO_MOMENT = {
    MailKind.NEWS_DIGEST,
    MailKind.REPORTS_EXPIRING,
    MailKind.REPORT_NEWS,
    MailKind.TOKEN_EXPIRING,
}
TYPED = {
    "agent",
    "excerpt",
    "inviter",
    "name",
    "organization",
    "project",
    "title",
    "token_name",
    "told",
    "what",
    "where",
}
# A digest leads to its reports besides.
MORE_LINKS = {MailKind.NEWS_DIGEST: {f"{BASE}/b/garden/WEB-42", f"{BASE}/b/garden/WEB-43"}}


class Page(HTMLParser):
    """What a reader sees, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attributes if name in {"href", "src", "background"}]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def rendered(kind: MailKind, **changed: str):
    return render(Mail(kind, "ada@example.com", values_of(kind, **changed)), AT, BASE)


def plain(text: str) -> str:
    """Without what keeps mail programs from making links, on one line."""
    return " ".join(text.replace("\u200c", "").split())


def each_shown(kind: MailKind) -> Iterator[tuple[str, str]]:
    """Every text that a mail is to tell, by its name; of lists each one."""
    for name, value in values_of(kind).items():
        if name == "items":
            yield from ((key, text) for item in loads(value) for key, text in item.items() if key != "path")
        elif name not in {"path", "revoked"}:
            yield name, shown(name, value)


def shown(name: str, value: str) -> str:
    return {"agent": "Firefox on Linux", "expires_at": "1 April 2026, 09:00 UTC"}.get(name, value)


def test_every_kind_has_its_template_and_every_template_its_kind() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.jinja")} == set(MailKind)


@pytest.mark.parametrize("kind", MailKind)
def test_the_values_here_are_those_that_the_kinds_comments_name(kind: MailKind) -> None:
    [line] = [text for text in inspect.getsource(values).splitlines() if f'"{kind}"  #' in text]
    comment = re.sub(r"\(.*?\)", "", line.rpartition("# ")[2])
    named = set(re.findall(r"\w+", comment)) & EVERY_VALUE.keys()
    assert named | (set() if kind in NAMELESS else {"name"}) == values_of(kind).keys()


@pytest.mark.parametrize("kind", MailKind)
def test_both_forms_tell_every_value_and_leave_no_placeholder(kind: MailKind) -> None:
    """U-4: what, when, from where."""
    mail = rendered(kind)
    for text in (plain(mail.text), plain(Page(mail.html).text)):
        for name, value in each_shown(kind):
            assert value in text, name
        assert kind in OF_NO_MOMENT or "2 March 2026, 09:00 UTC" in text
        assert not re.search(r"\{\{|\{%|%\}|None|ndefined", text)
    assert mail.subject in mail.html
    assert 0 < len(mail.subject) <= 78
    assert not mail.subject.endswith(".")


@pytest.mark.parametrize("kind", MailKind)
def test_a_value_that_is_not_given_is_an_error_and_no_gap(kind: MailKind) -> None:
    for name in values_of(kind).keys() - {"name", "ip", "agent", "token"}:
        given = values_of(kind)
        del given[name]
        with pytest.raises(UndefinedError, match=name):
            render(Mail(kind, "ada@example.com", given), AT, BASE)


@pytest.mark.parametrize("kind", MailKind)
def test_links_lead_to_the_public_url_and_nothing_is_loaded(kind: MailKind) -> None:
    """P-5, no tracking: the token stands in one link's query, and nowhere else."""
    mail = rendered(kind)
    page = Page(mail.html)
    path = PATHS.get(kind, "/account")
    wanted = f"{BASE}{path}{EVERY_VALUE['token'] if 'token' in path else ''}"
    links = {wanted, BASE, *MORE_LINKS.get(kind, ())}
    assert set(page.links) == links
    assert set(re.findall(r"https?://[^\s.]\S*[^\s.]", mail.text)) == links
    assert not {"img", "script", "link", "iframe", "form"} & set(page.tags)
    assert "url(" not in mail.html


@pytest.mark.parametrize("kind", MailKind)
def test_the_plain_form_is_short_lines(kind: MailKind) -> None:
    lines = rendered(kind).text.splitlines()
    assert all(len(line) < 78 for line in lines if not line.startswith("https://"))
    assert not any(first == second == "" for first, second in pairwise(lines))


@pytest.mark.parametrize("kind", MailKind)
@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><a href="https://evil.example">x</a>',
        "{{ 7 * 7 }}{% include 'base.html' %}",
        "a\r\nBcc: eve@evil.example\n\nSecond paragraph",
        "\u202egnp.exe\u2028\x00\ud800",
        "Visit https://evil.example/now or www.evil.example",
        "x" * 5000,
        "'&\"" * 300,
    ],
)
def test_what_somebody_typed_is_only_ever_text(kind: MailKind, hostile: str) -> None:
    changed = dict.fromkeys(values_of(kind).keys() & TYPED, hostile)
    if "items" in values_of(kind):
        items = loads(values_of(kind)["items"])
        text = hostile.replace("\ud800", "")  # JSON carries none
        changed["items"] = dumps(
            [{name: text if name in TYPED and value else value for name, value in i.items()} for i in items]
        )
    mail, honest = rendered(kind, **changed), rendered(kind)
    page = Page(mail.html)
    assert page.tags == Page(honest.html).tags
    assert set(page.links) == set(Page(honest.html).links)
    assert "\n" not in mail.subject
    assert "\r" not in mail.text + mail.subject
    for form in (mail.text, mail.html, mail.subject):
        assert not re.search("[\x00\u202e\u2028\ud800]", form)
        assert "evil.example" not in form
        assert "https://evil" not in form
        assert len(form) < 16_000


def test_a_token_can_not_leave_its_place_in_the_link() -> None:
    mail = rendered(MailKind.PASSWORD_RESET, token='a&b=c#d e"/<')
    assert f"{BASE}/reset-password?token=a%26b%3Dc%23d%20e%22%2F%3C\n" in mail.text


def test_a_project_is_named_only_if_there_is_one() -> None:
    assert rendered(MailKind.INVITATION).subject == "Bob Builder invites you to Orchard"
    whole = rendered(MailKind.INVITATION, project="")
    assert whole.subject == "Bob Builder invites you to The Garden"
    assert "project" not in whole.text.lower()


def test_whether_the_newer_token_still_works_is_said() -> None:
    assert "were revoked" in plain(rendered(MailKind.TOKEN_REUSED).text)
    assert "still works" in plain(rendered(MailKind.TOKEN_REUSED, revoked="no").text)


def test_one_day_is_a_day() -> None:
    assert rendered(MailKind.TOKEN_EXPIRING, days="1").subject == "A token expires in 1 day"


def test_a_mail_that_can_be_ended_says_how_in_both_forms() -> None:
    mail = Mail(MailKind.REPORT_NEWS, "", values_of(MailKind.REPORT_NEWS), unsubscribe="/unsubscribe?token=t")
    found = render(mail, AT, BASE)
    assert found.unsubscribe_url == f"{BASE}/unsubscribe?token=t"
    assert f"Stop these mails: {found.unsubscribe_url}\n" in found.text
    assert found.unsubscribe_url in Page(found.html).links
    assert "Stop these mails" not in rendered(MailKind.REPORT_NEWS).text
