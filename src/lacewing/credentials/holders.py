"""Who has the account with an address, for somebody to be taken for that person by it alone."""

from collections.abc import Sequence
from dataclasses import replace

from lacewing.accounts import Holder, people_by_email
from lacewing.credentials import queries
from lacewing.storage import Transaction


def holders_of(tx: Transaction, emails: Sequence[str]) -> dict[str, Holder]:
    """By the normal form of their addresses; who has no account is left out.

    Proven is, besides who confirmed it, whom an operator made and nobody has been yet: only a link that is
    mailed leads into that account. Who has been it came by a way in, though that be gone.
    """
    found = people_by_email(tx, emails)
    untouched = {each.id for each in found.values() if not (each.is_proven or each.has_way_in)}
    untouched -= queries.who_had_sessions(tx, sorted(untouched))
    return {
        email: replace(each, is_proven=each.is_proven or each.id in untouched)
        for email, each in found.items()
    }
