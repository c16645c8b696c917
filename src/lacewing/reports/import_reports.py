"""The verbs that take over reports which were tracked elsewhere. Nobody is told of them."""

from collections.abc import Sequence
from dataclasses import replace

from lacewing import events
from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.events import EventKind
from lacewing.reports import import_queries
from lacewing.reports.cleanse import cleanse
from lacewing.reports.evidence import fit, pack
from lacewing.reports.import_files import receive_files
from lacewing.reports.import_steps import Arrival, Parts, add_past_parts, add_past_reports
from lacewing.reports.import_values import Known, PastReport, Taken
from lacewing.reports.updates import take_turns
from lacewing.reports.words import cut_report
from lacewing.storage import Blobs, Database, Transaction

MOST_IMPORTED_AT_ONCE = 50


async def known_reports(db: Database, actor: Actor, place: Place, past: Sequence[PastReport]) -> Known:
    """What of them is here already. Raises FORBIDDEN."""
    actor.require_instance(Permission.INSTANCE_READ, db.clock())
    return await db.read(lambda tx: import_queries.known(tx, place, past), is_long=True)


async def import_reports(
    db: Database, actor: Actor, blobs: Blobs, place: Place, past: Sequence[PastReport], known: Known
) -> Taken:
    """At most MOST_IMPORTED_AT_ONCE, all of them or none; in their order they keep their numbers.

    `known` is what `known_reports` told of them: that stays as it is, what was deleted here stays away, and
    the comments and files that a report lacks are added. Secrets are taken out as from any report.

    Raises FORBIDDEN, NOT_FOUND, UNAVAILABLE.
    """
    actor.require_instance(Permission.INSTANCE_WRITE, db.clock())
    wanted = [each for each in past if _belongs_here(each, place, known)]
    cleansed = [await _cleansed(each) for each in wanted if each.id not in known.present]
    parts = [await _parts(db, blobs, place, each, known) for each in wanted]
    arrivals = [arrival for arrival, _ in cleansed]
    count = await db.write(
        lambda tx: _store(tx, actor, place, arrivals, [each for each, _ in parts]), is_alone=True
    )
    warnings = [(each.past.origin, sentence) for each, told in cleansed for sentence in told]
    warnings += [(each.past.origin, sentence) for each, told in parts for sentence in told]
    return Taken(
        count,
        comments=sum(len(each.comments) for each, _ in parts),
        files=sum(len(each.files) for each, _ in parts),
        warnings=tuple(warnings),
    )


def _belongs_here(past: PastReport, place: Place, known: Known) -> bool:
    """Not what was deleted, or is in another project."""
    return past.id not in known.deleted and known.present.get(past.id, place.project_id) == place.project_id


async def _cleansed(past: PastReport) -> tuple[Arrival, tuple[str, ...]]:
    evidence, cut = fit(past.new.evidence)
    cleansed = await cleanse(replace(past.new, evidence=evidence))
    new = cleansed.new
    words = cut_report(new.title, new.description, (new.given, new.when, new.then, new.notes))
    return Arrival(past, new, cleansed.facets, pack(new.evidence), words), cut + cleansed.warnings


async def _parts(
    db: Database, blobs: Blobs, place: Place, past: PastReport, known: Known
) -> tuple[Parts, tuple[str, ...]]:
    files, told = await receive_files(db, blobs, place, past, known)
    said = [comment for comment in past.comments if comment.id not in known.parts]
    return Parts(past, said, files), told


def _store(
    tx: Transaction, actor: Actor, place: Place, arrivals: Sequence[Arrival], parts: Sequence[Parts]
) -> int:
    take_turns(tx, place)
    count = add_past_reports(tx, place, arrivals)
    add_past_parts(tx, place, parts)
    if count:
        told = events.by_actor(
            EventKind.REPORTS_IMPORTED,
            actor,
            organization_id=place.organization_id,
            project_id=place.project_id,
            subject_id=place.project_id,
            data={"reports": str(count)},
        )
        events.append(tx, told)
    return count
