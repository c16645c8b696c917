"""What a report from a shell says, before it is sent."""

import os
import platform
import shlex
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from lacewing.cli.remote.reporting.ci import told_by_ci
from lacewing.cli.remote.reporting.files import Enclosed, log_of
from lacewing.cli.remote.reporting.running import Ended
from lacewing.client.secrets import REMOVED, opens_a_door, tellable

SHOWN_LINES: Final = 40
EVIDENCE_LINES: Final = 200
_LONGEST_LINE: Final = 2_000
_LONGEST_NAME: Final = 100
_LONGEST_OUTPUT: Final = 6_000


@dataclass(frozen=True, slots=True)
class Draft:
    """`failure` is the error that the report is about, where a command told one."""

    title: str
    description: str
    severity: str
    category: str
    reporter: str | None = None
    logs: tuple[Enclosed, ...] = ()
    screenshot: Enclosed | None = None
    failure: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def evidence(self) -> dict[str, Any]:
        """The end of the logs as the console, and where it was."""
        lines = [line for log in self.logs for line in log.text.splitlines()][-EVIDENCE_LINES:]
        console: list[dict[str, Any]] = [{"level": "log", "message": line[:_LONGEST_LINE]} for line in lines]
        if self.failure:
            now = int(time.time() * 1000)
            console.append({"level": "error", "message": self.failure, "timestamp": now})
        system = f"{platform.system()} {platform.release()}"
        metadata = {"platform": system, **told_by_ci(os.environ), **self.facts}
        return {"metadata": metadata, **({"console_logs": console} if console else {})}


def of_command(command: Sequence[str], ended: Ended, draft: Draft) -> Draft:
    """`draft` has what the person told."""
    shown = _shown(command)
    failure = f"{_short(shown)} ended with exit code {ended.code}"
    output = log_of("output.log", ended.output)
    told = f"{shown[:_LONGEST_LINE]}\nended with exit code {ended.code} after {_duration(ended.seconds)}."
    return Draft(
        draft.title or failure,
        "\n\n".join(part for part in (draft.description, told, _end_of(output.text)) if part),
        draft.severity,
        draft.category,
        draft.reporter,
        (*draft.logs, output) if output.text.strip() else draft.logs,
        draft.screenshot,
        failure,
        {"command": shown, "exitCode": ended.code, "durationSeconds": round(ended.seconds, 1)},
    )


def _shown(command: Sequence[str]) -> str:
    """Each word by itself first: quoting could hide what is in it."""
    words = [
        REMOVED if opens_a_door(before) and not word.startswith("-") else tellable(word)
        for before, word in pairwise(("", *command))
    ]
    return tellable(shlex.join(words))


def _short(command: str) -> str:
    line = " ".join(command.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def _end_of(text: str) -> str:
    return "\n".join(text.rstrip().splitlines()[-SHOWN_LINES:])[-_LONGEST_OUTPUT:]
