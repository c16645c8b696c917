"""The same for one report or several."""

from collections.abc import Callable, Sequence

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.failures import command_error
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.listing import LISTED
from lacewing.client import RefusalError
from lacewing.client.reports import ReportDetail


def do_for_each(at: Remote, ids: Sequence[str], verb: Callable[[str], ReportDetail], did: str) -> int:
    """What is refused for one of several is told, and done for the others.

    Raises CommandError, ClientError.
    """
    if len(ids) == 1:
        changed = verb(ids[0])
        at.output.done(f"{did} {changed['trackingId']}.", changed)
        return Exit.OK
    done: list[ReportDetail] = []
    for each in ids:
        try:
            done.append(verb(each))
        except (CommandError, RefusalError) as error:
            say(f"{each}: {command_error(error) if isinstance(error, RefusalError) else error}")
        else:
            if not at.output.is_json:
                say(f"{did} {done[-1]['trackingId']}.")
    if at.output.is_json:
        at.output.rows(done, LISTED, "")
    return Exit.OK if len(done) == len(ids) else Exit.REFUSED
