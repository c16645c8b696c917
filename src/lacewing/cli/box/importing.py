"""`lacewing import`: what another tracker holds, into an organization; on the server's own machine."""

import fcntl
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from uuid import UUID

from lacewing.cli.box.import_summary import as_json, lines_of, plain
from lacewing.cli.box.on_core import CONSOLE, Data, print_told
from lacewing.cli.box.progress import progress
from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.http.core import Core
from lacewing.imports import Outcome, Source, SourceError, Wish, import_source, open_bugpin, open_bugspark
from lacewing.kit.errors import ErrorKind, LacewingError

LOCK_FILE = "import.lock"

Into = Annotated[
    str, Arg("The organization that it goes into: its slug, or its id.", short="-o", shown="SLUG")
]
ProjectCode = Annotated[str | None, Arg("Code of a project that is here: all goes into that.", shown="CODE")]
Only = Annotated[str | None, Arg("Name or id of the one project of theirs to take.", shown="NAME")]
Files = Annotated[Path | None, Arg("A copy of the folder or bucket with its pictures.", shown="FOLDER")]
People = Annotated[bool, Arg("Make accounts for its members, with their roles. No mail is sent.")]
DryRun = Annotated[bool, Arg("Change nothing: say what would be done.")]
Notes = Annotated[Path | None, Arg("Write what could not be taken as it was into this file, a line each.")]
Json = Annotated[bool, Arg("Answer in JSON.", name="--json")]


def import_bugspark(  # noqa: PLR0913 - its options
    source: Annotated[str, Arg("postgresql://... of its database, or the JSON file of an export.")],
    *,
    organization: Into,
    project: ProjectCode = None,
    only: Only = None,
    files: Files = None,
    people: People = False,
    dry_run: DryRun = False,
    notes: Notes = None,
    is_json: Json = False,
    data: Data = None,
) -> None:
    """Take over the projects and reports of a BugSpark.

    A second run adds only what is new there.

    Examples:
      lacewing import bugspark postgresql://reader@localhost/bugspark -o acme --files ./bucket --dry-run
      lacewing import bugspark export.json -o acme --project WEB
    """
    wish = Wish(_named(organization), project, only, files, with_people=people, is_dry=dry_run)
    _import(lambda: open_bugspark(source), wish, notes, data, is_json=is_json)


def import_bugpin(  # noqa: PLR0913 - its options
    source: Annotated[str, Arg("Its data folder, or the bugpin.db in it.")],
    *,
    organization: Into,
    project: ProjectCode = None,
    only: Only = None,
    files: Files = None,
    people: People = False,
    dry_run: DryRun = False,
    notes: Notes = None,
    is_json: Json = False,
    data: Data = None,
) -> None:
    """Take over the projects and reports of a BugPin.

    Pictures are looked for in its data folder (of a bugpin.db alone, in the folder uploads beside it), unless
    --files names another. A second run adds only what is new there.

    Examples:
      lacewing import bugpin /var/lib/bugpin/data -o acme --people --dry-run
    """
    where = files or _pictures_of(Path(source))
    wish = Wish(_named(organization), project, only, where, with_people=people, is_dry=dry_run)
    _import(lambda: open_bugpin(source), wish, notes, data, is_json=is_json)


def _pictures_of(source: Path) -> Path | None:
    """What lies beside a file that was copied somewhere is not BugPin's, whatever its rows name."""
    if source.is_dir():
        return source
    uploads = source.with_name("uploads")
    return uploads if uploads.is_dir() else None


def _import(
    opened: Callable[[], Source], wish: Wish, notes: Path | None, data: Path | None, *, is_json: bool
) -> None:
    if wish.files is not None and not wish.files.is_dir():
        raise CommandError(f"{wish.files} is no folder.", Exit.USAGE)

    async def work(core: Core) -> Sequence[str]:
        with _told(), _alone(core.settings.data), progress() as bars:
            source = opened()
            try:
                outcome = await import_source(core.db, CONSOLE, core.blobs, source, wish, bars)
            finally:
                source.close()
        if notes is not None:
            _write(notes, outcome)
        return [json.dumps(as_json(outcome, wish))] if is_json else lines_of(outcome, wish)

    print_told(data, work)


def _named(organization: str) -> UUID | str:
    try:
        return UUID(organization)
    except ValueError:
        return organization


@contextmanager
def _told() -> Iterator[None]:
    """One sentence for whatever can not be done."""
    try:
        yield
    except SourceError as error:
        raise CommandError(str(error)) from error
    except LacewingError as error:
        code = Exit.NOT_FOUND if error.kind is ErrorKind.NOT_FOUND else Exit.FAILED
        hint = "What was imported so far stays; the same command goes on from there."
        raise CommandError(error.message, code, "" if code is Exit.NOT_FOUND else hint) from error


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One import at a time."""
    with (data / LOCK_FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError("Another import is running on this data folder.") from error
        yield


def _write(path: Path, outcome: Outcome) -> None:
    try:
        lines = (f"{plain(f'{origin}: {sentence}')}\n" for origin, sentence in outcome.notes)
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} can not be written ({error.strerror}); all else is done.") from error
