"""The query language: what it reads it prints again, and what it can not read it says so, and where."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.ids import new_id
from lacewing.reports import SortBy
from lacewing.reports.query_language import HAS, IS
from lacewing.reports.query_language import parse_query as parse
from lacewing.reports.query_values import Ago, Compared, Name, Qualifier, Text, Unit
from tests.reports.vectors import VECTORS

DOCUMENT = Path(__file__).parents[2] / "docs" / "query-language.md"

times = st.sampled_from(["7d", ">7d", "<=2026-02", "2026-01-31", "2026", ">=1h", "2025-12..2026", "30d..7d"])
characters = st.characters(codec="utf-8", exclude_characters="\0")
plain = st.text(characters, min_size=1, max_size=12).filter(str.strip)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


words = {
    Name.STATUS: st.sampled_from(["new", "closed", "open", "IN_PROGRESS"]),
    Name.SEVERITY: st.sampled_from(["low", "High"]),
    Name.CATEGORY: st.sampled_from(["bug", "ui"]),
    Name.ASSIGNEE: st.one_of(st.sampled_from(["me", "none", str(new_id())]), plain.map(quoted)),
    Name.NUMBER: st.integers(0, 10**9 - 1).map(str),
    **{name: plain.map(quoted) for name in (Name.LABEL, Name.PAGE, Name.REPORTER, Name.BROWSER, Name.OS)},
    Name.PROJECT: st.sampled_from(["WEB", "web"]),
}
single = {
    Name.IS: st.sampled_from(IS),
    Name.HAS: st.sampled_from(HAS),
    **dict.fromkeys((Name.CREATED, Name.UPDATED, Name.RESOLVED), times),
}
many = st.sampled_from(list(words)).flatmap(
    lambda name: st.lists(words[name], min_size=1, max_size=3).map(lambda found: f"{name}:{','.join(found)}")
)
one = st.sampled_from(list(single)).flatmap(lambda name: single[name].map(lambda found: f"{name}:{found}"))
texts = st.one_of(st.from_regex(r"[a-z]{1,8}", fullmatch=True), plain.map(quoted))
parts = st.tuples(st.sampled_from(["", "-"]), st.one_of(many, one, texts)).map("".join)
queries = st.lists(parts, max_size=8).map(" ".join)


@given(queries)
def test_what_is_well_formed_is_read_and_printed_again(text: str) -> None:
    query = parse(text)

    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


@given(st.one_of(st.text(), st.text(alphabet='-:",. \\<>=is\nopen7d')))
@example('"')
@example("-")
@example("--")
@example('-"')
@example("is:")
@example("\u2003is:open\u2003")
@example("created:..")
@example("\ud800")
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        query = parse(text)
    except LacewingError as error:
        refused = error
    else:
        assert parse(str(query)) == query
        return
    (mistake,) = refused.fields
    begun, length = mistake.position or 0, mistake.length or 0
    assert (refused.kind, mistake.field) == (ErrorKind.INVALID, "q")
    assert 0 <= begun < begun + length <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "position", "length", "code"),
    [(each["text"], each["position"], each["length"], each["code"]) for each in VECTORS["mistakes"]],
)
def test_a_mistake_says_where_it_is(text: str, position: int, length: int, code: str) -> None:
    with pytest.raises(LacewingError) as refused:
        parse(text)
    (mistake,) = refused.value.fields
    assert (mistake.position, mistake.length, mistake.code) == (position, length, code)


@pytest.mark.parametrize(
    ("text", "canonical"), [(each["text"], each["canonical"]) for each in VECTORS["reads"]]
)
def test_a_text_is_printed_in_one_form(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical


def test_the_parts_of_a_query() -> None:
    query = parse('is:open -label:wontfix,"good first" https://shop.example "exact" created:>7d sort:updated')

    assert [type(part) for part in query.parts] == [Qualifier, Qualifier, Text, Text, Qualifier, Qualifier]
    assert query.parts[1] == Qualifier(Name.LABEL, ("wontfix", "good first"), is_negated=True)
    assert query.parts[3] == Text("exact", is_exact=True)
    assert query.parts[4] == Qualifier(Name.CREATED, (Compared(">", Ago(7, Unit.DAY)),))
    assert query.sort is SortBy.UPDATED


def test_the_document_names_every_field_and_its_examples_are_read() -> None:
    text = DOCUMENT.read_text()
    named = re.findall(r"^\| `([a-z]+):` \| (.*) \| `(.+?)` \|$", text, re.MULTILINE)

    assert sorted(name for name, _, _ in named) == sorted(Name)
    values = {name: set(re.findall(r"`([a-z_]+)`", told)) for name, told, _ in named}
    assert values["is"] == set(IS)
    assert values["has"] == set(HAS)
    assert values["sort"] == set(SortBy)
    for _, _, shown in named:
        assert parse(shown).parts
    first = text.split("```")[1].strip()
    assert str(parse(first)) == first
