"""Errors that a program logs become reports, with the lines before; what the handler does itself does not."""

import logging
import threading
from collections.abc import Iterator

import pytest

from lacewing.client.logging import ReportHandler
from lacewing.client.monitoring import Monitor, Occasion
from lacewing.client.monitoring.occasion import during
from tests.client.intake import KEY, Intake

OWN = ("httpx", "httpcore", "lacewing.client")


@pytest.fixture
def log(monitor: Monitor) -> Iterator[logging.Logger]:
    """Heard by the handler alone: pytest's would ask exceptions for their text, and refuse odd arguments."""
    handler = ReportHandler(monitor)
    log = logging.Logger("shop", logging.DEBUG)
    log.addHandler(handler)
    for name in OWN:
        logging.getLogger(name).addHandler(handler)
    yield log
    for name in OWN:
        logging.getLogger(name).removeHandler(handler)


def test_an_error_is_a_report_and_the_lines_before_go_along(log: logging.Logger, intake: Intake) -> None:
    log.info("opened %s", "the shop")
    log.error("no apples left in %s", "the shop")

    report = intake.wait_for(1)[0]
    assert (report["title"], report["category"]) == ("no apples left in the shop", "bug")
    assert [line["message"] for line in report["console_logs"]] == [
        "shop: opened the shop",
        "no apples left in the shop",
    ]
    assert report["description"].startswith("At /")


def test_a_logged_exception_has_its_own_title_and_traceback(log: logging.Logger, intake: Intake) -> None:
    try:
        {}["apple"]
    except KeyError:
        log.critical("could not sell", exc_info=True)

    report = intake.wait_for(1)[0]
    assert (report["title"], report["severity"]) == ("KeyError: 'apple'", "critical")
    assert report["console_logs"][0]["message"] == "shop: could not sell"
    assert "KeyError: 'apple'" in report["console_logs"][1]["stack"]


def test_what_is_logged_at_one_place_with_other_words_is_told_once(
    log: logging.Logger, monitor: Monitor, intake: Intake
) -> None:
    for number in range(5):
        log.error("order %s failed", number)
    assert monitor.flush()
    assert [report["title"] for report in intake.reports] == ["order 0 failed"]


def test_a_line_that_does_not_fit_its_arguments_is_told_as_it_stands(
    log: logging.Logger, intake: Intake
) -> None:
    log.error("order %d of %d failed", "x")  # noqa: PLE1206 - that is the point
    assert intake.wait_for(1)[0]["title"] == "order %d of %d failed"


def test_lines_of_one_request_do_not_go_along_with_another(log: logging.Logger, intake: Intake) -> None:
    with during(Occasion("GET", "http://shop.example/ada")):
        log.info("of ada")
    with during(Occasion("GET", "http://shop.example/bob")):
        log.info("of bob")
        log.error("failed")

    report = intake.wait_for(1)[0]
    assert [line["message"] for line in report["console_logs"]] == ["shop: of bob", "failed"]
    assert report["metadata"]["url"] == "http://shop.example/bob"


def test_what_is_logged_while_a_report_is_made_and_sent_is_not_reported(
    log: logging.Logger, monitor: Monitor, intake: Intake
) -> None:
    class Loud(Exception):
        def __str__(self) -> str:
            log.error("asked for its text")
            return "loud"

    intake.answers = [(401, {})]  # which the client says in its own log
    try:
        raise Loud
    except Loud:
        log.exception("failed")
    assert monitor.flush()
    assert [report["title"] for report in intake.reports] == ["Loud: loud"]


def test_many_threads_may_log_at_once(intake: Intake) -> None:
    handler = ReportHandler(Monitor(intake.url, KEY, most_a_minute=1000))

    def fail(number: int) -> None:
        for line in range(20):
            record = {"msg": "failed", "levelno": logging.ERROR, "lineno": number * 100 + line}
            handler.handle(logging.makeLogRecord(record))

    threads = [threading.Thread(target=fail, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    intake.wait_for(80)
