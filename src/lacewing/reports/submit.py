"""The verb that takes a report in. Those that wait for the same COMMIT are stored together."""

from collections import defaultdict
from dataclasses import replace
from hashlib import blake2b
from uuid import UUID

from lacewing import events
from lacewing.access.actor import Actor
from lacewing.access.permissions import Permission
from lacewing.credentials import Vault, revoke_leaked
from lacewing.events import EventKind
from lacewing.kit.checks import Checks
from lacewing.kit.errors import FieldError, invalid, not_found
from lacewing.kit.ids import new_id
from lacewing.projects import Project, get_live_project
from lacewing.reports import inserts, queries, recent
from lacewing.reports.attachment_values import Claim
from lacewing.reports.cleanse import cleanse, with_revoked
from lacewing.reports.compose import description_of
from lacewing.reports.evidence import fit, pack
from lacewing.reports.references import claim_all, claims_in
from lacewing.reports.values import Also, FullReport, NewReport, Report, Status, Submission
from lacewing.reports.words import cut_report
from lacewing.storage import Database, Transaction

LONGEST_TITLE = 500
LONGEST_TEXT = 10_000
LONGEST_IDENTIFIER = 255


async def submit_report(
    db: Database,
    actor: Actor,
    vault: Vault,
    new: NewReport,
    project_id: UUID | None = None,
    *,
    also: Also | None = None,
) -> FullReport:
    """Stores the report and its evidence, without the secrets in them, before it answers.

    `project_id` only for callers that reach several projects; `also` is a step of the unit that stores it.
    Live tokens of ours that were found in it are revoked in the same unit.

    Through a publishable key, what is submitted again within five minutes is answered as the first (W-3);
    what has a `key` of its own, within two weeks, and by nothing but that.

    Raises INVALID, NOT_FOUND, FORBIDDEN, UNAVAILABLE.
    """
    place = actor.confined_to
    if place is None:
        place = (await _wanted_project(db, actor, project_id)).place
    elif project_id not in {None, place.project_id}:
        raise invalid(FieldError("project_id", "is not the project of this credential", "wrong_project"))
    actor.require(Permission.REPORTS_CREATE, place)
    _check(new)
    evidence, warnings = fit(new.evidence)
    claims: tuple[Claim, ...] = ()
    if new.attachments:
        claims, dropped = claims_in(new.attachments, place)
        warnings += dropped
    cleansed = await cleanse(replace(new, evidence=evidence))
    submission = Submission(
        report_id=new_id(),
        actor=actor,
        place=place,
        new=cleansed.new,
        packed_evidence=pack(cleansed.new.evidence),
        warnings=warnings + cleansed.warnings,
        digest=_digest(actor, cleansed.new) if actor.is_public else None,
        words=_cut_words(cleansed.new),
        facets=cleansed.facets,
        leaked=cleansed.leaked,
        claims=claims,
        also=also,
    )
    if new.honeypot and actor.is_public:
        return await db.read(lambda tx: _as_if_stored(tx, submission))
    if submission.leaked:
        return await db.write(lambda tx: _submit_leaking(tx, vault, submission))
    return await db.write_many(_submit_many, submission)


async def _wanted_project(db: Database, actor: Actor, project_id: UUID | None) -> Project:
    if project_id is None:
        raise invalid(FieldError("project_id", "can't be blank", "blank"))
    return await get_live_project(db, actor, project_id, Permission.REPORTS_CREATE)


def _check(new: NewReport) -> None:
    checks = Checks()
    checks.text("title", new.title, shortest=1, longest=LONGEST_TITLE)
    texts = {
        "description": new.description,
        "given": new.given,
        "when": new.when,
        "then": new.then,
        "notes": new.notes,
    }
    for field, text in texts.items():
        checks.text(field, text, longest=LONGEST_TEXT)
    checks.text("reporter_identifier", new.reporter_identifier or "", longest=LONGEST_IDENTIFIER)
    checks.finish()


def _cut_words(new: NewReport) -> list[str]:
    return cut_report(
        new.title, new.description or description_of(new), (new.given, new.when, new.then, new.notes)
    )


def _submit_leaking(tx: Transaction, vault: Vault, submission: Submission) -> FullReport:
    """By itself, since the owners of the tokens that it revokes are told in which report they were found."""
    full = _submit_many(tx, [submission])[0]
    where = f"report {full.report.tracking_id}"
    revoked = revoke_leaked(tx, submission.actor.visit, vault, submission.leaked, where)
    if revoked == 0 or full.is_duplicate:
        return full
    evidence = with_revoked(full.evidence, revoked)
    inserts.replace_evidence(tx, full.report.id, pack(evidence))
    return replace(full, evidence=evidence)


