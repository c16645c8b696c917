"""The audit of deliveries sees each way in which a worker could break its word."""

from dataclasses import replace

import pytest

from bench.deliveries import audit
from bench.receiver import Call

TOLD = Call("m1", "report.created", "r", "r", 1.0, 1.1, 200)
ANSWERED = Call("m2", "report.commented", "r", "c", 2.0, 2.1, 200)
REFUSED = replace(TOLD, begun=0.1, ended=0.2, status=500)


def test_a_message_that_was_repeated_before_the_next_is_in_order() -> None:
    elsewhere = Call("m3", "report.created", "s", "s", 1.0, 1.2, 200)
    assert audit([REFUSED, TOLD, elsewhere, ANSWERED, replace(ANSWERED, begun=9.0, ended=9.1)]) == []


@pytest.mark.parametrize(
    ("calls", "finding"),
    [
        (
            [TOLD, replace(TOLD, begun=1.05, ended=1.2)],
            "1 calls began before another of their report had ended",
        ),
        ([ANSWERED, replace(TOLD, begun=3.0, ended=3.1)], "1 comments were told before their reports"),
        ([REFUSED, ANSWERED], "1 comments were told before their reports"),
        ([TOLD, replace(TOLD, message_id="m9", begun=5.0, ended=5.1)], "1 messages came under several ids"),
    ],
)
def test_what_is_wrong_is_found(calls: list[Call], finding: str) -> None:
    [found] = audit(calls)
    assert found.startswith(finding)
