"""Server-sent events, line by line."""

from lacewing.client.live import Message, follow, messages

STREAM = """\
retry: 3127

:
id: 41

id: 42
event: report.created
data: {"id": "0198", "type": "report.created"}

id: 43
event: reset
data: {}

"""


def test_a_message_ends_with_an_empty_line() -> None:
    assert [*messages(STREAM.split("\n"))] == [
        Message("41", "", {}),
        Message("42", "report.created", {"id": "0198", "type": "report.created"}),
        Message("43", "reset", {}),
    ]


def test_what_broke_off_in_the_middle_is_not_told() -> None:
    assert [*messages(["id: 44", "event: report.created", 'data: {"id"'])] == []


def test_a_second_stream_goes_on_where_the_first_ended() -> None:
    assert "Last-Event-ID" not in follow("WEB").headers
    assert follow("WEB", after="42").headers["Last-Event-ID"] == "42"