def _digest(actor: Actor, new: NewReport) -> bytes:
    """Of what makes two submissions the same; none of it can contain the NUL between them."""
    said = (new.title, new.description or description_of(new), new.reporter_identifier or "")
    alike = (str(actor.credential_id), *(said if new.key is None else ("key", new.key)))
    return blake2b("\0".join(alike).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _submit_many(tx: Transaction, submissions: list[Submission]) -> list[FullReport]:
    repeats = recent.claim(tx, submissions)
    first_time = [submission for submission in submissions if submission.report_id not in repeats]
    stored = {full.report.id: full for full in _store(tx, first_time)} if first_time else {}
    return [
        stored.get(submission.report_id) or _again(tx, submission, repeats[submission.report_id])
        for submission in submissions
    ]


def _store(tx: Transaction, submissions: list[Submission]) -> list[FullReport]:
    stored = _numbered(tx, submissions)
    words = [submission.words for submission in submissions]
    inserts.insert_reports(tx, [full.report for full in stored], words)
    packed = [
        (full.report, submission.packed_evidence)
        for full, submission in zip(stored, submissions, strict=True)
        if submission.packed_evidence is not None
    ]
    inserts.insert_evidence(tx, packed)
    if any(submission.claims for submission in submissions):
        stored = claim_all(tx, stored, [submission.claims for submission in submissions])
    for full, submission in zip(stored, submissions, strict=True):
        if submission.also is not None:
            submission.also(tx, full.report)
    inserts.count_reports(tx, [full.report for full in stored])
    events.append_many(
        tx,
        [
            events.by_actor(
                EventKind.REPORT_CREATED,
                submission.actor,
                organization_id=full.report.organization_id,
                project_id=full.report.project_id,
                subject_id=full.report.id,
            )
            for full, submission in zip(stored, submissions, strict=True)
        ],
    )
    return stored


def _numbered(tx: Transaction, submissions: list[Submission]) -> list[FullReport]:
    """Numbers per project, projects in sorted order, submissions in the order in which they came."""
    by_project: dict[tuple[UUID, UUID], list[int]] = defaultdict(list)
    for at, submission in enumerate(submissions):
        by_project[submission.place.organization_id, submission.place.project_id].append(at)
    stored: dict[int, FullReport] = {}
    for (organization_id, project_id), positions in sorted(by_project.items()):
        code = _code(tx, project_id)
        first, change = inserts.take_numbers(tx, organization_id, project_id, len(positions))
        for nth, at in enumerate(positions):
            stored[at] = _stored(tx, submissions[at], code, first + nth, change + nth)
    return [stored[at] for at in range(len(submissions))]


def _stored(tx: Transaction, submission: Submission, code: str, number: int, change: int = 0) -> FullReport:
    new = submission.new
    report = Report(
        id=submission.report_id,
        organization_id=submission.place.organization_id,
        project_id=submission.place.project_id,
        project_code=code,
        number=number,
        title=new.title,
        description=new.description or description_of(new),
        severity=new.severity,
        category=new.category,
        status=Status.NEW,
        reporter_identifier=new.reporter_identifier,
        assignee_id=None,
        given=new.given,
        when=new.when,
        then=new.then,
        notes=new.notes,
        created_at=tx.now,
        updated_at=tx.now,
        change=change,
        **submission.facets._asdict(),
    )
    return FullReport(report, new.evidence, submission.warnings)


def _again(tx: Transaction, submission: Submission, first_id: UUID) -> FullReport:
    code, number, status = queries.receipt(tx, first_id)
    report = _stored(tx, submission, code, number).report
    return FullReport(report._replace(id=first_id, status=status), submission.new.evidence, is_duplicate=True)


def _as_if_stored(tx: Transaction, submission: Submission) -> FullReport:
    """What a robot is told: the same as everybody, and nothing is stored (contract A19)."""
    place = submission.place
    number = queries.last_number(tx, place) + 1
    return _stored(tx, submission, _code(tx, place.project_id), number)


def _code(tx: Transaction, project_id: UUID) -> str:
    """Raises NOT_FOUND: a body may have been on its way since before the project was purged."""
    code = queries.project_code(tx, project_id)
    if code is None:
        raise not_found("Project")
    return code
