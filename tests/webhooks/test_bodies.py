"""The name of an event chooses the dialect of a body, the webhook's format whether it is a chat's message."""

import json

from lacewing.app import bodies
from lacewing.events import EventKind
from lacewing.reports import FieldChange
from lacewing.settings import Settings
from lacewing.webhooks import Format
from tests.webhooks.happening import happening

RENDER = bodies(Settings())


def test_each_name_is_told_in_its_dialect() -> None:
    it = happening(EventKind.REPORT_CREATED)

    assert "trackingId" in json.loads(RENDER(Format.PLAIN, "report.created", it) or b"")["data"]
    assert "ticket" in json.loads(RENDER(Format.PLAIN, "ticket_created", it) or b"")["data"]
    assert "embeds" in json.loads(RENDER(Format.DISCORD, "ticket_created", it) or b"")


def test_what_a_ticket_does_not_show_is_no_news_in_a_chat_either() -> None:
    it = happening(EventKind.REPORT_UPDATED, FieldChange("status", "new", "triaging"))

    assert RENDER(Format.PLAIN, "ticket_status_changed", it) is None
    assert RENDER(Format.SLACK, "ticket_status_changed", it) is None
    assert RENDER(Format.SLACK, "report.updated", it) is not None
