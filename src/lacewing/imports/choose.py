"""Which of a source's projects are taken over."""

from collections.abc import Sequence

from lacewing.imports.values import SourceError, SourceProject
from lacewing.imports.wish import Wish


def choose_projects(projects: Sequence[SourceProject], wish: Wish) -> list[SourceProject]:
    """By name, whatever its case, or by id. Raises SourceError."""
    found = [project for project in projects if _is_wanted(project, wish.only)]
    if not found:
        there = ", ".join(project.name for project in projects) or "none"
        raise SourceError(f"The source has no project {wish.only}. It has: {there}.")
    live = [project for project in found if not project.is_deleted]
    if wish.project is not None and len(live) > 1:
        sentence = (
            f"The source has {len(live)} projects: say with --only which of them goes into {wish.project}."
        )
        raise SourceError(sentence)
    return found


def _is_wanted(project: SourceProject, only: str | None) -> bool:
    return only is None or only in {project.key} or only.casefold() == project.name.casefold()
