"""Lists that come in pages: no page too many is read."""

from typing import TypeVar

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.grammar.telling import say
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.table import Column, is_terminal
from lacewing.client import Listing

Item = TypeVar("Item")
LARGEST_PAGE = 100


def show_first(
    at: Remote, listing: Listing[Item], limit: int, columns: tuple[Column, ...], nothing: str
) -> None:
    """No page too many is read; to a person it is said that there are more."""
    found: list[Item] = []
    total: int | None = None
    for page in at.client.pages(listing):
        found += listing.items(page)
        total = (page.get("meta") or page).get("total")
        if len(found) >= limit:
            break
    shown = found[:limit]
    at.output.rows(shown, columns, nothing)  # type: ignore[arg-type]  # a TypedDict is a Mapping
    if total is not None and len(shown) < total and is_terminal():
        say(f"{len(shown)} of {total}; --limit shows more.")


def page_size(limit: int) -> int:
    """Raises CommandError."""
    check_limit(limit)
    return min(limit, LARGEST_PAGE)


def check_limit(limit: int) -> None:
    """Raises CommandError."""
    if limit < 1:
        raise CommandError("--limit must be 1 at least.", Exit.USAGE)
