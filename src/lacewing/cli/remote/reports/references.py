"""Which report is meant."""

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import Annotated

from lacewing.cli.grammar import Arg, CommandError, Exit
from lacewing.cli.remote.references import is_uuid, may_begin, the_one
from lacewing.cli.remote.remote import Remote
from lacewing.client import NotFoundError, reports

Which = Annotated[str, Arg("Its code like WEB-42, its id, or the id's beginning.", shown="REPORT")]
Several = Annotated[str, Arg("Codes like WEB-42, ids, or beginnings of ids.", shown="REPORT")]
_CODE = re.compile(r"[A-Za-z0-9]{2,10}-[0-9]{1,9}")
_SEARCHED = 1000


def reference(at: Remote, text: str) -> str:
    """As the server takes it: a code or an id as it is; which report's id begins so, the server says.

    One that is no Lacewing answers all of its reports: then it is looked for in the newest.
    Raises CommandError, ClientError.
    """
    text = text.strip()
    if is_uuid(text) or (_CODE.fullmatch(text) and not may_begin(text)):
        return text
    if not may_begin(text):
        hint = "It is a code like WEB-42, an id, or the id's first four characters at least."
        raise CommandError(f"{text!r} can not be a report.", Exit.USAGE, hint)
    if _CODE.fullmatch(text):
        with suppress(NotFoundError):
            return at.client.send(reports.get_report(text))["id"]
    found = islice(at.client.each(reports.list_reports(id=text.lower(), page_size=100)), _SEARCHED)
    return the_one("report", text, found)["id"]


def references(at: Remote, texts: Sequence[str]) -> list[str]:
    """At least one. Raises CommandError, ClientError."""
    if not texts:
        raise CommandError("Which report?", Exit.USAGE, "Give a code like WEB-42, or an id.")
    return [reference(at, text) for text in texts]
