"""Reports that tell of the same are found by their words, and measured alike on both databases."""

import psycopg
import pytest

from lacewing.access.permissions import Scope
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.reports import Evidence, FullReport, similar_reports
from lacewing.reports.similarity import similarity, trigrams
from lacewing.reports.words import cut
from tests.postgres import Cluster
from tests.world import World


def alike(world: World, report: FullReport, name: str = "ada", **wish) -> list[tuple[str, float]]:
    found = world.run(similar_reports(world.db, world.session(name), report.report.id, **wish))
    return [(similar.report.title, similar.score) for similar in found]


def test_the_most_alike_come_first_with_their_scores(world: World) -> None:
    first = world.submit("Checkout button does nothing", description="I click and nothing happens")
    world.submit("Checkout button does nothing", description="I click and nothing happens")
    world.submit("The checkout button is broken")
    world.submit("Password reset mail never arrives")

    assert alike(world, first) == [("Checkout button does nothing", 1.0)]
    assert alike(world, first, threshold=0.1) == [
        ("Checkout button does nothing", 1.0),
        ("The checkout button is broken", 0.229),
    ]


def test_it_is_told_why_two_are_alike(world: World) -> None:
    seen = Evidence(
        console=b'[{"level":"error","message":"x"}]', metadata=b'{"url":"https://a.example/cart"}'
    )
    first = world.submit("Checkout button is dead", description="With a voucher", evidence=seen)
    world.submit("The checkout button is broken", description="Voucher given", evidence=seen)
    world.submit("A checkout button is red")

    found = world.run(similar_reports(world.db, world.session("ada"), first.report.id, threshold=0.1))
    why = {other.report.number: (other.words, other.is_same_page, other.have_errors) for other in found}
    assert why == {
        2: (("checkout", "voucher", "button"), True, True),
        3: (("checkout", "button"), False, False),
    }


def test_a_threshold_and_a_limit_hold(world: World) -> None:
    first = world.submit("Login page is slow")
    for n in range(8):
        world.submit(f"Login page is slow {n}")

    assert len(alike(world, first)) == 5
    assert len(alike(world, first, limit=7)) == 7
    assert alike(world, first, threshold=1) == []


def test_neither_itself_nor_another_project_is_told(world: World) -> None:
    title = "The same words everywhere"
    first = world.submit(title)
    world.submit(title, world.key(world.cellar))
    world.submit(title, world.key(world.elsewhere))

    assert alike(world, first) == []


@pytest.mark.parametrize("name", ["eve", "ivy"])
def test_a_report_that_one_may_not_see_is_not_found(world: World, name: str) -> None:
    first = world.submit()
    with pytest.raises(LacewingError) as refused:
        alike(world, first, name)
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_a_token_needs_the_scope(world: World) -> None:
    first = world.submit()
    token = world.token("ada", scopes=frozenset({Scope.STATS_READ}))
    with pytest.raises(LacewingError) as refused:
        world.run(similar_reports(world.db, token, first.report.id))
    assert refused.value.code == "insufficient_scope"


@pytest.mark.parametrize(
    "text",
    [
        "it's \"quoted\" -not* OR (NEAR) & | ! : <-> 'x'",
        "結帳按鈕沒有反應",
        "ปุ่มชำระเงินไม่ทำงาน",
        "👩‍👩‍👧 🔥🔥",
        "\u202eRTL e\u0301 İstanbul ß ﬁ",
        "-" * 400,
        "¶ § № %_\\",
    ],
)
def test_any_text_is_compared(world: World, text: str) -> None:
    first = world.submit(text, description=text * 20)
    world.submit(text, description=text * 20)

    found = alike(world, first, threshold=0)

    has_words, is_written = bool(cut([text])[:-1]), bool(trigrams(text))
    assert found == ([(text, 1.0 if is_written else 0.0)] if has_words else [])


def test_ten_thousand_characters_are_compared(world: World) -> None:
    long = " ".join(f"word{n}" for n in range(1200))[:10_000]
    first = world.submit("Long", description=long)
    world.submit("Long", description=long[:-1])

    [(_, score)] = alike(world, first)
    assert score > 0.9


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"threshold": float("nan")}, "threshold"),
        ({"threshold": 1.1}, "threshold"),
        ({"limit": 0}, "limit"),
        ({"limit": 21}, "limit"),
    ],
)
def test_bounds_are_named(still_world: World, wish: dict[str, float], field: str) -> None:
    first = still_world.submit()
    with pytest.raises(LacewingError) as refused:
        alike(still_world, first, **wish)
    assert refused.value.fields[0].field == field


def test_a_word_that_all_share_hides_nothing(world: World) -> None:
    """The one that shares a rare word is older than all that share the common one."""
    world.submit("Checkout fails with Klarna")
    for n in range(150):
        world.submit(f"Checkout issue number {n}")
    first = world.submit("Checkout broken when I pay by Klarna")

    assert "Checkout fails with Klarna" in dict(alike(world, first, threshold=0.1, limit=20))


PAIRS = [
    ("word", "two words"),
    ("Checkout button", "checkout-button broken"),
    ("foo_bar 12.5", "foo bar 12 5 6"),
    ("", "anything"),
    ("a", "a"),
    ("aaa aaaa", "aaaaa"),
]


@pytest.mark.postgresql
def test_the_measure_is_that_of_pg_trgm(cluster: Cluster) -> None:
    with psycopg.connect(cluster.create("trigrams"), autocommit=True) as connection:
        try:
            connection.execute("CREATE EXTENSION pg_trgm")
        except psycopg.errors.FeatureNotSupported:
            pytest.skip("pg_trgm is not installed here")
        for one, other in PAIRS:
            row = connection.execute("SELECT similarity(%s, %s)", (one, other)).fetchone()
            assert similarity(trigrams(one), trigrams(other)) == pytest.approx(row[0], abs=1e-6), one
