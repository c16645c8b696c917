"""Which report is meant."""

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.references import is_uuid, may_be_part, the_one
from lacewing.cli.remote.remote import Remote
from lacewing.client import NotFoundError, reports

Which = Annotated[str, Arg("Its code like WEB-42, its id, or a part of the id.", shown="REPORT")]
Several = Annotated[str, Arg("Codes like WEB-42, ids, or parts of ids.", shown="REPORT")]
_CODE = re.compile(r"[A-Za-z0-9]{2,10}-[0-9]{1,9}")
_SEARCHED = 1000


def reference(at: Remote, text: str) -> str:
    """As the server takes it: a code or an id as it is; a part of an id is looked for in the newest reports.

    Raises CommandError, ClientError.
    """
    if is_uuid(text) or (_CODE.fullmatch(text) and not may_be_part(text)):
        return text
    if not may_be_part(text):
        hint = "It is a code like WEB-42, an id, or four characters of the id at least."
        raise CommandError(f"{text!r} can not be a report.", Exit.USAGE, hint)
    if _CODE.fullmatch(text):
        with suppress(NotFoundError):
            return at.client.send(reports.get_report(text))["id"]
    newest = islice(at.client.each(reports.list_reports(page_size=100)), _SEARCHED)
    return the_one("report", text, newest)["id"]


def references(at: Remote, texts: Sequence[str]) -> list[str]:
    """At least one. Raises CommandError, ClientError."""
    if not texts:
        raise CommandError("Which report?", Exit.USAGE, "Give a code like WEB-42, or an id.")
    return [reference(at, text) for text in texts]
