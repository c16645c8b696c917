"""Whether every answer is one that the OpenAPI documents promise: schemathesis, as each kind of caller."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.databases import settings
from tests.server import PROGRAM, Person, Server

EXAMPLES: Final = 50
QUICK_EXAMPLES: Final = 3
DOCUMENTS: Final = ("openapi.json", "openapi-tickets.json")
METHODS: Final = {"get", "post", "put", "patch", "delete"}

_CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
_BROAD: Final = "examples,coverage,fuzzing"
_NARROW: Final = "examples,fuzzing"
_STATEFUL: Final = "stateful"
# A token that ends itself would leave the rest of the run unauthenticated.
_SPARE_ITSELF: Final = ("--exclude-path-regex", r"/tokens/self(/|$)|/events/stream$")
# Its answer goes on for as long as it is listened to.
_NOT_ENDLESS: Final = ("--exclude-path-regex", "/events/stream$")
_TRACEBACK: Final = "Traceback (most recent call last)"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, in which of schemathesis' phases, and which operations are left out."""

    name: str
    headers: Mapping[str, str] = field(default_factory=dict)
    phases: str = _BROAD
    filters: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    document: str
    caller: str
    cases: int
    findings: list[str]


def run(
    folder: Path,
    examples: int,
    seed: int,
    program: Sequence[str] | None = PROGRAM,
    documents: Sequence[str] = DOCUMENTS,
    *,
    is_short: bool = False,
) -> list[Outcome]:
    """Asks a new server on SQLite as each caller in turn; the same seed asks the same.

    In a short run a token tries every boundary, and sequences, on the tickets' document only; nobody asks
    only where anybody may, for tests/http/test_refusals.py has the rest.
    """
    with Server(folder, settings(1, None), program=program) as server, Person(server.url) as ada:
        schemathesis = _Schemathesis(server.url, folder, examples, seed)
        outcomes = [
            schemathesis.run(document, caller)
            for document in documents
            for caller in (
                *_nobody(ada, document, is_short=is_short),
                *_callers(ada, document, is_short=is_short),
            )
        ]
        return [*outcomes, _read_log(server)]


def _nobody(ada: Person, document: str, *, is_short: bool) -> Iterator[Caller]:
    if not is_short:
        yield Caller("nobody")
        return
    paths = ada.http.get(f"/api/v1/{document}").raise_for_status().json()["paths"]
    public = [
        f"{method.upper()} {path}"
        for path, item in paths.items()
        for method, operation in item.items()
        if method in METHODS and (not (ways := operation.get("security")) or {} in ways)
    ]
    filters = [word for name in public for word in ("--include-name", name)]
    if public:
        yield Caller("nobody, where anybody may ask", phases="coverage", filters=filters)


def _callers(ada: Person, document: str, *, is_short: bool) -> Iterator[Caller]:
    """One caller for each way to knock. Every run has credentials of its own, as it may well revoke them."""
    project = ada.create_project(f"Orchard {document}")
    is_all = not is_short or document != DOCUMENTS[0]
    phases = _BROAD if is_all else _NARROW
    yield Caller("a token", _bearer(ada.mint_token("broad")), phases, _SPARE_ITSELF)
    if is_all:
        yield Caller("a token, in sequences", _bearer(ada.mint_token("stateful")), _STATEFUL, _NOT_ENDLESS)
    if is_all:
        yield Caller("a project's token", _bearer(ada.mint_project_token(project)), phases, _SPARE_ITSELF)
    if document == DOCUMENTS[0]:
        intake = ("--include-name", "POST /api/v1/reports")
        yield Caller("a publishable key", {"X-API-Key": project.key}, filters=intake)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@dataclass(frozen=True, slots=True)
class _Schemathesis:
    url: str
    folder: Path
    examples: int
    seed: int

    def run(self, document: str, caller: Caller) -> Outcome:
        report = self.folder / f"{document}-{caller.name.replace(' ', '-')}.json"
        command = [*self._command(document, caller), "--report-json-path", str(report)]
        # It leaves files where it runs, and its report is its answer: the exit status says no more.
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if not report.exists():
            return Outcome(document, caller.name, 0, [done.stdout + done.stderr])
        return _read_report(document, caller.name, json.loads(report.read_text()), done.stdout)

    def _command(self, document: str, caller: Caller) -> list[str]:
        headers = [
            word for name, value in caller.headers.items() for word in ("--header", f"{name}: {value}")
        ]
        program = str(Path(sys.executable).parent / "schemathesis")
        target = [f"{self.url}/api/v1/{document}", "--origin", self.url]
        chosen = ["--checks", ",".join(_CHECKS), "--phases", caller.phases, *caller.filters, *headers]
        amount = ["--max-examples", str(self.examples), "--seed", str(self.seed), "--continue-on-failure"]
        quiet = ["--warnings", "off", "--no-color", "--generation-database", "none"]
        return [program, "run", *target, *chosen, *amount, *quiet]


def _read_report(document: str, caller: str, report: Mapping[str, Any], printed: str) -> Outcome:
    findings = [f"{failure['title']}: {', '.join(failure['operations'])}" for failure in report["failures"]]
    findings += [error["title"] for error in report["errors"]]
    if findings:
        findings[-1] += f"\n{printed}"
    return Outcome(document, caller, report["test_cases"]["generated"], findings)


def _read_log(server: Server) -> Outcome:
    """An exception that was logged is a finding, whatever was answered."""
    log = server.log.read_text(errors="replace")
    times = log.count(_TRACEBACK)
    findings = (
        [f"{times} tracebacks in the log, the first: {log[log.index(_TRACEBACK) :][:1500]}"] if times else []
    )
    return Outcome("the server's log", "all of them", 0, findings)
