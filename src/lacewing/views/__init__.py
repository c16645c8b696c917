"""Saved views: queries of a project that have a name, of one person or of all who read the project."""

from lacewing.views.count_view import ViewCount, count_view
from lacewing.views.save_views import change_view, create_view, delete_view, list_views
from lacewing.views.values import LAST_POSITION, LONGEST_NAME, NewView, SavedView, ViewChange

__all__ = [
    "LAST_POSITION",
    "LONGEST_NAME",
    "NewView",
    "SavedView",
    "ViewChange",
    "ViewCount",
    "change_view",
    "count_view",
    "create_view",
    "delete_view",
    "list_views",
]
