"""What stands on a page as its language writes it: numbers, days, clients, news, refusals."""

from collections.abc import Callable, Mapping
from datetime import datetime

from lacewing.http.dashboard.language import Language
from lacewing.http.dashboard.refusals import sentence_of
from lacewing.http.dashboard.words import text_of
from lacewing.kit.agents import client_of
from lacewing.notifications import Notification, told

WHO = "{who}"


def number(language: Language, value: int) -> str:
    text = f"{value:,}"
    return text.replace(",", ".") if language is Language.GERMAN else text


def day(language: Language, time: datetime) -> str:
    """As wide as any other, for tables."""
    return f"{time:%d.%m.%Y}" if language is Language.GERMAN else f"{time:%Y-%m-%d}"


def whole_day(language: Language, time: datetime) -> str:
    point = "." if language is Language.GERMAN else ""
    return f"{time.day}{point} {text_of(language, f'{time:%B}')} {time.year}"


def exact(language: Language, time: datetime) -> str:
    separator = ", " if language is Language.GERMAN else " "
    return f"{day(language, time)}{separator}{time:%H:%M:%S} {time.tzname() or 'UTC'}"


def client(language: Language, agent: str) -> str:
    name = client_of(agent)
    return text_of(language, name.replace(" on ", text_of(language, " on ")))


def news(language: Language, about: Notification) -> str:
    """The sentence of the core, found in the catalogue without the name."""
    name = about.actor_name
    sentence = told(about._replace(actor_name=WHO)) if name else told(about)
    return text_of(language, sentence).replace(WHO, name or "")


FILTERS: Mapping[str, Callable[..., str]] = {
    "client": client,
    "day": day,
    "exact": exact,
    "news": news,
    "number": number,
    "sentence": sentence_of,
    "whole_day": whole_day,
}
