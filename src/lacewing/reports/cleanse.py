"""Takes the secrets out of a report on its way in (X-2): nothing is stored that was not scanned."""

import asyncio
from dataclasses import dataclass, replace

from lacewing.kit.json import dumps, loads
from lacewing.reports.scan import Findings, scan
from lacewing.reports.values import Evidence, NewReport

INLINE_BYTES = 64 * 1024
LONGEST_SECONDS = 5.0
TOO_SLOW = "The evidence could not be searched for secrets in time and was dropped."


@dataclass(frozen=True, slots=True)
class Cleansed:
    """`leaked` are secrets that could be tokens of this instance."""

    new: NewReport
    warnings: tuple[str, ...] = ()
    leaked: frozenset[str] = frozenset()


async def cleanse(new: NewReport) -> Cleansed:
    """The report with a marker in place of each secret; its evidence notes how many were removed."""
    findings = Findings()
    warnings: tuple[str, ...] = ()
    try:
        evidence = await _within_time(new.evidence, findings)
    except TimeoutError:
        findings, evidence, warnings = Findings(), Evidence(), (TOO_SLOW,)
    cleansed = replace(_texts(new, findings), evidence=evidence)
    if not findings.removed:
        return Cleansed(cleansed, warnings)
    noted = replace(evidence, secrets=dumps({"removed": dict(findings.removed), "revoked": 0}).encode())
    return Cleansed(replace(cleansed, evidence=noted), (*warnings, _told(findings)), frozenset(findings.own))


def with_revoked(evidence: Evidence, count: int) -> Evidence:
    """The note completed: so many of what was removed were live tokens of this instance."""
    told = loads(evidence.secrets or b"{}")
    return replace(evidence, secrets=dumps({**told, "revoked": count}).encode())


async def _within_time(evidence: Evidence, findings: Findings) -> Evidence:
    """Beside the event loop when it is long."""
    parts = (evidence.console, evidence.network, evidence.actions, evidence.metadata)
    if sum(len(part) for part in parts if part is not None) <= INLINE_BYTES:
        return _evidence(evidence, findings)
    return await asyncio.wait_for(asyncio.to_thread(_evidence, evidence, findings), LONGEST_SECONDS)


def _evidence(evidence: Evidence, findings: Findings) -> Evidence:
    return Evidence(
        _part(evidence.console, findings),
        _part(evidence.network, findings),
        _part(evidence.actions, findings),
        _part(evidence.metadata, findings),
    )


def _part(part: bytes | None, findings: Findings) -> bytes | None:
    return None if part is None else scan(part, findings)


def _texts(new: NewReport, findings: Findings) -> NewReport:
    return replace(
        new,
        title=_text(new.title, findings),
        description=_text(new.description, findings),
        given=_text(new.given, findings),
        when=_text(new.when, findings),
        then=_text(new.then, findings),
        notes=_text(new.notes, findings),
        reporter_identifier=new.reporter_identifier and _text(new.reporter_identifier, findings),
    )


def _text(text: str, findings: Findings) -> str:
    return scan(text.encode(), findings).decode() if text else text


def _told(findings: Findings) -> str:
    kinds = ", ".join(f"{count} x {kind}" for kind, count in sorted(findings.removed.items()))
    return f"Secrets were removed before this report was stored: {kinds}."
