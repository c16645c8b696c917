"""GET /reports: filters, words and cursors, and what is wrong with any of them."""

from itertools import product

import pytest

from tests.http.conftest import Site

SEVERITIES, CATEGORIES = ("low", "critical"), ("bug", "crash", "ui")


@pytest.fixture(scope="module", autouse=True)
def filled(peopled: Site) -> None:
    http = peopled.with_key()
    for severity, category in product(SEVERITIES, CATEGORIES):
        title = f"Pears fall, {severity} and {category}"
        http.post("/api/v1/reports", json={"title": title, "severity": severity, "category": category})
    peopled.close_clients()


def found(site: Site, **params: str) -> list[str]:
    answer = site.with_token().get("/api/v1/reports", params={"search": "pears", **params})
    assert answer.status_code == 200, answer.text
    return [item["title"].removeprefix("Pears fall, ") for item in answer.json()["items"]]


def test_filters_hold_together(site: Site) -> None:
    assert found(site, category="crash,ui", severity="low") == ["low and ui", "low and crash"]
    assert found(site, category="bug", assignee="none", label="none") == ["critical and bug", "low and bug"]
    assert found(site, assignee="me") == []
    assert found(site, search="fall pears crash") == ["critical and crash", "low and crash"]


def test_a_report_is_found_by_what_its_id_begins_with(site: Site) -> None:
    http = site.with_token()
    ids = [item["id"] for item in http.get("/api/v1/reports", params={"search": "pears"}).json()["items"]]
    for length in (4, 9, 21, 36):
        same = [each for each in ids if each.startswith(ids[0][:length])]
        assert len(found(site, id=ids[0][:length].upper())) == len(same)
        page = http.get("/api/v1/reports", params={"id": ids[0][:length], "sort": "updated"}).json()
        assert (ids[0] in [item["id"] for item in page["items"]], page["total"] >= len(same)) == (True, True)
    assert found(site, id="0000") == []


@pytest.mark.parametrize("sort", ["newest", "oldest", "updated", "severity"])
def test_the_beginning_of_an_id_filters_a_list_without_words(site: Site, sort: str) -> None:
    http = site.with_token()

    def ids(**params: str) -> list[str]:
        answer = http.get("/api/v1/reports", params={"sort": sort, **params})
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    wanted = ids(search="pears")[0]
    for length in (4, 9, 36):
        same = ids(id=wanted[:length])
        assert wanted in same
        assert all(each.startswith(wanted[:length]) for each in same)
    assert ids(id=wanted) == [wanted]
    assert ids(id="0000") == []


def test_the_gravest_come_first_if_asked(site: Site) -> None:
    assert found(site, sort="severity")[:3] == [f"critical and {word}" for word in reversed(CATEGORIES)]


def test_cursors_lead_through_the_whole_list(site: Site) -> None:
    http, seen, cursor = site.with_token(), [], ""
    while True:
        asked = {"page_size": "4", "search": "pears", **({"cursor": cursor} if cursor else {})}
        page = http.get("/api/v1/reports", params=asked).json()
        seen += [item["title"] for item in page["items"]]
        assert page["total"] == 6
        if page["nextCursor"] is None:
            break
        cursor = page["nextCursor"]

    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"cursor": "x"}, "cursor"),
        ({"category": "nonsense"}, "category"),
        ({"assignee": "bob"}, "assignee"),
        ({"sort": "random"}, "sort"),
        ({"id": "123"}, "id"),
        ({"id": "0198-"}, "id"),
        ({"id": "pear"}, "id"),
        ({"page": "0"}, "page"),
        ({"limit": "101"}, "limit"),
    ],
)
def test_a_value_that_can_not_be_is_422_and_named(site: Site, params: dict[str, str], field: str) -> None:
    answer = site.with_token().get("/api/v1/reports", params=params)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_query_narrows_and_orders_the_list(site: Site) -> None:
    assert found(site, q="severity:critical -category:ui sort:oldest") == [
        "critical and bug",
        "critical and crash",
    ]
    assert found(site, q="is:open pears category:ui", sort="oldest") == ["low and ui", "critical and ui"]


def test_a_mistake_in_a_query_says_where(site: Site) -> None:
    answer = site.with_token().get("/api/v1/reports", params={"q": "pears severity:loud"})

    (mistake,) = answer.json()["errors"]
    assert answer.status_code == 422
    assert (mistake["field"], mistake["position"], mistake["length"]) == ("q", 15, 4)
