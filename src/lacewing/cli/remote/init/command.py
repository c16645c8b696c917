"""`lacewing init`."""

import time
from pathlib import Path
from typing import Annotated, Final

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.init.frameworks import Framework, detect, is_python_program
from lacewing.cli.remote.init.insertion import Inserted, insert
from lacewing.cli.remote.projects import find_project
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import is_terminal, text_of
from lacewing.client import projects, reports
from lacewing.client.projects import Project, Snippet
from lacewing.client.reports import Report

POLL_SECONDS: Final = 2.0
_AT_A_TERMINAL_SECONDS: Final = 600
_WHICH: Final = "Which project (its number, or 0 for a new one)"
_PYTHON: Final = """\
Errors of the Python program itself can be reported, too. With LACEWING_URL and LACEWING_KEY set:
  from lacewing.client.logging import ReportHandler
  logging.getLogger().addHandler(ReportHandler())"""


def init(
    at: Remote,
    folder: Annotated[Path | None, Arg("The site's folder; this one unless told.", shown="FOLDER")] = None,
    *,
    project: Annotated[str | None, Arg("A project that there is; asked for unless told.", short="-p")] = None,
    name: Annotated[str | None, Arg("Make a project of this name.", short="-n")] = None,
    framework: Annotated[
        Framework | None, Arg("What the site is made with; seen from its files unless told.", short="-f")
    ] = None,
    write: Annotated[bool, Arg("Put the snippet into the file in which it belongs.", short="-w")] = False,
    wait: Annotated[
        int | None, Arg("Seconds to wait for a report; 600 at a terminal, else none.", shown="SECONDS")
    ] = None,
) -> None:
    """Bring the widget onto the site in a folder, and wait for its first report.

    Chooses or makes a project, sees what the site is made with, shows the snippet, and where it goes.

    Examples:
      lacewing init
      lacewing init --name "Web shop" --write
      lacewing init --project WEB --framework django --json
    """
    site = _folder(folder or Path())
    chosen = _project(at, project, name, site)
    kind = framework or detect(site)
    snippet = _snippet(at, chosen, kind)
    before = _newest(at, chosen)
    inserted = insert(site, kind, snippet) if write else None
    _tell(at, chosen, snippet, inserted)
    if is_python_program(site):
        say(_PYTHON)
    usual = _AT_A_TERMINAL_SECONDS if is_terminal() and not at.output.is_json else 0
    seconds = usual if wait is None else wait
    if seconds > 0:
        _wait(at, chosen, before, seconds)


def _folder(told: Path) -> Path:
    if not told.is_dir():
        raise CommandError(f"There is no folder {told}.", Exit.USAGE)
    return told.resolve()


def _project(at: Remote, told: str | None, name: str | None, folder: Path) -> Project:
    if told is not None:
        return find_project(at, told)
    if name is not None:
        return at.client.send(projects.create_project(name))
    found = at.client.send(projects.list_projects())
    if not is_terminal():
        return _the_only(found)
    for number, each in enumerate(found, 1):
        say(f"  {number}  {each['code']:10}  {text_of(each['name'])}")
    answer = at.ask(_WHICH, "1") if found else "0"
    while answer.isdecimal() and int(answer) > len(found):
        say(f"There is no number {answer}.")
        answer = at.ask(_WHICH, "1")
    if answer.isdecimal() and int(answer) == 0:
        return at.client.send(projects.create_project(at.ask("Its name", folder.name)))
    return found[int(answer) - 1] if answer.isdecimal() else find_project(at, answer)


def _the_only(found: list[Project]) -> Project:
    if len(found) == 1:
        return found[0]
    known = (
        f"There are several: {', '.join(each['code'] for each in found)}." if found else "There is none yet."
    )
    raise CommandError(f"Which project? {known}", Exit.USAGE, "Tell it by --project, or make one by --name.")


def _snippet(at: Remote, project: Project, kind: Framework) -> Snippet:
    offered = at.client.send(projects.list_snippets(project["id"]))["snippets"]
    found = next((each for each in offered if each["framework"] == kind), None)
    if found is None:
        known = ", ".join(each["framework"] for each in offered)
        raise CommandError(f"The server has no snippet for {kind}; it has: {known}.", Exit.NOT_FOUND)
    return found


def _tell(at: Remote, project: Project, snippet: Snippet, inserted: Inserted | None) -> None:
    if at.output.is_json:
        file = None if inserted is None else str(inserted.file)
        told = {
            **snippet,
            "project": project["code"],
            "projectId": project["id"],
            "apiKey": project["apiKey"],
        }
        at.output.record({**told, "written": file, "isNew": bool(inserted and inserted.is_new)}, ())
        return
    say(f"{project['code']}, {project['name']}: {snippet['title']}.")
    if snippet["install"]:
        say("First run:\n" + "\n".join(f"  {line}" for line in snippet["install"].split("\n")))
    if inserted is None:
        say(f"{snippet['file']}, {snippet['where']}:")
        at.output.text(snippet["code"])
    else:
        say(f"Written into {inserted.file}." if inserted.is_new else f"{inserted.file} has it already.")


def _wait(at: Remote, project: Project, before: Report | None, seconds: int) -> None:
    """Ctrl-C ends the waiting, not in anger. Raises CommandError if none came."""
    which = "first" if before is None else "next"
    deadline = time.monotonic() + seconds
    try:
        say(
            f"Waiting for the {which} report of {project['code']}: open the site, press its bug button. "
            "Ctrl-C ends this."
        )
        while (newest := _newest(at, project)) is None or (before and newest["id"] == before["id"]):
            left = deadline - time.monotonic()
            if left <= 0:
                hint = "Is the site reachable, and does its console say anything of Lacewing?"
                raise CommandError(f"No report came within {seconds} s.", hint=hint)
            time.sleep(min(left, POLL_SECONDS))
    except KeyboardInterrupt:
        say("\nReports will come without being waited for.")
        return
    code, title = newest["trackingId"], text_of(newest["title"])
    say(f"{code} has arrived: {title}\n{at.client.url}/b/{code}")


def _newest(at: Remote, project: Project) -> Report | None:
    return next(at.client.each(reports.list_reports(project=project["id"], page_size=1)), None)
