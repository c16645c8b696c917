"""A report of another tracker as one of ours: whose it is, when, and where its files lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from lacewing.imports.foreign import clamped
from lacewing.imports.found_files import FoundFiles, chunks_of, kind_of
from lacewing.imports.identify import Identify
from lacewing.imports.people import Known
from lacewing.imports.values import SourceChange, SourceComment, SourceFile, SourceReport
from lacewing.reports import FieldChange, PastChange, PastComment, PastFile, PastReport

SOMEBODY = "Somebody"


@dataclass(frozen=True, slots=True)
class Taking:
    """What holds for all reports of one project: `readers` are those who may read it here."""

    product: str
    identify: Identify
    people: Mapping[str, Known]
    readers: frozenset[UUID]
    files: FoundFiles
    now: datetime


@dataclass(frozen=True, slots=True)
class TakenOver:
    """`notes` are of interest only where the report is new; `missing` are its files, by their ids."""

    past: PastReport
    notes: tuple[str, ...]
    missing: Mapping[UUID, str]


def take_over(taking: Taking, source: SourceReport) -> TakenOver:
    notes = list(source.notes)
    created_at = clamped(source.created_at, taking.now)
    if source.created_at is None:
        notes.append("it has no time of its making: it stands as made now")
    files, missing = _files(taking, source)
    past = PastReport(
        id=taking.identify.report(source.key, source.created_at),
        origin=f"{taking.product} {source.tracking}",
        number=source.number,
        new=source.new,
        status=source.status,
        assignee_id=_assignee(taking, source, notes),
        created_at=created_at,
        updated_at=max(created_at, clamped(source.updated_at or created_at, taking.now)),
        resolved_at=source.resolved_at and max(created_at, clamped(source.resolved_at, taking.now)),
        comments=_comments(taking, source, created_at, notes),
        changes=_changes(taking, source, notes),
        files=files,
    )
    return TakenOver(past, tuple(notes), missing)


def _assignee(taking: Taking, source: SourceReport, notes: list[str]) -> UUID | None:
    if source.assignee_key is None:
        return None
    known = taking.people.get(source.assignee_key)
    if known is not None and known.person_id in taking.readers:
        return known.person_id
    why = "has not confirmed that address here" if _is_unproven(known) else "can not read it here"
    notes.append(f"it was assigned to {_name(known)}, who {why}: nobody is")
    return None


def _comments(
    taking: Taking, source: SourceReport, created_at: datetime, notes: list[str]
) -> tuple[PastComment, ...]:
    """Each once, even if its id came twice."""
    found = [_comment(taking, source, each, created_at) for each in source.comments if each.body.strip()]
    if len(found) < len(source.comments):
        notes.append("comments without a text were left out")
    return tuple({comment.id: comment for comment in found}.values())


def _comment(
    taking: Taking, source: SourceReport, comment: SourceComment, otherwise: datetime
) -> PastComment:
    known = taking.people.get(comment.author_key or "")
    return PastComment(
        id=taking.identify.comment(source.key, comment.key, comment.created_at),
        author_id=known.person_id if known else None,
        author_name=_name(known),
        body=comment.body,
        created_at=clamped(comment.created_at or otherwise, taking.now),
        visible_to_reporter=comment.visible_to_reporter,
    )


def _changes(taking: Taking, source: SourceReport, notes: list[str]) -> tuple[PastChange, ...]:
    """Without those of whom it was assigned to that name somebody who is nobody here."""
    nobodies: dict[str, None] = {}
    found = []
    for change in source.changes:
        told = _nobodies(taking, change)
        nobodies |= dict.fromkeys(told)
        if not told:
            found.append(_change(taking, change))
    left_out = "its history leaves out a change of whom it was assigned to"
    notes.extend(f"{left_out}: {told}" for told in nobodies)
    return tuple(found)


def _nobodies(taking: Taking, change: SourceChange) -> list[str]:
    if change.field != "assignee_id":
        return []
    people = [taking.people.get(key) for key in (change.before, change.after) if key]
    return [_why_nobody(known) for known in people if known is None or known.person_id is None]


def _why_nobody(known: Known | None) -> str:
    return f"{_name(known)} has {'not confirmed that address' if _is_unproven(known) else 'no account'} here"


def _is_unproven(known: Known | None) -> bool:
    return known is not None and not known.is_proven


def _change(taking: Taking, change: SourceChange) -> PastChange:
    known = taking.people.get(change.person_key or "")
    before, after = change.before, change.after
    if change.field == "assignee_id":
        before, after = (_person_text(taking, key) for key in (before, after))
    return PastChange(
        at=clamped(change.at, taking.now),
        person_id=known.person_id if known else None,
        by=None if known and known.person_id else _name(known),
        changes=(FieldChange(change.field, before, after),),
    )


def _person_text(taking: Taking, key: str | None) -> str | None:
    known = taking.people.get(key or "")
    return str(known.person_id) if known and known.person_id else None


def _files(taking: Taking, source: SourceReport) -> tuple[tuple[PastFile, ...], dict[UUID, str]]:
    found: dict[UUID, PastFile] = {}
    missing: dict[UUID, str] = {}
    for file in source.files:
        file_id = taking.identify.file(source.key, file.key, source.created_at)
        past = _file(taking.files, file, file_id)
        if past is None:
            missing[file_id] = file.path
        else:
            found[file_id] = past
    return tuple(found.values()), missing


def _file(files: FoundFiles, file: SourceFile, file_id: UUID) -> PastFile | None:
    """A picture goes by what its bytes are, whatever it was called."""
    path = files.find(file)
    try:
        kind = None if path is None else kind_of(path)
    except OSError:
        return None
    if path is None:
        return None
    media_type, name = "application/octet-stream", file.name
    if kind is not None:
        media_type, suffix = kind
        name = f"{file.name.rpartition('.')[0] or file.name}.{suffix}"
    return PastFile(file_id, file.use, name, media_type, partial(chunks_of, path))


def _name(known: Known | None) -> str:
    return known.name if known is not None and known.name else SOMEBODY
