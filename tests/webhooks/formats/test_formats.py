"""Chat services get messages in their own form, in which nothing that a person wrote is more than text."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lacewing.events import EventKind
from lacewing.reports import Assignee, FieldChange
from lacewing.webhooks import NAMES, Doer
from lacewing.webhooks.formats import chat_body, format_of
from lacewing.webhooks.formats.escaping import fitted, markdown, slack
from lacewing.webhooks.formats.message import units
from lacewing.webhooks.webhook_values import Format
from tests.webhooks.happening import COMMENT, PERSON, REPORT, happening

BASE = "https://bugs.example.org"
CHATS = sorted(set(Format) - {Format.PLAIN})
EVIL = "@everyone @here <!channel> <@U1> <https://evil.example|a> [a](https://evil.example) *b* `c` ~~d~~ # e"


def body(chosen: Format, name: str = "report.created", **others: Any) -> dict[str, Any]:
    return json.loads(chat_body(chosen, name, happening(EventKind.REPORT_CREATED, **others), BASE))


def evil(chosen: Format, text: str = EVIL) -> dict[str, Any]:
    """With it wherever a person can write."""
    return body(
        chosen,
        "report.commented",
        report=REPORT._replace(title=text, description=text, labels=(text,)),
        comment=replace(COMMENT, body=text),
        actor=Doer(PERSON, text, None),
        assignee=Assignee(PERSON, "x@example.org", text),
        changes=(FieldChange("title", text, text), FieldChange("assignee_id", None, str(PERSON))),
    )


def texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts(inner)
        case list():
            for inner in value:
                yield from texts(inner)


@pytest.mark.parametrize("chosen", CHATS)
def test_nobody_is_called_by_what_somebody_wrote(chosen: Format) -> None:
    for text in texts(evil(chosen)):
        assert not re.search(r"@(everyone|here|all|channel)", text)


def test_slack_reads_no_markup_in_what_people_wrote() -> None:
    told = evil(Format.SLACK)

    assert "<" not in told["text"]
    read = [block["text"] for block in told["blocks"] if block.get("text", {}).get("type") == "mrkdwn"]
    assert read == [{"type": "mrkdwn", "text": f"<{BASE}/b/ada/WEB-42|Open WEB-42>"}]


def test_where_markdown_is_read_every_mark_is_escaped() -> None:
    [embed], [attachment] = evil(Format.DISCORD)["embeds"], evil(Format.MATTERMOST)["attachments"]
    fields = [field["value"] for field in (*embed["fields"], *attachment["fields"])]

    for text in (embed["title"], embed["description"], attachment["text"], *fields):
        assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\.", "", text))


def test_mattermost_finds_nothing_of_slacks_in_what_people_wrote() -> None:
    for text in texts(evil(Format.MATTERMOST)):
        assert not re.search(r"<[!@#]|<https?:", text)


def test_discord_is_told_to_call_nobody() -> None:
    assert body(Format.DISCORD)["allowed_mentions"] == {"parse": []}


def test_teams_shows_runs_of_text_which_know_no_markup() -> None:
    card = evil(Format.TEAMS)["attachments"][0]["content"]

    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert card["actions"] == [
        {"type": "Action.OpenUrl", "title": "Open WEB-42", "url": f"{BASE}/b/ada/WEB-42"}
    ]


@pytest.mark.parametrize("chosen", CHATS)
def test_the_longest_texts_fit(chosen: Format) -> None:
    told = evil(chosen, "\U0001f41b@<&*" * 2000)

    sizes = sorted(units(text) for text in texts(told))
    assert sizes[-1] <= 4000
    assert len(json.dumps(told, ensure_ascii=False).encode()) < 28_000
    if chosen is Format.DISCORD:
        [embed] = told["embeds"]
        assert units(embed["title"]) <= 256
        assert all(units(field["value"]) <= 1024 for field in embed["fields"])
        assert sum(sizes) <= 6000


@pytest.mark.parametrize("chosen", CHATS)
@pytest.mark.parametrize("name", NAMES)
def test_every_event_has_a_message_in_every_service_even_of_what_is_gone(chosen: Format, name: str) -> None:
    there, gone = body(chosen, name), body(chosen, name, report=None, assignee=None, actor=None)

    assert all("WEB-42" in json.dumps(told) for told in (there, gone))
    assert not [text for text in texts(gone) if not text]


@given(st.text(max_size=40), st.integers(5, 60), st.sampled_from([markdown, slack]))
def test_what_is_cut_fits_and_tears_no_escape(text: str, longest: int, escape: Any) -> None:
    shown = fitted(text, longest, escape)

    assert units(shown) <= longest
    assert not re.search(r"(?<!\\)(\\\\)*\\$", shown)
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown) or escape is markdown


@pytest.mark.parametrize(
    ("url", "chosen"),
    [
        ("https://hooks.slack.com/services/T0/B0/x", Format.SLACK),
        ("https://hooks.slack-gov.com/services/T0/B0/x", Format.SLACK),
        ("https://discord.com/api/webhooks/123/abc", Format.DISCORD),
        ("https://ptb.discord.com/api/v10/webhooks/123/abc?thread_id=1", Format.DISCORD),
        ("https://discord.com/api/webhooks/123/abc/slack", Format.PLAIN),
        ("https://x.webhook.office.com/webhookb2/a@b/IncomingWebhook/c/d", Format.TEAMS),
        (
            "https://prod-1.westus.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?sig=x",
            Format.TEAMS,
        ),
        (
            "https://x.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/a/t",
            Format.TEAMS,
        ),
        ("https://chat.example.org/hooks/abcdefghijklmnopqrstuvwxyz", Format.MATTERMOST),
        ("https://example.org/mattermost/hooks/abcdefghij1234567890abcdef", Format.MATTERMOST),
        ("https://example.org/hooks/deploy", Format.PLAIN),
        ("https://evil.example/hooks.slack.com/", Format.PLAIN),
        ("https://hooks.slack.com.evil.example/services/x", Format.PLAIN),
        ("https://hooks.slack.com@evil.example/", Format.PLAIN),
    ],
)
def test_a_url_tells_its_service(url: str, chosen: Format) -> None:
    assert format_of(url) is chosen
