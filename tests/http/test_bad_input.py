"""Every field of every endpoint given what it can not be: refused by its name, and never with a 5xx.

All of it follows from the declarations, so that a new endpoint is asked too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import count
from types import NoneType
from typing import Any, Final, get_args
from uuid import UUID

import httpx
import msgspec
import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.http.endpoint import BodyForm, Dialect, Endpoint
from tests.http.belongings import NOWHERE, belongings_of
from tests.http.conftest import Site
from tests.http.documented import ENDLESS, ENDS_ITSELF, OPERATIONS, check, filled_in
from tests.server import Person

LONG: Final = "a" * (1024 * 1024)
NUL: Final = "a\0b"
# Right to left, a combining accent, a joined emoji, markup, an override of direction, a surrogate pair.
STRANGE: Final = (
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 e\u0301 \U0001f469\u200d\U0001f467 "
    "<b>&amp;</b> \"' \u202e\U0001d54f"
)
PROSE: Final = frozenset(
    {"title", "name", "description", "given", "when", "then", "notes", "body", "content", "label", "bio"}
)
# Not stored: what names no upload of the project (contract A13), and what only a robot fills.
DROPPED: Final = frozenset({"screenshot_url", "annotated_screenshot_url", "hp_field"})
# What is said of many is not told again for each.
UNTOLD: Final = frozenset({"/api/v1/reports/bulk/comments"})
NAMING: Final = PROSE | {"reporter_identifier", "domain", "code", "slug"}
_NUMBERS: Final = count(1)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that can not stand there; `words` are those that could."""

    path: tuple[str, ...]
    value: object
    words: tuple[str, ...] = ()

    def within(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The body with this value in its place."""
        first, *others = self.path
        if not others:
            return {**body, first: self.value}
        return {**body, first: Wrong(tuple(others), self.value).within(body.get(first) or {})}


def _wrongs(wire: Any, above: tuple[str, ...] = ()) -> Iterator[Wrong]:
    for field in msgspec.structs.fields(wire):
        path = (*above, field.encode_name)
        kinds = _kinds(field.type)
        if Any in kinds or msgspec.Raw in kinds:
            continue
        yield from (Wrong(path, value) for value in _of_no_kind(kinds))
        words = tuple(str(word.value) for kind in kinds if _is(kind, Enum) for word in kind)
        if words:
            yield Wrong(path, "nonsense", words)
        for kind in kinds:
            if _is(kind, msgspec.Struct):
                yield from _wrongs(kind, path)


def _of_no_kind(kinds: frozenset[Any]) -> Iterator[object]:
    if not kinds & {str} and not any(_is(kind, Enum) for kind in kinds):
        yield "nonsense"
    if not kinds & {int, float}:
        yield 7
    if not kinds & {list, tuple, frozenset, set}:
        yield ["x"]
    if not kinds & {dict} and not any(_is(kind, msgspec.Struct) for kind in kinds):
        yield {"x": 1}
    if NoneType not in kinds:
        yield None


def _kinds(declared: Any) -> frozenset[Any]:
    """What a union, or an Annotated, allows at its top."""
    inner = get_args(declared)
    origin = getattr(declared, "__origin__", None)
    if hasattr(declared, "__metadata__"):
        return _kinds(origin)
    if inner and (origin in {list, tuple, dict, frozenset, set}):
        return frozenset({origin})
    if inner:
        return frozenset().union(*(_kinds(part) for part in inner))
    return frozenset({declared})


def _is(kind: Any, of: type) -> bool:
    return isinstance(kind, type) and issubclass(kind, of)


def _texts(wire: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for field in msgspec.structs.fields(wire):
        kinds = _kinds(field.type)
        if str in kinds:
            yield (*above, field.encode_name)
        for kind in kinds:
            if _is(kind, msgspec.Struct):
                yield from _texts(kind, (*above, field.encode_name))


each_body = pytest.mark.parametrize(
    ("dialect", "endpoint"),
    [
        pytest.param(d, e, id=f"{e.method} {e.path}")
        for d, e in OPERATIONS
        if e.body is not None and e.form is BodyForm.JSON and e.path not in ENDS_ITSELF
    ],
)
each_query = pytest.mark.parametrize(
    ("dialect", "endpoint"),
    [
        pytest.param(d, e, id=f"{e.method} {e.path}")
        for d, e in OPERATIONS
        if e.query is not None and e.path not in ENDLESS
    ],
)


class Careless:
    """Somebody whose things may be changed or lost: with a session, a token and a publishable key."""

    def __init__(self, site: Site) -> None:
        self.person = Person(site.server.url, f"Careless{next(_NUMBERS)}")
        self.things = belongings_of(self.person)
        self.client = httpx.Client(base_url=site.server.url, timeout=60.0, trust_env=False, verify=False)
        cookies = "; ".join(f"{name}={value}" for name, value in self.person.http.cookies.items())
        self._headers = {
            CredentialKind.SESSION: {"Cookie": cookies},
            CredentialKind.PERSONAL_ACCESS_TOKEN: {"Authorization": f"Bearer {self.person.mint_token()}"},
            CredentialKind.PUBLISHABLE_KEY: {"X-API-Key": self.person.create_project("Keyed").key},
        }

    def ask(
        self, endpoint: Endpoint, *, body: object = None, query: Mapping[str, str] | None = None
    ) -> httpx.Response:
        target = endpoint.path.format_map(_OrNowhere(self.things))
        kind = next((kind for kind in self._headers if kind in endpoint.accepts), None)
        headers = self._headers[kind] if kind else {}
        return self.client.request(endpoint.method, target, params=query, json=body, headers=headers)

    def base(self, endpoint: Endpoint) -> dict[str, Any]:
        """A body that may be taken: where it can name a project, it does."""
        if endpoint.body is None:
            return {}
        return _with_project(msgspec.json.decode(filled_in(endpoint)), endpoint.body, self.things)

    def has_all(self) -> bool:
        report = self.person.http.get(f"/api/v1/reports/{self.things['report_id']}")
        project = self.person.http.get(f"/api/v1/projects/{self.things['project_id']}")
        return report.is_success and project.is_success and project.json()["isActive"]

    def close(self) -> None:
        self.client.close()
        self.person.close()


class _OrNowhere(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return NOWHERE


def _with_project(body: dict[str, Any], wire: Any, things: Mapping[str, str]) -> dict[str, Any]:
    filled = dict(body)
    for field in msgspec.structs.fields(wire):
        inner = [kind for kind in _kinds(field.type) if _is(kind, msgspec.Struct)]
        if field.encode_name == "project_id":
            filled["project_id"] = things["project_id"]
        elif inner and field.encode_name in body:
            filled[field.encode_name] = _with_project(body[field.encode_name], inner[0], things)
    return filled


@pytest.fixture(scope="module")
def kept(peopled: Site) -> Iterator[list[Careless]]:
    """Who was careless last."""
    made: list[Careless] = []
    yield made
    for one in made:
        one.close()


@pytest.fixture
def careless(kept: list[Careless], peopled: Site) -> Careless:
    """The same as long as nothing is lost: to make one takes longer than to ask."""
    if not kept or not kept[-1].has_all():
        kept.append(Careless(peopled))
    return kept[-1]


@each_body
def test_a_field_of_a_wrong_type_is_refused_by_its_name(
    careless: Careless, dialect: Dialect, endpoint: Endpoint
) -> None:
    base = careless.base(endpoint)
    for wrong in _wrongs(endpoint.body):
        answer = careless.ask(endpoint, body=wrong.within(base))
        assert answer.status_code == 422, (wrong, answer.text)
        is_deep = len(wrong.path) > 2  # there, what else is missing may be told first
        assert is_deep or any(name in answer.text for name in wrong.path), (wrong, answer.text)
        assert all(word in answer.text for word in wrong.words), (wrong, answer.text)
        check(dialect, endpoint, answer)


@each_body
def test_no_text_is_too_strange_or_too_long_for_an_answer(
    careless: Careless, dialect: Dialect, endpoint: Endpoint
) -> None:
    base = careless.base(endpoint)
    for path in _texts(endpoint.body):
        for text in (LONG, NUL, STRANGE):
            answer = careless.ask(endpoint, body=Wrong(path, text).within(base))
            told = (path, text[:20], answer.text[:500])
            check(dialect, endpoint, answer)
            assert text is not LONG or not answer.is_success or path[-1] in DROPPED, told
            assert text is not NUL or path[-1] not in NAMING or not answer.is_success, told
            is_told = answer.is_success and answer.content and endpoint.path not in UNTOLD
            if text is STRANGE and path[-1] in PROSE and is_told:
                assert text in _strings(answer.json()), told


@each_query
def test_a_query_of_a_wrong_type_is_refused_by_its_name(
    careless: Careless, dialect: Dialect, endpoint: Endpoint
) -> None:
    for name, words in _bad_queries(endpoint.query):
        answer = careless.ask(endpoint, query={name: "nonsense"}, body=careless.base(endpoint) or None)
        assert answer.status_code == 422, (name, answer.text)
        assert all(word in answer.text for word in (name, *words)), (name, answer.text)
        check(dialect, endpoint, answer)


@each_query
def test_no_query_is_too_strange_or_too_long_for_an_answer(
    careless: Careless, dialect: Dialect, endpoint: Endpoint
) -> None:
    for name in endpoint.query.__struct_fields__ if endpoint.query else ():
        for text in (NUL, STRANGE, "a" * 4000, "'", '"', "%", "*", "9" * 400, "-1"):
            answer = careless.ask(endpoint, query={name: text}, body=careless.base(endpoint) or None)
            check(dialect, endpoint, answer)


def _bad_queries(wire: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Fields in which no word does but those named."""
    for field in msgspec.structs.fields(wire):
        kinds = _kinds(field.type)
        words = tuple(str(word.value) for kind in kinds if _is(kind, Enum) for word in kind)
        several = next((m.extra_json_schema["x-words"] for m in _metas(field.type) if _has_words(m)), ())
        if words or several:
            yield field.encode_name, (*words, *map(str, several))
        elif str not in kinds and kinds & {int, bool, UUID, datetime}:
            yield field.encode_name, ()


def _metas(declared: Any) -> Iterator[msgspec.Meta]:
    yield from getattr(declared, "__metadata__", ())
    for part in get_args(declared):
        yield from _metas(part)


def _has_words(meta: Any) -> bool:
    return isinstance(meta, msgspec.Meta) and "x-words" in (meta.extra_json_schema or {})


def _strings(value: Any) -> set[str]:
    match value:
        case dict():
            return set().union(*map(_strings, value.values()))
        case list():
            return set().union(*map(_strings, value))
        case str():
            return {value}
        case _:
            return set()
