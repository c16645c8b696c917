"""What is written to reporters: no word of a comment, and no more of their report than its title begins with.

Anybody can give somebody else's address with a report, and whatever title it likes.
"""

from collections.abc import Mapping

from lacewing.outbox import Mail, MailKind
from lacewing.reporters.cases import Case
from lacewing.reporters.links import NewLink
from lacewing.reporters.news import Cause
from lacewing.reports import Status

LONGEST_SHOWN = 60

_KINDS: Mapping[Cause, MailKind] = {
    Cause.CREATED: MailKind.REPORTER_CONFIRMED,
    Cause.ANSWERED: MailKind.REPORTER_ANSWERED,
    Cause.ENDED: MailKind.REPORTER_ENDED,
}


def mail_of(case: Case, link: NewLink) -> Mail:
    hearer = case.hearer
    values = {
        "report": hearer.tracking_id,
        "title": _cut(hearer.title),
        "project": _cut(hearer.project_name),
        "token": link.token,
    }
    if case.cause is Cause.ENDED:
        values["outcome"] = "resolved" if hearer.status is Status.RESOLVED else "closed"
    thread, stop = f"reporter-{hearer.report_id}", f"/r/{link.token}/stop"
    return Mail(_KINDS[case.cause], case.address, values, thread=thread, unsubscribe=stop)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
