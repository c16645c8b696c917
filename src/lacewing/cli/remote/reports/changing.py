"""`lacewing reports update` and `assign`."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated, Any

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.failures import in_options
from lacewing.cli.remote.people import NOBODY, person_id
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.many import do_for_each
from lacewing.cli.remote.reports.references import Several, Which, reference, references
from lacewing.cli.remote.words import Category, Severity, Status
from lacewing.client import RefusalError, projects, reports
from lacewing.client.reports import ReportDetail
from lacewing.client.request import filled


def update_reports(  # noqa: PLR0913 - one option each
    at: Remote,
    *which: Several,
    status: Annotated[Status | None, Arg("Its new state; open takes it up again.", "-s")] = None,
    severity: Annotated[Severity | None, Arg("How grave it is.")] = None,
    category: Annotated[Category | None, Arg("Of what kind it is.")] = None,
    title: Annotated[str | None, Arg("Its new title.", "-t")] = None,
    description: Annotated[str | None, Arg("Its new description.", "-d", "TEXT")] = None,
    assignee: Annotated[str | None, Arg("Who sees to it: me, an address, a name, none.", "-a")] = None,
    add_label: Annotated[list[str] | None, Arg("Labels that it is to have besides.", shown="LABEL")] = None,
    remove_label: Annotated[list[str] | None, Arg("Labels that it is to lose.", shown="LABEL")] = None,
    watch: Annotated[bool | None, Arg("Whether you are told what becomes of it.")] = None,
) -> int:
    """Change one report or several; what is not told stays.

    What is refused for one of several is done for the others; the exit code is then 5.

    Examples:
      lacewing reports update WEB-42 --status in_progress --assignee me
      lacewing reports update WEB-42 WEB-43 WEB-50 -s closed --add-label wontfix
      lacewing reports update WEB-42 --watch true
    """
    change = filled(status=status, severity=severity, category=category, title=title, description=description)
    labels = filled(add_labels=add_label, remove_labels=remove_label)
    if not change and not labels and assignee is None and watch is None:
        raise CommandError("Nothing is to be changed.", Exit.USAGE, "See lacewing reports update --help.")
    ids = references(at, which)
    if assignee is not None:
        change["assignee_id"] = person_id(at, _project_of(at, ids[0], assignee), assignee)
    return do_for_each(at, ids, lambda report: _update(at, report, change, labels, watch), "Changed")


def assign_report(
    at: Remote,
    report: Which,
    person: Annotated[str, Arg("me, an address, a name, an id; none for nobody.")] = "me",
) -> None:
    """Say who sees to a report.

    Examples:
      lacewing reports assign WEB-42
      lacewing reports assign WEB-42 ada@example.com
      lacewing reports assign WEB-42 none
    """
    found = reference(at, report)
    assignee = person_id(at, _project_of(at, found, person), person)
    changed = at.client.send(reports.change_report(found, {"assignee_id": assignee}))
    whom = "nobody" if assignee is None else "you" if person == "me" else person
    at.output.done(f"{changed['trackingId']} is assigned to {whom}.", changed)


def _update(
    at: Remote, report: str, change: Mapping[str, Any], labels: Mapping[str, Any], watch: bool | None
) -> ReportDetail:
    """Labels come and go by the request for many: that names the change, where PATCH names all that stay."""
    if watch is not None:
        at.client.send(reports.watch_report(report) if watch else reports.unwatch_report(report))
    if labels:
        (item,) = at.client.send(reports.change_reports([report], labels))["items"]
        if not item["ok"]:
            code = Exit.NOT_FOUND if item["code"] == "not_found" else Exit.REFUSED
            hint = _known_labels(at, report) if code == Exit.REFUSED else ""
            raise CommandError(in_options(item["detail"] or "It was refused."), code, hint)
    wanted = reports.change_report(report, change) if change else reports.get_report(report)
    return at.client.send(wanted)


def _known_labels(at: Remote, report: str) -> str:
    """What to do about one that there is not."""
    with suppress(RefusalError):
        project = at.client.send(reports.get_report(report))["projectId"]
        known = ", ".join(label["name"] for label in at.client.send(projects.list_labels(project)))
        return f"The project's labels are {known}." if known else "The project has no labels yet."
    return ""


def _project_of(at: Remote, report: str, person: str) -> str:
    """It is asked for only where somebody's name has to be looked for."""
    return "" if person in {"me", *NOBODY} else at.client.send(reports.get_report(report))["projectId"]
