"""What an ASGI program does not catch is reported with its request, and goes on to the server as it was."""

import asyncio
import logging

import falcon.asgi
import falcon.testing
import pytest

from lacewing.client.asgi import ReportMiddleware
from lacewing.client.logging import ReportHandler
from lacewing.client.monitoring import Monitor
from tests.client.intake import Intake

SCOPE = {
    "type": "http",
    "method": "POST",
    "scheme": "https",
    "path": "/orders",
    "query_string": b"page=2&token=abc",
    "headers": [(b"host", b"shop.example"), (b"cookie", b"sid=secret"), (b"user-agent", b"Firefox/140.0")],
}


async def receive() -> dict[str, object]:
    return {"type": "http.request"}


async def send(_message) -> None:
    """Nobody reads it."""


async def at_once(_scope, _receive, _send) -> None:
    raise LookupError("at once")


async def after_it_began(_scope, _receive, send) -> None:
    await send({"type": "http.response.start", "status": 200})
    raise LookupError("after it began")


@pytest.mark.parametrize(
    ("program", "scope", "title", "statuses"),
    [
        (at_once, SCOPE, "LookupError: at once", [500]),
        (after_it_began, SCOPE, "LookupError: after it began", [200]),
        (at_once, {"type": "lifespan"}, "LookupError: at once", []),
        (at_once, {"type": "http", "headers": None}, "LookupError: at once", []),
    ],
)
def test_what_is_raised_is_reported_and_goes_on(
    program, scope, title: str, statuses: list[int], monitor: Monitor, intake: Intake
) -> None:
    with pytest.raises(LookupError):
        asyncio.run(ReportMiddleware(program, monitor)(scope, receive, send))

    report = intake.wait_for(1)[0]
    assert report["title"] == title
    assert [entry["status"] for entry in report["network_logs"]] == statuses
    assert report["metadata"].get("url") in {None, "https://shop.example/orders?page=2&token=[removed]"}
    assert "sid=secret" not in str(report)


def test_a_request_that_was_given_up_is_no_failure(monitor: Monitor, intake: Intake) -> None:
    async def given_up(_scope, _receive, _send) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(ReportMiddleware(given_up, monitor)(SCOPE, receive, send))
    assert monitor.flush()
    assert intake.reports == []


def test_whoever_asked_and_is_gone_is_no_failure(monitor: Monitor, intake: Intake) -> None:
    async def gone(_message) -> None:
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        asyncio.run(ReportMiddleware(after_it_began, monitor)(SCOPE, receive, gone))
    assert monitor.flush()
    assert intake.reports == []


def test_falcon_logs_what_it_catches_and_the_report_knows_the_request(
    monitor: Monitor, intake: Intake
) -> None:
    class Orders:
        async def on_get(self, _request, _response) -> None:
            raise LookupError("in falcon")

    handler = ReportHandler(monitor)
    logging.getLogger("falcon").addHandler(handler)
    app = falcon.asgi.App()
    app.add_route("/orders", Orders())
    client = falcon.testing.TestClient(ReportMiddleware(app, monitor))
    assert client.simulate_get("/orders").status_code == 500
    logging.getLogger("falcon").removeHandler(handler)

    report = intake.wait_for(1)[0]
    assert report["title"] == "LookupError: in falcon"
    assert report["network_logs"][0]["url"].endswith("/orders")
