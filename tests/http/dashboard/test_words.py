"""The plain pages' words: nothing lacks in a language, and nothing stands there that no page says."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest

import lacewing
from lacewing.credentials import OIDC_SENTENCES
from lacewing.http import dashboard
from lacewing.http.arrival import Headers
from lacewing.http.dashboard.errors import TITLES
from lacewing.http.dashboard.forms import Mistake
from lacewing.http.dashboard.language import Language, language_of
from lacewing.http.dashboard.rendering import TEMPLATES, environment
from lacewing.http.dashboard.spelling import FILTERS, WHO
from lacewing.http.dashboard.words import catalogue, german_refusals, text_of_many
from lacewing.http.problems import EdgeKind
from lacewing.http.snippets import snippets
from lacewing.kit.json import JsonFault
from lacewing.kit.pictures import PictureFault
from lacewing.notifications import Notification, Topic, told
from lacewing.reports import Status

GERMAN = catalogue(Language.GERMAN)
NOON = datetime(2026, 5, 1, 12, 0, 3, tzinfo=UTC)
# Which of its arguments is the code.
REFUSES = {
    "EdgeError": 2,
    "FieldError": 2,
    "LacewingError": 1,
    "_refused": 2,
    "conflict": 0,
    "forbidden": 0,
    "invalid_request": 0,
    "mistake": 3,
    "refuse": 2,
    "unauthenticated": 0,
}
_MISTAKE = re.compile(r'\bMistake\("([^"]+)"\)')


def texts() -> Iterator[tuple[str, str]]:
    """What the templates say, with its plural, where it has one."""
    jinja = environment(Language.ENGLISH)
    for path in TEMPLATES.rglob("*.html"):
        for _, function, text in jinja.extract_translations(path.read_text()):
            if function == "pgettext":
                yield "|".join(text), ""
            elif text is not None:
                yield (text, "") if isinstance(text, str) else text[:2]


def said_by_code() -> Iterator[str]:
    yield from TITLES.values()
    yield from OIDC_SENTENCES.values()
    for snippet in snippets("https://bugs.example.com", None):
        yield escape(snippet.where)
    for path in Path(dashboard.__file__).parent.glob("*.py"):
        yield from _MISTAKE.findall(path.read_text())
    for topic in Topic:
        for name in (WHO, None):
            yield from (told(news(topic, name, status)) for status in Status)
    yield from (f"{NOON.replace(month=month):%B}" for month in range(1, 13))
    yield from ("Each page", " on ", "an unknown client")


def news(topic: Topic, name: str | None, status: Status) -> Notification:
    empty = Notification._make([None] * len(Notification._fields))
    return empty._replace(topic=topic, actor_name=name, status=status)


def test_german_says_all_that_the_pages_say_and_no_more() -> None:
    assert set(GERMAN) == {text for text, _ in texts()} | set(said_by_code())


def test_what_is_filled_in_and_marked_up_is_the_same_in_both() -> None:
    def parts(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)s|\{\w+\}|<[^>]+>", text))

    forms = [(english, german) for english, words in GERMAN.items() for german in as_list(words)]
    assert [english for english, german in forms if parts(english) != parts(german)] == []
    assert all("%" not in re.sub(r"%\(\w+\)s", "", german) for _, german in forms)


def refused_with() -> Iterator[str]:
    """The codes that stand where something is refused."""
    for path in Path(lacewing.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and (name := name_of(call)) in REFUSES:
                for code in call.args[REFUSES[name] :][:1]:
                    if isinstance(code, ast.Constant) and code.value:
                        yield code.value


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_whatever_is_refused_is_said_in_german_too() -> None:
    codes = set(refused_with())
    assert codes >= {"already_merged", "blank", "last_owner", "not_a_url", "unterminated"}
    assert codes <= set(german_refusals())


def test_what_the_edge_refuses_with_is_said_in_german_too() -> None:
    assert {kind.value for kind in (*EdgeKind, *JsonFault, *PictureFault)} <= set(german_refusals())


def as_list(words: str | list[str]) -> list[str]:
    return [words] if isinstance(words, str) else words


def test_what_depends_on_a_number_has_both_forms() -> None:
    plurals = {one for one, other in texts() if other}

    assert {text for text, words in GERMAN.items() if isinstance(words, list)} == plurals
    assert [text_of_many(Language.GERMAN, "report", "reports", count) for count in (0, 1, 2)] == [
        "Berichte",
        "Bericht",
        "Berichte",
    ]


@pytest.mark.parametrize(
    ("accepted", "chosen", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "", "de"),
        ("fr,en-GB;q=0.7,de;q=0.3", "", "en"),
        ("en;q=0.5, DE;q=0.9", "", "de"),
        ("de;q=0, fr", "", "en"),
        ("de;q=x,en;q=nan", "", "de"),
        ("fr", "", "en"),
        ("", "", "en"),
        ("en", "de", "de"),
        ("de", "x", "de"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_first_of_ours_that_is_preferred(
    accepted: str, chosen: str, language: str
) -> None:
    cookie = (b"cookie", f"lacewing_language={chosen}".encode())

    assert language_of(Headers([(b"accept-language", accepted.encode()), cookie])) == language


@pytest.mark.parametrize(
    ("name", "value", "english", "german"),
    [
        ("number", 1234567, "1,234,567", "1.234.567"),
        ("day", NOON, "2026-05-01", "01.05.2026"),
        ("whole_day", NOON, "1 May 2026", "1. Mai 2026"),
        ("exact", NOON, "2026-05-01 12:00:03 UTC", "01.05.2026, 12:00:03 UTC"),
        ("client", "Mozilla/5.0 (X11; Linux) Firefox/140.0", "Firefox on Linux", "Firefox unter Linux"),
        ("client", "", "an unknown client", "ein unbekanntes Programm"),
        (
            "news",
            news(Topic.COMMENTED, "A {who} <b>", Status.NEW),
            "A {who} <b> commented",
            "A {who} <b> hat kommentiert",
        ),
        (
            "sentence",
            Mistake("Name is too long (at most 80).", "too_long", "is too long (at most 80)", True),
            "Name is too long (at most 80).",
            "Ist zu lang (höchstens 80).",
        ),
        (
            "sentence",
            Mistake("This password is wrong."),
            "This password is wrong.",
            "Dieses Passwort ist falsch.",
        ),
        (
            "sentence",
            Mistake("Never heard of.", "new_code", "Never heard of."),
            "Never heard of.",
            "Never heard of.",
        ),
    ],
)
def test_a_value_is_written_as_its_language_writes_it(
    name: str, value: object, english: str, german: str
) -> None:
    spell = FILTERS[name]

    assert (spell(Language.ENGLISH, value), spell(Language.GERMAN, value)) == (english, german)


def test_a_time_is_told_from_now() -> None:
    ago = environment(Language.GERMAN).get_template("parts/moment.html").module.ago
    passed = [timedelta(0), timedelta(minutes=5), timedelta(hours=3), timedelta(days=2), timedelta(days=40)]
    told_times = [re.sub("<[^>]+>", "", ago(NOON - each, NOON)).strip() for each in passed]

    assert told_times == ["gerade eben", "vor 5 min", "vor 3 h", "vor 2 T.", "22.03.2026"]
