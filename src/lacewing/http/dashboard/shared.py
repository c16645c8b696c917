"""One report, for whoever was given a link to it (F-8)."""

from lacewing.http.attachment_links import linker
from lacewing.http.core import Core
from lacewing.http.dashboard.links import dead_link
from lacewing.http.dashboard.rendering import UNSEEN, page
from lacewing.http.dashboard.reports import entries, own_description
from lacewing.http.endpoint import NOBODY, Call, Reply, Routes
from lacewing.kit.errors import LacewingError
from lacewing.reports import Variant
from lacewing.shares import read_shared

routes = Routes("", "Pages")


_SPELT = {"chromeos": "ChromeOS", "ios": "iOS", "ipados": "iPadOS", "macos": "macOS"}


@routes.add(
    "GET",
    "/s/{token}",
    accepts=NOBODY,
    summary="A report that somebody shared",
    is_secret=True,
    is_documented=False,
)
async def show(core: Core, call: Call[None, None]) -> Reply:
    try:
        shared = await read_shared(core.db, call.visit, core.vault.ring, call.path["token"])
    except LacewingError as error:
        if error.code != "invalid_link":
            raise
        return dead_link(call, "shared")
    found, link, base = shared.found, linker(core), core.settings.base_url
    links = [link(picture, Variant.WHOLE) for picture in shared.pictures]
    return page(
        "shared.html",
        call,
        headers=UNSEEN,
        now=core.db.clock(),
        report=found,
        tracking_id=shared.tracking_id,
        description=own_description(found.description, found.given, found.when, found.then),
        environment=" · ".join(
            told for told in (_spelt(found.browser), _spelt(found.os), found.page) if told
        ),
        pictures=[address.removeprefix(base) for address in links if address],
        console=entries(shared.evidence.console),
        network=entries(shared.evidence.network),
    )


def _spelt(family: str | None) -> str:
    """Lists are filtered by a family's name in lower case."""
    return _SPELT.get(family, family.capitalize()) if family else ""
