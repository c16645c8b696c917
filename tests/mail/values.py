"""What each kind of mail is given, as the comments in outbox/values.py name it."""

from typing import Final

from lacewing.kit.json import dumps
from lacewing.outbox import MailKind

FIREFOX: Final = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EVERY_VALUE: Final = {
    "agent": FIREFOX,
    "days": "7",
    "expires_at": "2026-04-01T09:00:00+00:00",
    "host": "hooks.example",
    "inviter": "Bob Builder",
    "ip": "203.0.113.7",
    "items": dumps(
        [
            {
                "report": f"WEB-{number}",
                "title": "Pay does nothing",
                "project": "Orchard",
                "told": "Bob commented",
                "path": f"/b/garden/WEB-{number}",
            }
            for number in (42, 43)
        ]
    ),
    "more": "5",
    "name": "Ada Lovelace",
    "new_email": "ada@new.example",
    "organization": "The Garden",
    "outcome": "resolved",
    "path": "/b/garden/WEB-42",
    "prefix": "bsk_pat_3fK9xQ2a",
    "project": "Orchard",
    "report": "WEB-42",
    "revoked": "yes",
    "role": "editor",
    "title": "Pay does nothing",
    "token": "3fK9xQ2aZ8LmN0pR5tV7wY1bC4dE6gH9",
    "token_name": "nightly build",
    "what": "An authenticator app was added.",
    "where": "report WEB-42",
    "why": "it is assigned to you",
}
OF_ONE_REPORT: Final = dumps(
    [{"told": "Bob resolved it", "excerpt": ""}, {"told": "Bob commented", "excerpt": "It works now."}]
)
NAMELESS: Final = {
    MailKind.INVITATION,
    MailKind.REPORTER_ANSWERED,
    MailKind.REPORTER_CONFIRMED,
    MailKind.REPORTER_ENDED,
}
_NAMES: Final = {
    MailKind.ACCOUNT_DELETED: "ip agent",
    MailKind.EMAIL_CHANGED: "new_email token ip agent",
    MailKind.EMAIL_CONFIRM: "token",
    MailKind.EMAIL_VERIFY: "token",
    MailKind.INVITATION: "organization project role inviter token",
    MailKind.LEAK_FOUND: "token_name prefix where",
    MailKind.MFA_CHANGED: "what ip agent",
    MailKind.NEW_DEVICE: "ip agent",
    MailKind.NEWS_DIGEST: "items more",
    MailKind.PASSWORD_CHANGED: "ip agent",
    MailKind.PASSWORD_RESET: "token ip agent",
    MailKind.REGISTERED_ALREADY: "ip",
    MailKind.REPORT_NEWS: "report title project path why items",
    MailKind.REPORTER_ANSWERED: "report title project token",
    MailKind.REPORTER_CONFIRMED: "report title project token",
    MailKind.REPORTER_ENDED: "report title project outcome token",
    MailKind.REPORTS_EXPIRING: "project what days expires_at",
    MailKind.SESSION_REUSED: "ip agent",
    MailKind.TOKEN_CREATED: "token_name prefix ip agent",
    MailKind.TOKEN_EXPIRING: "token_name prefix expires_at days",
    MailKind.TOKEN_REUSED: "token_name prefix revoked ip agent",
    MailKind.WEBHOOK_DISABLED: "project host what",
}


def values_of(kind: MailKind, **changed: str) -> dict[str, str]:
    names = [*_NAMES[kind].split(), *([] if kind in NAMELESS else ["name"])]
    given = {name: EVERY_VALUE[name] for name in names}
    if kind is MailKind.REPORT_NEWS:
        given["items"] = OF_ONE_REPORT
    return given | changed
