"""Links that show one report to whoever has them, without an account, for a while."""

from lacewing.shares.read_shared import read_shared
from lacewing.shares.share_report import create_share_link, list_share_links, revoke_share_link
from lacewing.shares.values import (
    LONGEST_DAYS,
    USUAL_DAYS,
    MadeShareLink,
    NewShareLink,
    SharedReport,
    ShareLink,
)

__all__ = [
    "LONGEST_DAYS",
    "USUAL_DAYS",
    "MadeShareLink",
    "NewShareLink",
    "ShareLink",
    "SharedReport",
    "create_share_link",
    "list_share_links",
    "read_shared",
    "revoke_share_link",
]
