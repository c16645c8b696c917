"""From a mail's kind and values to a subject, a plain text and a page. Jinja is loaded for the first one."""

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lacewing.kit.agents import client_of
from lacewing.kit.json import loads
from lacewing.kit.lazy import LazyModule
from lacewing.outbox import Mail

TEMPLATES = Path(__file__).parent / "templates"
TEXT_WIDTH = 76
HTML_WIDTH = 100
LONGEST_VALUE = 120
# Of what is quoted, and of what happened to one thing.
_LONGEST = {"excerpt": 700, "told": 400}
# What these say is made by us, or checked: everything else may have been chosen to look like a link.
_CHECKED = frozenset({"agent", "days", "expires_at", "ip", "new_email", "path", "revoked", "role", "token"})
_ORIGIN = (("ip", "IP address"), ("agent", "Client"))

_jinja = LazyModule("jinja2")
_markupsafe = LazyModule("markupsafe")

# Controls, line ends, and what turns the direction of the text around it.
_UNPRINTABLE = re.compile("[\x00-\x20\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_LINKING = re.compile(r"(?<=\S)(?=[.:/@]\S)")
_ZERO_WIDTH = "\u200c"


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str
    unsubscribe_url: str = ""


def render(mail: Mail, created_at: datetime, base_url: str) -> Rendered:
    """All links are below `base_url` (P-5)."""
    values = {name: _shown_value(name, value) for name, value in mail.values.items()}
    unsubscribe_url = f"{base_url}{mail.unsubscribe}" if mail.unsubscribe else ""
    origin = [(label, values[name]) for name, label in _ORIGIN if name in values]
    context: dict[str, object] = {
        **values,
        "base_url": base_url,
        "facts": (),
        "news": (),
        "origin": (("When", moment(created_at)), *origin),
        "query": f"?token={quote(mail.values.get('token', ''), safe='')}",
        "unsubscribe_url": unsubscribe_url,
    }
    text, html = (_form(form, mail.kind, context) for form in ("text", "html"))
    subject, _, text = text.partition("\n")
    return Rendered(subject, text, html, unsubscribe_url)


def moment(time: datetime) -> str:
    return f"{time.day} {time:%B %Y, %H:%M} UTC"


def _shown_value(name: str, value: str) -> object:
    """`items` are objects of texts, as JSON: what happened to each of several things."""
    if name != "items":
        return _shown(name, value)
    return [{key: _shown(key, text) for key, text in item.items()} for item in loads(value)]


def _shown(name: str, value: str) -> str:
    """On one line, not too long, and no mail program makes a link of what somebody else has typed."""
    if name == "agent":
        value = client_of(value)
    if name == "expires_at":
        value = moment(datetime.fromisoformat(value))
    text = _UNPRINTABLE.sub(" ", value).strip()
    longest = _LONGEST.get(name, LONGEST_VALUE)
    if len(text) > longest:
        text = f"{text[: longest - 1]}…"
    return text if name in _CHECKED else _LINKING.sub(_ZERO_WIDTH, text)


def _form(form: str, kind: str, context: dict[str, object]) -> str:
    """Either form comes from the same template of words; `base` gives it its shape."""
    template = _environment(form).get_template(f"{kind}.jinja")
    text: str = template.render(context, base=f"base.{form}")
    return text


@lru_cache(maxsize=2)
def _environment(form: str) -> Any:  # noqa: ANN401 - a type of the module that is loaded on first use
    environment = _jinja.Environment(
        loader=_jinja.FileSystemLoader(TEMPLATES),
        autoescape=form == "html",
        undefined=_jinja.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["indented"] = _indented
    environment.filters["paragraphs"] = _text_paragraphs if form == "text" else _html_paragraphs
    return environment


def _text_paragraphs(text: str) -> str:
    return "\n\n".join(_wrapped(paragraph, TEXT_WIDTH) for paragraph in _split(text))


def _wrapped(paragraph: str, width: int) -> str:
    return textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=False)


def _indented(text: str, spaces: int = 0) -> str:
    indent = " " * spaces
    return textwrap.indent(_wrapped(text, TEXT_WIDTH - spaces), indent)


def _html_paragraphs(text: str) -> Any:  # noqa: ANN401 - Markup, of a module that is loaded on first use
    """`text` is escaped already: a block of a template that escapes."""
    style = "margin:0 0 16px"
    lines = (f'<p style="{style}">{_wrapped(paragraph, HTML_WIDTH)}</p>' for paragraph in _split(text))
    return _markupsafe.Markup("\n".join(lines))


def _split(text: str) -> list[str]:
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return [paragraph for paragraph in paragraphs if paragraph]
