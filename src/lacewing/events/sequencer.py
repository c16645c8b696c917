"""The task, one in each process, that gives events their place in the feed."""

import asyncio

import structlog

from lacewing.events.feed import order_arrivals
from lacewing.kit.errors import LacewingError
from lacewing.storage import Database

AGAIN_SECONDS = 1.0
PAUSE_SECONDS = 0.01

_log = structlog.get_logger(__name__)


async def keep_in_order(db: Database) -> None:
    """Until it is cancelled; survives any fault.

    Under load events are placed together, a hundred times a second at most.
    """
    with db.news.subscribe() as news:
        while True:
            if await _order_some(db):
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                await news.wait(AGAIN_SECONDS)


async def _order_some(db: Database) -> int:
    try:
        return await order_arrivals(db)
    except LacewingError:
        _log.warning("events could not be put in order")
    except Exception:  # noqa: BLE001 - without this task nobody hears of anything any more
        _log.exception("events could not be put in order")
    return 0
