"""A failure as it was caught, and the report that tells of it.

What is caught is small and quickly taken; reading source lines, writing the traceback and taking secrets out
wait for the thread that sends.
"""

import logging
import platform
import sys
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from traceback import TracebackException
from types import TracebackType
from typing import Any, Final

from lacewing.client.monitoring.occasion import Line, Occasion
from lacewing.client.secrets import tellable

DEEPEST: Final = 60
LONGEST_TITLE: Final = 200
LONGEST_LINE: Final = 2_000
LONGEST_TRACE: Final = 8_000

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failure:
    """`kind` is the same for what fails in the same way at the same place."""

    kind: Hashable
    at: float
    level: int
    message: str
    place: str
    trace: TracebackException | None
    lines: tuple[Line, ...]
    occasion: Occasion | None
    kept_back: int = 0


@dataclass(frozen=True, slots=True)
class Program:
    """Where it ran, as whoever set the monitor up named it."""

    release: str = ""
    environment: str = ""


def kind_of(error: BaseException) -> Hashable:
    """By the exception's type and the line that raised it."""
    frame = _innermost(error.__traceback__)
    where = (frame.tb_frame.f_code.co_filename, frame.tb_lineno) if frame else ("", 0)
    return (type(error).__module__, type(error).__qualname__, *where)


def place_of(error: BaseException) -> str:
    frame = _innermost(error.__traceback__)
    if frame is None:
        return ""
    code = frame.tb_frame.f_code
    return f"{code.co_filename}:{frame.tb_lineno}, in {code.co_name}"


def trace_of(error: BaseException) -> TracebackException:
    """The innermost frames, without their variables."""
    return TracebackException(
        type(error), error, error.__traceback__, limit=-DEEPEST, lookup_lines=False, compact=True
    )


def report_of(failure: Failure, program: Program) -> Report:
    """What `POST /reports` takes."""
    title = _clean(failure.message.strip().partition("\n")[0], LONGEST_TITLE) or "Something failed"
    trace = _trace(failure)
    return {
        "title": title,
        "description": _description(failure, trace),
        "severity": _severity(failure.level),
        "category": "crash" if failure.trace else "bug",
        "console_logs": [*map(_logged, failure.lines), _error_line(failure, trace)],
        "network_logs": _requests(failure),
        "metadata": _metadata(failure, program),
    }


def _innermost(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace


def _trace(failure: Failure) -> str:
    if failure.trace is None:
        return ""
    text = tellable("".join(failure.trace.format()))
    return text if len(text) <= LONGEST_TRACE else f"…{text[-LONGEST_TRACE:]}"


def _description(failure: Failure, trace: str) -> str:
    """In plain words, as a reporter would write it."""
    told = failure.occasion
    where = [f"{told.method} {_clean(told.url)}"] if told else []
    if failure.place:
        where.append(f"At {failure.place}.")
    if failure.kept_back:
        where.append(f"It happened {failure.kept_back + 1} times since it was last reported.")
    return "\n\n".join(["\n".join(where), trace.rstrip() or _clean(failure.message)])


def _severity(level: int) -> str:
    if level >= logging.CRITICAL:
        return "critical"
    if level >= logging.ERROR:
        return "high"
    return "medium" if level >= logging.WARNING else "low"


def _logged(line: Line) -> Report:
    return {"timestamp": int(line.at * 1000), "level": line.level, "message": _clean(line.text)}


def _error_line(failure: Failure, trace: str) -> Report:
    """A stack's first line is its most telling one; Python's traceback ends with it."""
    line = {"timestamp": int(failure.at * 1000), "level": "error", "message": _clean(failure.message)}
    return {**line, "stack": f"at {failure.place}\n{trace}"} if trace else line


def _requests(failure: Failure) -> list[Report]:
    """Who raised before the answer began is answered 500 by whatever serves the program."""
    told = failure.occasion
    if told is None or failure.trace is None:
        return []
    return [
        {
            "timestamp": int(told.began * 1000),
            "method": told.method,
            "url": _clean(told.url),
            "status": told.status or 500,
            "duration": round((failure.at - told.began) * 1000),
        }
    ]


def _metadata(failure: Failure, program: Program) -> Report:
    told = failure.occasion
    facts = {
        "url": _clean(told.url) if told else "",
        "userAgent": told.user_agent[:LONGEST_LINE] if told else "",
        "referrer": _clean(told.referrer) if told else "",
        "platform": f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}",
        "program": Path(sys.argv[0]).name if sys.argv else "",
        "release": program.release,
        "environment": program.environment,
        "occurrences": failure.kept_back + 1,
    }
    return {name: value for name, value in facts.items() if value}


def _clean(text: str, longest: int = LONGEST_LINE) -> str:
    """Secrets go before it is cut, so that none is left in half."""
    clean = tellable(text[: longest * 4])
    return clean if len(clean) <= longest else f"{clean[: longest - 1]}…"
