"""From a template and its context to a page in its language. Jinja is loaded for the first one."""

from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from lacewing.access.actor import Actor
from lacewing.http.arrival import Headers
from lacewing.http.content_policy import SCRIPTED
from lacewing.http.dashboard import spelling
from lacewing.http.dashboard.language import VARY, Language, language_of, theme_of
from lacewing.http.dashboard.words import text_in, text_of, text_of_many
from lacewing.http.endpoint import Call, Reply
from lacewing.http.static import built_files
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
    call: Call[Any, Any],
    *,
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
    **context: object,
) -> Reply:
    """Stored by no cache: after logging out, going back shows nothing."""
    body = render(template, call.known_actor, call.headers, **context)
    return Reply(status=status, headers=(NO_STORE, VARY, *headers), raw=body, media_type=HTML)


def render(template: str, actor: Actor | None, headers: Headers, **context: object) -> bytes:
    """What a template wants stands at its top."""
    frame = {"person": actor.person if actor else None, "theme": theme_of(headers)}
    text: str = environment(language_of(headers)).get_template(template).render(context, **frame)
    return text.encode()


@lru_cache(maxsize=len(Language))
def environment(language: Language) -> Any:  # noqa: ANN401 - a type of the module that is loaded on first use
    """One a language: macros that are imported see nothing of a page's context."""
    made = _jinja.Environment(
        loader=_jinja.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=_jinja.StrictUndefined,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    speak = (partial(text, language) for text in (text_of, text_of_many))
    made.install_gettext_callables(*speak, newstyle=True, pgettext=partial(text_in, language))
    made.globals |= {"asset": built_files().url, "language": language.value}
    made.filters |= {name: partial(spell, language) for name, spell in spelling.FILTERS.items()}
    return made
