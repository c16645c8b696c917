"""What a new report says that it has with it: only uploads to its own project count (A13)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from lacewing.access.actor import Place
from lacewing.reports.attachment_steps import claim
from lacewing.reports.attachment_values import MOST_SENT_ALONG, Claim, Reference, Use
from lacewing.reports.values import FullReport
from lacewing.storage import Transaction

_UUID = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_PICTURE = re.compile(rf"{_UUID}/{_UUID}/{_UUID}\.(?:png|jpg|webp)")
_ANY = re.compile(rf"{_UUID}/{_UUID}/{_UUID}\.(?:png|jpg|webp|bin)")
_TOO_MANY = f"{Use.FILE}: a report is sent with {MOST_SENT_ALONG} files at most, the others were dropped."


def claims_in(references: Sequence[Reference], place: Place) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """What may be claimed, and a warning for each of the rest, be it an address on the web."""
    found = [(reference.use, _claim(reference, place)) for reference in references]
    claims = [each for _, each in found if each is not None]
    files = [each for each in claims if each.use is Use.FILE]
    kept = tuple(each for each in claims if each not in files[MOST_SENT_ALONG:])
    dropped = tuple(_dropped(use) for use, each in found if each is None)
    return kept, dropped if len(files) <= MOST_SENT_ALONG else (*dropped, _TOO_MANY)


def claim_all(
    tx: Transaction, stored: list[FullReport], claims: Sequence[tuple[Claim, ...]]
) -> list[FullReport]:
    """The reports with a warning for each claim that did not hold; `claims` are theirs, in order."""
    wanted = [(full.report, each) for full, mine in zip(stored, claims, strict=True) for each in mine]
    lost = claim(tx, wanted)
    warnings = {full.report.id: full.warnings for full in stored}
    for report, each in lost:
        warnings[report.id] += (_dropped(each.use),)
    return [replace(full, warnings=warnings[full.report.id]) for full in stored]


def _claim(reference: Reference, place: Place) -> Claim | None:
    pattern = _ANY if reference.use is Use.FILE else _PICTURE
    named = pattern.fullmatch(reference.key)
    if named is None or (named[1], named[2]) != (str(place.organization_id), str(place.project_id)):
        return None
    return Claim(reference.use, UUID(named[3]))


def _dropped(use: Use) -> str:
    return f"{use}: the reference is not an unused upload of this project and was dropped."
