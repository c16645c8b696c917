"""What happens to reports, as it happens: server-sent events."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

from lacewing.client.request import Request, given, path_of


class Happening(TypedDict):
    """`type` is like `report.created`; what became of it, one asks for by the ids."""

    id: str
    type: str
    projectId: str | None
    reportId: str | None
    at: str


@dataclass(frozen=True, slots=True)
class Message:
    """`id` is where to go on, after a break; `event` is `reset` where something was missed, and empty with
    nothing to tell.
    """

    id: str
    event: str
    data: dict[str, Any]


def follow(project: str | None = None, *, after: str | None = None) -> Request[None]:
    """It never ends by itself; read it with `client.open` and `messages`."""
    headers = {"Accept": "text/event-stream", **({} if after is None else {"Last-Event-ID": after})}
    return Request("GET", path_of("/events/stream"), given(project_id=project), headers=headers)


def messages(lines: Iterable[str]) -> Iterator[Message]:
    """https://html.spec.whatwg.org/multipage/server-sent-events.html, as far as our server writes it."""
    told: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if name:
            told[name] = value.removeprefix(" ")
        elif not line:
            if "id" in told:
                yield Message(told["id"], told.get("event", ""), json.loads(told.get("data", "{}")))
            told = {}
