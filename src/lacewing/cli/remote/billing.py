"""`lacewing billing`: of a BugSpark server that sells; of your own there is nothing to pay."""

from typing import Annotated

from lacewing.cli.grammar import Arg
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.output import moment
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column
from lacewing.client import account
from lacewing.client.account import Subscription
from lacewing.kit.lazy import LazyModule

_webbrowser = LazyModule("webbrowser")
_FREE = "self-hosted"
_NOTHING = "This server is your own: there is nothing to pay."


def _amount(told: Subscription) -> str | None:
    amount = told.get("amount")
    return None if not amount else f"HK${amount / 100:.2f} a {told.get('billingInterval') or 'period'}"


_SHOWN = (
    Column("plan", lambda told: told.get("plan")),
    Column("status", lambda told: told.get("status")),
    Column("amount", _amount),
    Column("until", lambda told: moment(told.get("currentPeriodEnd"))),
    Column("ends then", lambda told: told.get("cancelAtPeriodEnd")),
)


def status(at: Remote) -> None:
    """The plan, and until when it is paid.

    Examples:
      lacewing billing status
    """
    at.output.record(at.client.send(account.subscription()), _SHOWN)


def upgrade(at: Remote) -> None:
    """Open the page where plans are sold, where any are.

    Examples:
      lacewing billing upgrade
    """
    told = at.client.send(account.subscription())
    if told.get("plan") == _FREE:
        at.output.done(_NOTHING, told)
        return
    say(f"Open {at.client.url}")
    _webbrowser.open(at.client.url)


def cancel(
    at: Remote, *, force: Annotated[bool, Arg("Do not ask whether you are sure.", short="-f")] = False
) -> None:
    """Cancel the subscription at the end of what is paid.

    Examples:
      lacewing billing cancel --force
    """
    told = at.client.send(account.subscription())
    if told.get("plan") == _FREE:
        at.output.done(_NOTHING, told)
        return
    at.confirm("Cancel the subscription?", is_sure=force)
    at.output.done("Cancelled.", at.client.send(account.cancel_subscription()))
