"""`lacewing report`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.connection import from_environment
from lacewing.cli.remote.failures import command_error
from lacewing.cli.remote.progress import Progress
from lacewing.cli.remote.projects import chosen_project
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reporting.draft import Draft, of_command
from lacewing.cli.remote.reporting.files import Enclosed, check_number, read_logs, read_screenshot
from lacewing.cli.remote.reporting.running import run
from lacewing.cli.remote.texts import text_from
from lacewing.cli.remote.words import Category, Severity
from lacewing.client import Client, ClientError, RefusalError, Request, Upload, reports
from lacewing.client.exchange import base_of
from lacewing.client.reports import Receipt, Uploaded

# Who leaves the s of `reports` out must not send a report by it.
_DONE_TO_REPORTS: Final = frozenset(
    {"assign", "comment", "delete", "export", "list", "merge", "open", "unmerge", "update", "view", "watch"}
)
_NOT_TOLD: Final = "The failure was not reported."


def report(  # noqa: PLR0913 - one option each
    at: Remote,
    title: Annotated[str | None, Arg("What is wrong, in a line; asked for unless told.")] = None,
    *words: Annotated[str, Arg("With --command: the command to run, after --.", shown="CMD")],
    command: Annotated[bool, Arg("Run the command after --, and report it if it fails.")] = False,
    description: Annotated[str, Arg("More of it; - reads standard input.", short="-d")] = "",
    log: Annotated[list[Path] | None, Arg("A file that goes along; up to 5.", short="-l")] = None,
    screenshot: Annotated[Path | None, Arg("A PNG, JPEG or WebP picture.")] = None,
    severity: Annotated[Severity | None, Arg("How bad it is; medium unless told, high of a command.")] = None,
    category: Annotated[Category, Arg("What it is about.")] = "bug",
    reporter: Annotated[str | None, Arg("Who noticed it: a name or an address.")] = None,
    project: Annotated[str | None, Arg("The project, where you are logged in.", short="-p")] = None,
    key: Annotated[
        str | None,
        Arg("The project's publishable key, to be used without a login; LACEWING_KEY unless told."),
    ] = None,
) -> int:
    """Send a report, or run a command and report it if it fails.

    A command's output and exit code pass through, whatever becomes of the report. Of logs and output the last
    megabyte goes along, and what looks like a secret is replaced by [removed].

    Examples:
      lacewing report "Checkout fails" -d "Since this morning." --severity high
      lacewing report "Nightly import" --log import.log --screenshot page.png --project WEB
      LACEWING_KEY=bsk_pub_... lacewing report --command -- make test
    """
    if title in _DONE_TO_REPORTS and not command:
        hint = f"Did you mean lacewing reports {title}? A report's title is more than this word."
        raise CommandError(f"There is no command lacewing report {title}.", Exit.USAGE, hint)
    if command != bool(words):
        raise CommandError("A command stands after --command --, and a title in quotes.", Exit.USAGE)
    draft = Draft(
        title or "",
        text_from(description, None, "description") if description == "-" else description,
        severity or ("high" if command else "medium"),
        category,
        reporter,
        screenshot=None if screenshot is None else read_screenshot(screenshot),
    )
    goal = _Goal(at, project, key or (None if project else from_environment("LACEWING_KEY")))
    if command:
        check_number(log or ())
        return _run(goal, words, draft, log or ())
    logs = read_logs(log or ())
    sent = goal.send(replace(draft, title=title or at.ask("Title"), logs=tuple(logs)))
    url = goal.page_of(sent)
    at.output.done(f"Reported as {sent['trackingId']}: {url}", {**sent, "url": url})
    return Exit.OK


@dataclass(frozen=True, slots=True)
class _Goal:
    """The project that a report is for: named by its publishable key, or found with the person's token."""

    at: Remote
    project: str | None
    key: str | None

    def check(self) -> None:
        """Without asking the server. Raises CommandError."""
        if self.at.connection.token is None and self.key is None:
            hint = "Set LACEWING_KEY to the project's publishable key, or log in: lacewing login"
            raise CommandError("Nobody is logged in.", Exit.NOT_LOGGED_IN, hint)

    def send(self, draft: Draft) -> Receipt:
        """Raises CommandError, ClientError."""
        self.check()
        if self.key is not None:
            client = self.at.connect(self.at.connection.url, key=self.key)
            return client.send(_request(client, draft, None))
        found = chosen_project(self.at, self.project)
        has_files = draft.logs or draft.screenshot
        intake = self.at.connect(self.at.client.url, key=found["apiKey"]) if has_files else self.at.client
        return self.at.client.send(_request(intake, draft, found["id"]))

    def page_of(self, sent: Receipt) -> str:
        return f"{base_of(self.at.connection.url)}/b/{sent['trackingId']}"


def _run(goal: _Goal, command: Sequence[str], draft: Draft, logs: Sequence[Path]) -> int:
    """Whatever becomes of the report, the command's exit code is answered."""
    try:
        goal.check()
    except CommandError as error:
        say(f"{error} If the command fails, it is not reported.\n{error.hint}")
    ended = run(command)
    if ended.code != 0 and not ended.was_stopped:
        try:
            sent = goal.send(of_command(command, ended, replace(draft, logs=_found(logs))))
            say(f"Reported as {sent['trackingId']}: {goal.page_of(sent)}")
        except CommandError as error:
            say(f"{_NOT_TOLD} {error}")
        except ClientError as error:
            say(f"{_NOT_TOLD} {command_error(error)}")
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - its text may hold a token
            say(f"{_NOT_TOLD} ({type(error).__name__})")
    return ended.code


def _found(logs: Sequence[Path]) -> tuple[Enclosed, ...]:
    """A command that failed may not have written them all."""
    found = [path for path in logs if path.is_file()]
    for path in logs:
        if path not in found:
            say(f"{path} is left out: there is no such file.")
    return tuple(read_logs(found))


def _request(intake: Client, draft: Draft, project: str | None) -> Request[Receipt]:
    """Its files are handed in before."""
    logs = [_key_of(intake, log, reports.upload_attachment) for log in draft.logs]
    evidence = dict(draft.evidence)
    if draft.screenshot is not None:
        evidence["screenshot_url"] = _key_of(intake, draft.screenshot, reports.upload_screenshot)
    return reports.send_report(
        draft.title,
        description=draft.description,
        severity=draft.severity,
        category=draft.category,
        project=project,
        reporter=draft.reporter,
        attachments=[key for key in logs if key],
        evidence=evidence,
    )


def _key_of(intake: Client, file: Enclosed, asked: Callable[[Upload], Request[Uploaded]]) -> str | None:
    """What the server does not take is left out, and said: no report is lost over a file."""
    try:
        with Progress(f"Sending {file.name}", len(file.content)) as progress:
            return intake.send(asked(file.upload(progress)))["key"]
    except RefusalError as error:
        say(f"{file.name} is left out: {error}")
        return None
