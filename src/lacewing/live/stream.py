"""One follower's stream: what waits for it, in bounded room."""

import asyncio
from collections import deque
from uuid import UUID

from lacewing.access.actor import Actor, Place
from lacewing.access.permissions import Permission
from lacewing.live.kinds import OF_LOGS
from lacewing.live.values import Change, Knock, Piece

MOST_WAITING = 1000


class Stream:
    """Lives in one event loop. `project_id` is the one project that is followed, if it is only one.

    What came at or before `after` is not told.
    """

    def __init__(self, knock: Knock, actor: Actor, project_id: UUID | None, after: int | None) -> None:
        self.knock = knock
        self.actor = actor
        self.project_id = project_id
        self.after = after
        self.check_at = 0.0
        self.is_over = False
        self._is_reset = False
        self._waiting: deque[Change] = deque()
        self._wake = asyncio.Event()

    def sees(self, place: Place) -> bool:
        if self.project_id is not None and self.project_id != place.project_id:
            return False
        return self.actor.can(Permission.REPORTS_READ, place)

    def hears(self, change: Change, place: Place | None) -> bool:
        """Of reports and projects who reads them hears; of how they are run, who reads or runs that.

        `place` is the change's project, if it has one that is there.
        """
        if change.kind not in OF_LOGS:
            return place is not None and self.sees(place)
        if self.project_id is not None and self.project_id != change.project_id:
            return False
        return (
            (place is not None and self.actor.can(Permission.PROJECTS_WRITE, place))
            or (
                change.organization_id is not None
                and self.actor.can_in_organization(Permission.EVENTS_READ, change.organization_id)
            )
            or self.actor.can_of_self(Permission.EVENTS_READ, change.people)
        )

    def push(self, change: Change) -> None:
        """Whoever does not keep up is cut, and told so."""
        if self.is_over or (self.after is not None and change.sequence <= self.after):
            return
        if len(self._waiting) >= MOST_WAITING:
            self.cut()
            return
        self._waiting.append(change)
        self._wake.set()

    def cut(self) -> None:
        """Ends it with a reset."""
        if not self.is_over:
            self._is_reset = True
            self.end()

    def end(self) -> None:
        """Nothing more is told, not even what waits."""
        self.is_over = True
        self._waiting.clear()
        self._wake.set()

    async def wait(self, seconds: float) -> None:
        """Until something waits, or it is over, or the time is."""
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    def take(self, position: int) -> Piece:
        """All that waits; `position` is how far the hub has told."""
        self._wake.clear()
        changes = tuple(self._waiting)
        self._waiting.clear()
        return Piece(max(position, self.after or 0), changes, self._is_reset)
