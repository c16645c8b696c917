"""Takes the secrets out of a report on its way in (X-2): nothing is stored that was not scanned."""

import asyncio
from dataclasses import dataclass, replace

from lacewing.kit.json import dumps, loads
from lacewing.reports.facets import facets_of
from lacewing.reports.scan import Findings, is_suspect, scan, scan_json
from lacewing.reports.values import Evidence, Facets, NewReport

INLINE_BYTES = 64 * 1024
LONGEST_SECONDS = 5.0
TOO_SLOW = "The evidence could not be searched for secrets in time and was dropped."


@dataclass(frozen=True, slots=True)
class Cleansed:
    """`facets` are read from what is left; `leaked` are secrets that could be tokens of this instance."""

    new: NewReport
    facets: Facets
    warnings: tuple[str, ...] = ()
    leaked: frozenset[str] = frozenset()


async def cleanse(new: NewReport) -> Cleansed:
    """The report with a marker in place of each secret; its evidence notes how many were removed."""
    try:
        return await _within_time(new)
    except TimeoutError:
        cleansed = _cleanse(replace(new, evidence=Evidence()))
        return replace(cleansed, warnings=(TOO_SLOW, *cleansed.warnings))


def cleanse_text(text: str) -> tuple[str, frozenset[str]]:
    """A short text that comes alone, and what in it could be tokens of this instance."""
    findings = Findings()
    return _text(text, findings), frozenset(findings.own)


def with_revoked(evidence: Evidence, count: int) -> Evidence:
    """The note completed: so many of what was removed were live tokens of this instance."""
    told = loads(evidence.secrets or b"{}")
    return replace(evidence, secrets=dumps({**told, "revoked": count}).encode())


async def _within_time(new: NewReport) -> Cleansed:
    """Beside the event loop when its evidence is long."""
    if _is_long(new):
        return await asyncio.wait_for(asyncio.to_thread(_cleanse, new), LONGEST_SECONDS)
    return _cleanse(new)


def _cleanse(new: NewReport) -> Cleansed:
    """A short report is judged as a whole first; of a long one each part is, or it would be read twice."""
    findings = Findings()
    if _is_long(new) or is_suspect(_joined(new)):
        new = replace(_texts(new, findings), evidence=_evidence(new.evidence, findings))
    facets = facets_of(new.evidence)
    if not findings.removed:
        return Cleansed(new, facets)
    note = dumps({"removed": dict(findings.removed), "revoked": 0}).encode()
    noted = replace(new, evidence=replace(new.evidence, secrets=note))
    return Cleansed(noted, facets, (_told(findings),), frozenset(findings.own))


def _is_long(new: NewReport) -> bool:
    return sum(map(len, _parts(new.evidence))) > INLINE_BYTES


def _parts(evidence: Evidence) -> list[bytes]:
    parts = (evidence.console, evidence.network, evidence.actions, evidence.metadata)
    return [part for part in parts if part is not None]


def _joined(new: NewReport) -> bytes:
    """All of it once, with a line's end between: no secret contains one."""
    texts = (new.title, new.description, new.given, new.when, new.then, new.notes, new.reporter_identifier)
    return b"\n".join([*_parts(new.evidence), "\n".join(filter(None, texts)).encode()])


def _evidence(evidence: Evidence, findings: Findings) -> Evidence:
    return Evidence(
        _part(evidence.console, findings),
        _part(evidence.network, findings),
        _part(evidence.actions, findings),
        _part(evidence.metadata, findings),
    )


def _part(part: bytes | None, findings: Findings) -> bytes | None:
    return None if part is None else scan_json(part, findings)


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
