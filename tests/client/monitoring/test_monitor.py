"""A monitor tells of failures in the background, and whatever happens to it, its program goes on."""

import gc
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lacewing.client.monitoring import Monitor
from tests.client.intake import KEY, Intake

SECRET = "hunter2hunter2"


def fail(message: str = "no such apple") -> None:
    raise LookupError(message)


def address_of(server: socket.socket) -> str:
    return f"http://127.0.0.1:{server.getsockname()[1]}"


def caught(act: Callable[[], Any] = fail) -> BaseException:
    try:
        act()
    except Exception as error:  # noqa: BLE001 - that is what this is for
        return error
    raise AssertionError("it did not fail")


def test_an_exception_is_a_report_with_its_traceback(monitor: Monitor, intake: Intake) -> None:
    monitor.report(caught())

    report = intake.wait_for(1)[0]
    assert (report["path"], report["title"]) == ("/api/v1/reports", "LookupError: no such apple")
    assert (report["severity"], report["category"]) == ("high", "crash")
    assert report["description"].endswith("raise LookupError(message)\nLookupError: no such apple")
    assert report["console_logs"][-1]["level"] == "error"
    place, beginning, *_ = report["console_logs"][-1]["stack"].split("\n")
    assert (place.partition(", ")[2], beginning) == ("in fail", "Traceback (most recent call last):")
    assert intake.headers[0]["X-API-Key"] == KEY


def test_secrets_are_taken_out_everywhere(monitor: Monitor, intake: Intake) -> None:
    monitor.hear(logging.makeLogRecord({"msg": f"logged in with password={SECRET}", "levelno": 20}))
    monitor.report(caught(lambda: fail(f"bad address postgresql://ada:{SECRET}@db/shop")))

    report = intake.wait_for(1)[0]
    assert "[removed]" in report["title"]
    assert SECRET not in str(report)


def test_what_fails_again_and_again_is_told_once(monitor: Monitor, intake: Intake) -> None:
    for _ in range(50):
        monitor.report(caught())
    assert monitor.flush()
    assert len(intake.reports) == 1


def test_the_next_report_of_a_kind_says_how_often_it_happened(intake: Intake) -> None:
    monitor = Monitor(intake.url, KEY, quiet_seconds=0.0)
    intake.answers = [(422, {})]
    monitor.report(caught())
    assert monitor.flush()
    monitor.report(caught())

    told = intake.wait_for(2)[1]
    assert told["metadata"]["occurrences"] == 2
    assert "2 times" in told["description"]


def test_an_exception_is_told_once_however_many_see_it(monitor: Monitor, intake: Intake) -> None:
    error = caught()
    Monitor(intake.url, KEY).report(error)
    intake.wait_for(1)
    monitor.report(error)
    assert monitor.flush()
    assert len(intake.reports) == 1


def test_what_is_ignored_is_not_told(intake: Intake) -> None:
    monitor = Monitor(intake.url, KEY, ignore=(LookupError,))
    monitor.report(caught())
    monitor.report(caught(lambda: int("x")))
    assert monitor.flush()
    assert [report["title"][:10] for report in intake.reports] == ["ValueError"]


def test_before_send_changes_a_report_or_holds_it_back(intake: Intake) -> None:
    monitor = Monitor(
        intake.url, KEY, before_send=lambda it: {**it, "title": "x"} if "apple" in it["title"] else None
    )
    monitor.report(caught())
    monitor.report(caught(lambda: int("x")))
    assert monitor.flush()
    assert [report["title"] for report in intake.reports] == ["x"]


def test_a_before_send_that_fails_sends_nothing_and_stops_nothing(intake: Intake) -> None:
    monitor = Monitor(intake.url, KEY, before_send=lambda it: {**it, "title": it["title"][it["none"]]})
    monitor.report(caught())
    monitor.report(caught(lambda: int("x")))
    assert monitor.flush()
    assert intake.reports == []


def test_a_busy_server_is_asked_again_as_it_says_with_the_same_key(monitor: Monitor, intake: Intake) -> None:
    intake.answers = [(429, {"Retry-After": "0"}), (503, {"Retry-After": "0"})]
    monitor.report(caught())
    intake.wait_for(3)
    assert len({headers["Idempotency-Key"] for headers in intake.headers}) == 1


