"""From a template and its context to a page. Jinja is loaded for the first one."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from lacewing.access.actor import Actor
from lacewing.http.content_policy import SCRIPTED
from lacewing.http.endpoint import Reply
from lacewing.http.static import built_files
from lacewing.kit.agents import client_of
from lacewing.kit.lazy import LazyModule

HTML = "text/html; charset=utf-8"
NO_STORE = ("Cache-Control", "no-store")
# For a page that loads a script, and for one that a link in a mail leads to: it is its holder's alone (F-8).
WITH_SCRIPT = (("Content-Security-Policy", SCRIPTED),)
UNSEEN = (("X-Robots-Tag", "noindex"), ("Referrer-Policy", "no-referrer"))
TEMPLATES = Path(__file__).parent / "templates"

_jinja = LazyModule("jinja2")


def page(
    template: str,
    actor: Actor | None,
    *,
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
    **context: object,
) -> Reply:
    """Stored by no cache: after logging out, going back shows nothing."""
    body = render(template, actor, **context)
    return Reply(status=status, headers=(NO_STORE, *headers), raw=body, media_type=HTML)


def render(template: str, actor: Actor | None, **context: object) -> bytes:
    """What a template wants stands at its top."""
    person = actor.person if actor else None
    text: str = _environment().get_template(template).render(context, person=person)
    return text.encode()


@lru_cache(maxsize=1)
def _environment() -> Any:  # noqa: ANN401 - a type of the module that is loaded on first use
    environment = _jinja.Environment(
        loader=_jinja.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=_jinja.StrictUndefined,
        auto_reload=False,
    )
    environment.globals["asset"] = built_files().url
    environment.filters["client"] = client_of
    return environment
