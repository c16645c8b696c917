"""The dashboard: one document for every path below /app, which its script fills from the public API."""

from lacewing.http.arrival import Headers, cookie
from lacewing.http.content_policy import SCRIPTED
from lacewing.http.core import Core
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import APP, plain_twin
from lacewing.http.endpoint import COOKIE, Call, Reply, Routes

routes = Routes("", "Dashboard")

THEME_COOKIE = "lacewing_theme"
LANGUAGE_COOKIE = "lacewing_language"
THEMES = ("light", "dark")
LANGUAGES = ("en", "de")


async def show(core: Core, call: Call[None, None]) -> Reply:
    """Theme and language stand in the document, so that neither changes once it is painted."""
    return page(
        "app.html",
        call.actor,
        headers=(("Content-Security-Policy", SCRIPTED), ("Vary", "Accept-Language, Cookie")),
        theme=_one_of(THEMES, cookie(call.headers, THEME_COOKIE)),
        language=_language(call.headers),
        plain_twin=plain_twin(f"{APP}/{call.path.get('app_path', '')}"),
    )


for _path in ("/app", "/app/{app_path:path}"):
    routes.add("GET", _path, accepts=COOKIE, summary="The dashboard", is_documented=False)(show)


def _language(headers: Headers) -> str:
    """Chosen by hand, or the first of ours that the browser prefers."""
    chosen = _one_of(LANGUAGES, cookie(headers, LANGUAGE_COOKIE))
    return chosen or next(filter(None, map(_known, _preferred(headers))), LANGUAGES[0])


def _known(tag: str) -> str | None:
    return _one_of(LANGUAGES, tag.strip().lower().partition("-")[0])


def _preferred(headers: Headers) -> list[str]:
    """Browsers list what their person reads in the order of preference."""
    return [part.partition(";")[0] for part in (headers.get(b"accept-language") or "").split(",")]


def _one_of(words: tuple[str, ...], word: str | None) -> str | None:
    return word if word in words else None