def test_a_refusal_is_said_in_the_log_and_not_tried_again(
    monitor: Monitor, intake: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    intake.answers = [(401, {})]
    monitor.report(caught())
    assert monitor.flush()
    assert len(intake.reports) == 1
    assert "answered 401" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize("url", ["not a url", "http://[::1", "ftp://example.com"])
def test_an_address_that_is_none_is_said_and_harms_nobody(url: str, caplog: pytest.LogCaptureFixture) -> None:
    monitor = Monitor(url, KEY)
    monitor.report(caught())
    assert monitor.flush()
    assert "could not be reported" in caplog.text


def test_without_an_address_or_a_key_it_does_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("LACEWING_URL", raising=False)
    monkeypatch.delenv("LACEWING_KEY", raising=False)
    threads = threading.active_count()
    monitor = Monitor()
    monitor.report(caught())
    assert (monitor.is_on, threading.active_count()) == (False, threads)
    assert "LACEWING_URL" in caplog.text


def test_nobody_waits_for_a_server_that_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monitor = Monitor(address_of(silent), KEY, most_waiting=5, most_a_minute=1000)
        begun = time.monotonic()
        for number in range(200):
            exec(compile("\n" * number + "monitor.report(caught(lambda: 1 / 0))", f"f{number}.py", "exec"))
        monitor.flush(0.0)
        assert time.monotonic() - begun < 9  # one try alone would take ten


class Awkward(Exception):
    def __str__(self) -> str:
        raise RuntimeError("not today")


def awkward() -> None:
    raise Awkward


def endless() -> None:
    endless()


def grouped() -> None:
    raise ExceptionGroup("both", [ValueError("one"), KeyError("two")])


def surrogate() -> None:
    raise ValueError("\ud83d \x00")


@pytest.mark.parametrize(
    ("act", "title"),
    [
        (awkward, "Awkward"),
        (endless, "RecursionError: maximum recursion depth exceeded"),
        (grouped, "ExceptionGroup: both (2 sub-exceptions)"),
        (surrogate, "ValueError: \\ud83d \N{REPLACEMENT CHARACTER}"),
        (lambda: fail("apple " * 100_000), "LookupError: apple"),
    ],
)
def test_whatever_is_raised_can_be_told(
    act: Callable[[], None], title: str, monitor: Monitor, intake: Intake
) -> None:
    monitor.report(caught(act))
    report = intake.wait_for(1)[0]
    assert report["title"].startswith(title)
    assert len(report["title"]) <= 200
    assert len(report["description"]) <= 10_000


def test_a_monitor_does_not_keep_what_failed_alive(monitor: Monitor, intake: Intake) -> None:
    class Big:
        gone = threading.Event()

        def __del__(self) -> None:
            self.gone.set()

    def hold() -> None:
        big = Big()
        fail(f"with {type(big)}")

    monitor.report(caught(hold))
    intake.wait_for(1)
    gc.collect()
    assert Big.gone.is_set()


def test_a_forked_process_reports_by_itself_and_once(monitor: Monitor, intake: Intake) -> None:
    monitor.report(caught())
    intake.wait_for(1)
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        monitor.report(caught(lambda: int("of the child")))
        os._exit(0 if monitor.flush(10) else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert [report["title"].partition(":")[0] for report in intake.reports] == ["LookupError", "ValueError"]


PROGRAM = """
import sys
from lacewing.client.monitoring import Monitor
monitor = Monitor()
try:
    1 / 0
except ZeroDivisionError as error:
    monitor.report(error)
"""


POOL = """
import multiprocessing
from lacewing.client.monitoring import Monitor
monitor = Monitor()
def fail():
    try:
        1 / 0
    except ZeroDivisionError as error:
        monitor.report(error)
worker = multiprocessing.get_context("fork").Process(target=fail)
worker.start()
worker.join()
"""


def run(program: str, folder: Path, url: str) -> subprocess.CompletedProcess[str]:
    script = folder / "program.py"
    script.write_text(program)
    environment = {**os.environ, "LACEWING_URL": url, "LACEWING_KEY": KEY}
    return subprocess.run(
        [sys.executable, str(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_what_a_program_caught_last_is_sent_before_it_ends(intake: Intake, tmp_path: Path) -> None:
    ended = run(PROGRAM, tmp_path, f"{intake.url}/api/v1/")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert [report["title"] for report in intake.reports] == ["ZeroDivisionError: division by zero"]
    assert intake.reports[0]["metadata"]["program"] == "program.py"


def test_what_a_process_of_multiprocessing_caught_last_is_sent_before_it_ends(
    intake: Intake, tmp_path: Path
) -> None:
    assert run(POOL, tmp_path, intake.url).stderr == ""
    assert [report["title"] for report in intake.reports] == ["ZeroDivisionError: division by zero"]


def test_a_program_ends_soon_though_its_server_does_not_answer(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        ended = run(f"{PROGRAM}\nimport time; print(time.monotonic())", tmp_path, address_of(silent))
        took = time.monotonic() - float(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert 2 < took < 9  # one try alone would take ten
