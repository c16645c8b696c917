"""The verb that takes over what another tracker holds. Nobody is told of it; a second time adds nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.imports.choose import choose_projects
from lacewing.imports.found_files import FoundFiles
from lacewing.imports.identify import Identify
from lacewing.imports.people import Known as KnownPerson
from lacewing.imports.people import match_people
from lacewing.imports.settle import Errand, settle_project
from lacewing.imports.take_over import TakenOver, Taking, take_over
from lacewing.imports.values import Source, SourceProject
from lacewing.imports.wish import Outcome, Progress, ProjectOutcome, Wish
from lacewing.projects import find_destination
from lacewing.reports import Known, import_reports, known_reports
from lacewing.storage import Blobs, Database


async def import_source(
    db: Database, actor: Actor, blobs: Blobs, source: Source, wish: Wish, progress: Progress
) -> Outcome:
    """A bounded part at a time, each whole: what was broken off, the same call takes up again.

    Raises SourceError, FORBIDDEN, NOT_FOUND, UNAVAILABLE.
    """
    actor.require_instance(Permission.INSTANCE_WRITE, db.clock())
    destination = await find_destination(db, actor, wish.organization)
    projects = choose_projects(source.projects(), wish)
    people = await match_people(db, source.people())
    outcome = Outcome(destination.name, remarks=(*source.remarks, *_unproven(people)))
    outcome.matched = sum(known.person_id is not None for known in people.values())
    identify = Identify(destination.id, source.product)
    errand = Errand(db, actor, wish, destination.id, identify, outcome)
    for project in _with_own_codes(projects):
        settled = await settle_project(errand, project, people)
        people = dict(settled.people)
        outcome.projects.append(settled.outcome)
        if settled.place is None:
            continue
        taking = Taking(source.product, identify, people, settled.readers, FoundFiles(wish.files), db.clock())
        done, total = 0, source.count(project.key)
        tell = progress.part(project.name)
        for part in source.reports(project.key):
            taken = _each_once([take_over(taking, report) for report in part if report.key])
            await _take(errand, blobs, settled.place, taken, settled.outcome)
            done += len(part)
            tell(done, total)
    unknown = (known for known in people.values() if known.person_id is None)
    outcome.unknown = sorted(known.name for known in unknown if known.as_told not in outcome.made)
    return outcome


def _unproven(people: Mapping[str, KnownPerson]) -> list[str]:
    unproven = [known for known in people.values() if known.id is not None and not known.is_proven]
    why = "the account here has not confirmed that address"
    return [f"{known.as_told} as who did it: {why}" for known in unproven]


def _with_own_codes(projects: Sequence[SourceProject]) -> list[SourceProject]:
    """A code that several share, as all of BugSpark's do, is nobody's."""
    uses = Counter(project.code for project in projects if not project.is_deleted)
    return [project if uses[project.code] == 1 else replace(project, code=None) for project in projects]


def _each_once(taken: Sequence[TakenOver]) -> list[TakenOver]:
    return list({each.past.id: each for each in taken}.values())


async def _take(
    errand: Errand, blobs: Blobs, place: Place, taken: Sequence[TakenOver], its: ProjectOutcome
) -> None:
    db, actor = errand.db, errand.actor
    past = [each.past for each in taken]
    known = await known_reports(db, actor, place, past)
    errand.outcome.notes += [note for each in taken for note in _notes(each, known)]
    its.known += len(known.present)
    its.gone += len(known.deleted)
    if errand.wish.is_dry:
        new = [each for each in past if not known.has(each.id)]
        its.reports += len(new)
        its.comments += sum(len(each.comments) for each in new)
        its.files += sum(len(each.files) for each in new)
        return
    did = await import_reports(db, actor, blobs, place, past, known)
    its.reports += did.reports
    its.comments += did.comments
    its.files += did.files
    errand.outcome.notes += did.warnings


def _notes(taken: TakenOver, known: Known) -> list[tuple[str, str]]:
    """What is here already was told of when it came, but for what is still missing."""
    told = [] if known.has(taken.past.id) else list(taken.notes)
    if taken.past.id not in known.deleted:
        lost = [path for file_id, path in taken.missing.items() if file_id not in known.parts]
        told += [f"its file {path[:200]} was not found" for path in lost]
    return [(taken.past.origin, sentence) for sentence in told]
