"""What a WSGI program does not catch is reported with its request, and goes on to the server as it was."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from wsgiref.util import FileWrapper, setup_testing_defaults

import falcon
import falcon.testing
import flask
import pytest

from lacewing.client.logging import ReportHandler
from lacewing.client.monitoring import Monitor
from lacewing.client.wsgi import ReportMiddleware
from tests.client.intake import Intake


def environ(**also: object) -> dict[str, object]:
    made: dict[str, object] = {
        "PATH_INFO": "/orders",
        "QUERY_STRING": "page=2&token=abc",
        "HTTP_HOST": "shop.example",
    }
    setup_testing_defaults(made)
    return {**made, "HTTP_USER_AGENT": "Mozilla/5.0 Firefox/140.0", "HTTP_COOKIE": "sid=secret", **also}


def nothing(*_told: object) -> None:
    """A start_response that forgets."""


def at_once(_environ, _start):
    raise LookupError("at once")


def while_sending(_environ, start):
    start("200 OK", [])
    yield b"half"
    raise LookupError("while sending")


class AtTheEnd:
    def __iter__(self) -> Iterator[bytes]:
        return iter([b"all"])

    def close(self) -> None:
        raise LookupError("at the end")


@pytest.mark.parametrize(
    ("program", "title", "status"),
    [
        (at_once, "LookupError: at once", 500),
        (while_sending, "LookupError: while sending", 200),
        (lambda *_: AtTheEnd(), "LookupError: at the end", 500),
    ],
)
def test_what_is_raised_is_reported_with_its_request_and_goes_on(
    program: Callable, title: str, status: int, monitor: Monitor, intake: Intake
) -> None:
    with (
        pytest.raises(LookupError),
        contextlib.closing(ReportMiddleware(program, monitor)(environ(), nothing)) as it,
    ):
        list(it)

    report = intake.wait_for(1)[0]
    assert report["title"] == title
    assert report["network_logs"][0]["status"] == status
    assert report["metadata"]["url"] == "http://shop.example/orders?page=2&token=[removed]"
    assert report["metadata"]["userAgent"] == "Mozilla/5.0 Firefox/140.0"
    assert "sid=secret" not in str(report)


def test_an_error_that_the_program_answers_itself_is_reported(monitor: Monitor, intake: Intake) -> None:
    def program(_environ, start):
        try:
            raise LookupError("answered")
        except LookupError as error:
            start("500 Sorry", [], (type(error), error, error.__traceback__))
        return [b"sorry"]

    told: list[tuple] = []
    answer = ReportMiddleware(program, monitor)(environ(), lambda *words: told.append(words))
    assert (answer, told[0][0]) == ([b"sorry"], "500 Sorry")
    assert intake.wait_for(1)[0]["title"] == "LookupError: answered"


def test_a_list_and_a_file_of_the_server_are_handed_on_as_they_are(monitor: Monitor, tmp_path) -> None:
    file = FileWrapper((tmp_path / "it").open("w+b"))
    with contextlib.closing(file):
        served = environ(**{"wsgi.file_wrapper": FileWrapper})
        assert ReportMiddleware(lambda *_: file, monitor)(served, nothing) is file


def test_a_request_that_is_none_by_the_specification_passes_through(monitor: Monitor) -> None:
    assert ReportMiddleware(lambda *_: [b"ok"], monitor)({}, nothing) == [b"ok"]


def test_flask_logs_what_it_catches_and_the_report_knows_the_request(
    monitor: Monitor, intake: Intake
) -> None:
    app = flask.Flask("shop")
    app.wsgi_app = ReportMiddleware(app.wsgi_app, monitor)  # type: ignore[method-assign]
    app.logger.addHandler(ReportHandler(monitor))

    @app.get("/orders")
    def orders() -> str:
        app.logger.warning("about to fail")
        raise LookupError("in flask")

    assert app.test_client().get("/orders?page=2").status_code == 500
    report = intake.wait_for(1)[0]
    assert report["title"] == "LookupError: in flask"
    assert report["metadata"]["url"] == "http://localhost/orders?page=2"
    assert [line["level"] for line in report["console_logs"]] == ["warning", "info", "error"]
    logging.getLogger("shop").handlers.clear()


def test_falcon_reports_through_an_error_handler(monitor: Monitor, intake: Intake) -> None:
    class Orders:
        def on_get(self, _request, _response) -> None:
            raise LookupError("in falcon")

    def failed(_request, _response, error, _params) -> None:
        monitor.report(error)
        raise falcon.HTTPInternalServerError from error

    app = falcon.App()
    app.add_error_handler(Exception, failed)
    app.add_route("/orders", Orders())
    client = falcon.testing.TestClient(ReportMiddleware(app, monitor))
    assert client.simulate_get("/orders").status_code == 500
    assert client.simulate_get("/none").status_code == 404
    assert monitor.flush()
    assert [report["network_logs"][0]["url"] for report in intake.reports] == [
        "http://falconframework.org/orders"
    ]
