"""What the verbs on many at once have in common: one transaction, one answer for each."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Sized
from uuid import UUID

from lacewing.access.actor import Actor, Place, Reach
from lacewing.access.permissions import Permission
from lacewing.kit.checks import Checks
from lacewing.kit.errors import LacewingError, not_found
from lacewing.reports import triage_queries
from lacewing.reports.comment_queries import FoundComment
from lacewing.reports.locate import project_deleted
from lacewing.reports.read_reports import CODE, ambiguous
from lacewing.reports.values import BulkOutcome, Found, Report
from lacewing.storage import Database, Transaction

MOST_AT_ONCE = 500

Reference = UUID | str
Located = Found | FoundComment | LacewingError
# A report that was changed, or the id of a comment.
Became = Report | UUID | LacewingError
InPlace = Callable[[Transaction, Place, list[UUID]], Mapping[UUID, Became]]


async def change_each(
    db: Database, actor: Actor, references: Sequence[Reference], permission: Permission, run: InPlace
) -> list[BulkOutcome]:
    """`run` with those reports that may be changed, each project's together. Raises INVALID."""
    located = await locate_all(db, actor, references, permission)
    live = {reference: _live(found) for reference, found in located.items()}
    return await in_places(db, references, live, run)


async def locate_all(
    db: Database, actor: Actor, references: Sequence[Reference], permission: Permission
) -> dict[Reference, Found | LacewingError]:
    """From 1 to 500 ids or codes. Raises INVALID."""
    check_count(references)
    sight = actor.sight()
    meant = await db.read(lambda tx: _meant(tx, sight, references))
    return {reference: _judged(actor, reference, meant[reference], permission) for reference in meant}


def check_count(references: Sized) -> None:
    """Raises INVALID."""
    checks = Checks()
    if not 1 <= len(references) <= MOST_AT_ONCE:
        checks.refuse("ids", f"must be from 1 to {MOST_AT_ONCE} ids or codes", "out_of_range")
    checks.finish()


async def in_places(
    db: Database, references: Sequence[Reference], located: Mapping[Reference, Located], run: InPlace
) -> list[BulkOutcome]:
    """In the order of `references`. One alone shares its commit with others."""
    wanted: dict[Place, dict[UUID, None]] = defaultdict(dict)
    for found in located.values():
        if not isinstance(found, LacewingError):
            wanted[found.place][found.id] = None
    is_many = sum(map(len, wanted.values())) > 1
    became = await db.write(lambda tx: _run_all(tx, wanted, run), is_alone=is_many) if wanted else {}
    return [_outcome(reference, located[reference], became) for reference in references]


def _meant(tx: Transaction, sight: Reach, references: Sequence[Reference]) -> dict[Reference, list[Found]]:
    """In as many statements for five hundred as for one."""
    names = {reference: _code(reference) or reference for reference in references}
    ids = sorted({name for name in names.values() if isinstance(name, UUID)})
    numbers: dict[str, list[int]] = defaultdict(list)
    for code, number in sorted({name for name in names.values() if isinstance(name, tuple)}):
        numbers[code].append(number)
    by_name: dict[object, list[Found]] = defaultdict(list)
    named = triage_queries.found_by_numbers(tx, sight, numbers)
    for found in dict.fromkeys([*triage_queries.found_by_ids(tx, sight, ids), *named]):
        by_name[found.id].append(found)
        by_name[_code(found.tracking_id)].append(found)
    return {reference: by_name[name] for reference, name in names.items()}


def _code(reference: Reference) -> tuple[str, int] | None:
    code = CODE.fullmatch(reference) if isinstance(reference, str) else None
    return None if code is None else (code[1].upper(), int(code[2]))


def _judged(
    actor: Actor, reference: Reference, found: list[Found], permission: Permission
) -> Found | LacewingError:
    if not found:
        return not_found("Report")
    if len(found) > 1:
        return ambiguous(reference, found)
    try:
        actor.require(permission, found[0].place, "Report")
    except LacewingError as refusal:
        return refusal
    return found[0]


def _live(found: Found | LacewingError) -> Found | LacewingError:
    return project_deleted() if isinstance(found, Found) and found.is_of_deleted_project else found


def _run_all(tx: Transaction, wanted: Mapping[Place, dict[UUID, None]], run: InPlace) -> dict[UUID, Became]:
    """Projects in sorted order, so that two such never wait for each other in a circle."""
    places = sorted(wanted, key=lambda place: (place.organization_id, place.project_id))
    became: dict[UUID, Became] = {}
    for place in places:
        became |= run(tx, place, list(wanted[place]))
    return became


def _outcome(reference: Reference, located: Located, became: Mapping[UUID, Became]) -> BulkOutcome:
    it = located if isinstance(located, LacewingError) else became[located.id]
    return BulkOutcome(
        reference,
        refusal=it if isinstance(it, LacewingError) else None,
        comment_id=it if isinstance(it, UUID) else None,
    )
