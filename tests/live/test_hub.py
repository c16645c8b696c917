"""Live updates: who hears of what, from where on, and until when."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from lacewing import events
from lacewing.access.permissions import OrganizationRole, Scope
from lacewing.credentials import Presented, log_out, revoke_own_token
from lacewing.events import Event, EventKind, forget_old_feed, newest_sequence, order_arrivals
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.live import Hub, Knock, Piece
from lacewing.live.hub import MOST_OF_ONE
from lacewing.live.kinds import OF_ACCESS, OF_REPORTS, TOLD
from lacewing.live.sight import look_again
from lacewing.live.stream import MOST_WAITING, Stream
from lacewing.projects import (
    Project,
    ProjectChange,
    change_organization_member,
    change_project,
    list_members,
    list_organization_members,
    remove_member,
    remove_organization_member,
)
from lacewing.reports import Status, add_comment, change_report, create_label, delete_report
from lacewing.storage import Database, connect
from tests.world import ANY_CREDENTIAL, World, visit

PATIENCE_SECONDS = 60.0


class Follower:
    """Somebody whose pieces are read one by one, without the logins by which tests ask."""

    def __init__(self, world: World, hub: Hub, stream: Stream) -> None:
        self.stream = stream
        self._world = world
        self._pieces: AsyncIterator[Piece] = hub.follow(stream)

    def read(self) -> Piece | None:
        """None once the stream is over."""
        return self._world.run(self._next())

    def kinds(self) -> list[str]:
        """Of what waits now."""
        return [change.kind for change in _unasked(self.stream.take(0)).changes]

    async def _next(self) -> Piece | None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            piece = await anext(self._pieces, None)
        return None if piece is None else _unasked(piece)


class Live:
    """The hub of one process, which hears when the test says so."""

    def __init__(self, world: World, most: int = 100) -> None:
        self.world = world
        self.hub = Hub(world.db, world.vault, most)

    def follow(
        self,
        presented: Presented | None = None,
        name: str = "ada",
        project: Project | None = None,
        after: int | None = None,
    ) -> Follower:
        """From now on, unless told; with a session unless told."""
        shown = presented or Presented(session=self.world.sign_in(name).access)
        knock = Knock(visit(name), shown, ANY_CREDENTIAL)
        actor = self.world.authenticate(shown, name)
        self.order()
        opened = self.hub.open(knock, actor, project.id if project else None, after)
        follower = Follower(self.world, self.hub, self.world.run(opened))
        if after is None:
            follower.read()
        return follower

    def hear(self) -> None:
        self.order()
        while self.world.run(self.hub.hear()):
            pass

    def order(self) -> int:
        """Gives all events their place; how many there are."""
        while self.world.run(order_arrivals(self.world.db)):
            pass
        return self.world.read(newest_sequence)


def membership(world: World, name: str) -> UUID:
    listed = list_organization_members(world.db, world.session("ada"), world.organization_id)
    [found] = [member.id for member in world.run(listed) if member.person_id == world.people[name].id]
    return found


def remove_from_organization(world: World, name: str) -> None:
    ada, member_id = world.session("ada"), membership(world, name)
    world.run(remove_organization_member(world.db, ada, world.organization_id, member_id))


@pytest.fixture
def live(world: World) -> Live:
    return Live(world)


@pytest.mark.parametrize(
    ("name", "hears"),
    [("ada", 2), ("bob", 2), ("cleo", 1), ("dan", 1), ("fay", 1), ("ivy", 1), ("eve", 0)],
)
def test_a_follower_hears_of_the_reports_that_it_may_see(
    world: World, live: Live, name: str, hears: int
) -> None:
    """Owners and admins see the private cellar too; ivy sees nothing else."""
    follower = live.follow(name=name)
    world.submit()
    world.submit(actor=world.key(world.cellar))
    live.hear()
    assert follower.kinds() == ["report.created"] * hears


def test_what_happens_is_told_in_order_and_where(world: World, live: Live) -> None:
    follower = live.follow()
    ada = world.session("ada")
    report = world.submit().report
    world.run(change_report(world.db, ada, report.id, {"status": Status.TRIAGING}))
    world.run(add_comment(world.db, ada, report.id, "I see it too."))
    world.run(create_label(world.db, ada, world.orchard.id, "odd"))
    world.run(delete_report(world.db, ada, report.id))
    live.hear()
    piece = follower.read()
    assert piece is not None
    told = [(change.kind, change.project_id, change.report_id) for change in piece.changes]
    assert told == [
        ("report.created", world.orchard.id, report.id),
        ("report.updated", world.orchard.id, report.id),
        ("report.commented", world.orchard.id, report.id),
        ("label.created", world.orchard.id, None),
        ("report.deleted", world.orchard.id, report.id),
    ]
    sequences = [change.sequence for change in piece.changes]
    assert sequences == sorted(sequences)
    assert piece.position == live.order()


def test_one_project_can_be_followed_alone(world: World, live: Live) -> None:
    follower = live.follow(project=world.cellar)
    world.submit()
    live.hear()
    assert follower.kinds() == []
    world.submit(actor=world.key(world.cellar))
    live.hear()
    assert follower.kinds() == ["report.created"]


def test_nobody_follows_a_project_that_it_does_not_see(world: World, live: Live) -> None:
    with pytest.raises(LacewingError) as refused:
        live.follow(name="cleo", project=world.cellar)
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_a_project_that_becomes_private_is_told_of_to_those_only_who_still_see_it(
    world: World, live: Live
) -> None:
    bob, cleo = live.follow(name="bob"), live.follow(name="cleo")
    ada, private = world.session("ada"), ProjectChange(is_private=True)
    world.run(change_project(world.db, ada, world.orchard.id, private))
    world.submit()
    live.hear()
    assert bob.kinds() == ["project.changed", "report.created"]
    assert cleo.kinds() == []


def test_a_token_needs_the_scope_to_read_reports(world: World, live: Live) -> None:
    token = world.mint(scopes=frozenset({Scope.STATS_READ})).secret
    with pytest.raises(LacewingError) as refused:
        live.follow(Presented(bearer=token))
    assert refused.value.code == "insufficient_scope"


def test_who_comes_again_hears_what_it_missed_and_no_more(world: World, live: Live) -> None:
    """Also what was told while it was read again."""
    world.submit()
    last = live.order()
    missed = [world.submit().report.id for _ in range(3)]
    follower = live.follow(after=last)
    assert [change.report_id for change in _changes(follower.read())] == missed
    assert _changes(follower.read()) == ()
    later = world.submit().report.id
    live.hear()
    assert [change.report_id for change in _changes(follower.read())] == [later]


def test_what_another_process_told_already_is_not_told_again(world: World, live: Live) -> None:
    """This one's hub may be behind the one that the follower came from."""
    behind = live.follow()
    world.submit()
    ahead = live.follow(after=live.order())
    ahead.read()
    live.hear()
    assert behind.kinds() == ["report.created"]
    assert ahead.kinds() == []


@pytest.mark.parametrize("of", ["long ago", "the future"])
def test_who_comes_from_elsewhere_is_reset_and_follows_on(world: World, live: Live, of: str) -> None:
    """The feed is short, and a database may be restored from a copy."""
    world.submit()
    after = live.order() - 1 if of == "long ago" else live.order() + 1000
    world.submit()
    newest = live.order()
    world.clock.advance(days=60)
    world.run(forget_old_feed(world.db))
    follower = live.follow(after=after)
    newest = live.order()
    assert follower.read() == Piece(newest, is_reset=True)
    world.submit()
    live.hear()
    assert follower.kinds() == ["report.created"]


def _log_out(world: World, shown: Presented) -> None:
    world.run(log_out(world.db, visit(), world.vault, shown.session))


def _revoke(world: World, shown: Presented) -> None:
    world.run(revoke_own_token(world.db, world.authenticate(shown)))


@pytest.mark.parametrize("end", [_log_out, _revoke], ids=["logged out", "revoked"])
def test_a_stream_ends_at_once_with_its_credential(
    world: World, live: Live, end: Callable[[World, Presented], None]
) -> None:
    """What waits for it is not told any more."""
    shown = Presented(session=world.sign_in("ada").access)
    if end is _revoke:
        shown = Presented(bearer=world.mint().secret)
    follower, other = live.follow(shown), live.follow(name="bob")
    world.submit()
    end(world, shown)
    live.hear()
    assert follower.read() is None
    assert len(_changes(other.read())) == 1


def test_a_stream_ends_with_its_access_cookie(world: World, live: Live) -> None:
    """No event tells of it: it is asked now and then. The client refreshes its session and comes again."""
    follower = live.follow()
    world.run(look_again(world.db, world.vault, follower.stream))
    assert not follower.stream.is_over
    world.clock.advance(minutes=16)
    world.run(look_again(world.db, world.vault, follower.stream))
    assert follower.read() is None


def test_nothing_is_told_to_who_can_not_be_asked_about(world: World, world_url: str, live: Live) -> None:
    """The database is away just when a credential has ended: the hub asks again before it goes on."""
    follower = live.follow()
    away = connect(world_url)
    away.close()
    with pytest.raises(LacewingError) as refused:
        world.run(look_again(away, world.vault, follower.stream))
    assert refused.value.kind is ErrorKind.UNAVAILABLE
    assert not follower.stream.is_over


def test_who_loses_a_membership_hears_nothing_more_and_is_reset(world: World, live: Live) -> None:
    """It comes again, and goes on with what it still may see."""
    follower = live.follow(name="cleo")
    world.submit()
    remove_from_organization(world, "cleo")
    live.hear()
    piece = follower.read()
    assert piece is not None
    assert piece.is_reset
    assert piece.changes == ()
    assert follower.read() is None
    world.submit()
    again = live.follow(name="cleo", after=piece.position)
    assert _changes(again.read()) == ()


def test_a_stream_of_one_project_ends_with_the_membership_in_it(world: World, live: Live) -> None:
    follower = live.follow(name="ivy", project=world.cellar)
    ada, cellar = world.session("ada"), world.cellar.id
    members = world.run(list_members(world.db, ada, cellar))
    [ivy] = [member.id for member in members if member.person_id == world.people["ivy"].id]
    world.run(remove_member(world.db, ada, cellar, ivy))
    live.hear()
    assert follower.read() is None


def test_who_may_see_more_is_reset(world: World, live: Live) -> None:
    follower = live.follow(name="cleo")
    ada, cleo = world.session("ada"), membership(world, "cleo")
    admin = OrganizationRole.ADMIN
    world.run(change_organization_member(world.db, ada, world.organization_id, cleo, admin))
    live.hear()
    piece = follower.read()
    assert piece is not None
    assert piece.is_reset


def test_a_role_of_somebody_else_ends_nothing(world: World, live: Live) -> None:
    follower = live.follow(name="dan")
    remove_from_organization(world, "cleo")
    live.hear()
    assert not follower.stream.is_over


def test_who_does_not_keep_up_is_cut_and_told_so(world: World, live: Live) -> None:
    follower = live.follow()
    told = Event(
        EventKind.REPORT_UPDATED,
        visit(),
        organization_id=world.organization_id,
        project_id=world.orchard.id,
        subject_id=world.orchard.id,
    )
    world.write(lambda tx: events.append_many(tx, [told] * (MOST_WAITING + 1)))
    live.hear()
    piece = follower.read()
    assert piece is not None
    assert piece.is_reset
    assert piece.changes == ()
    assert follower.read() is None


def test_one_credential_has_only_so_many_streams(world: World, live: Live) -> None:
    shown = Presented(bearer=world.mint().secret)
    followers = [live.follow(shown) for _ in range(MOST_OF_ONE)]
    with pytest.raises(LacewingError) as refused:
        live.follow(shown)
    assert refused.value.code == "too_many_streams"
    assert refused.value.retry_after_seconds
    followers[0].stream.end()
    assert followers[0].read() is None
    live.follow(shown)


def test_a_process_has_only_so_many_streams(world: World) -> None:
    live = Live(world, most=1)
    first = live.follow()
    with pytest.raises(LacewingError) as refused:
        live.follow(name="bob")
    assert refused.value.kind is ErrorKind.UNAVAILABLE
    assert not first.stream.is_over


def test_a_process_that_stops_ends_its_streams_and_takes_no_more(world: World, live: Live) -> None:
    follower = live.follow()
    live.hub.stop()
    assert follower.read() is None
    with pytest.raises(LacewingError) as refused:
        live.follow()
    assert refused.value.kind is ErrorKind.UNAVAILABLE


def test_what_one_process_commits_followers_of_another_hear(
    world: World, world_url: str, open_db: Callable[[str], Database]
) -> None:
    """Its hub runs by itself, woken by what is committed."""
    beside = world.beside(open_db(world_url))

    async def hear_of_one() -> Piece:
        shown = Presented(session=secrets.access)
        hub = Hub(beside.db, beside.vault, most=1)
        stream = await hub.open(Knock(visit(), shown, ANY_CREDENTIAL), actor, None, None)
        running = [asyncio.create_task(hub.run()), asyncio.create_task(events.keep_in_order(world.db))]
        pieces = hub.follow(stream)
        await anext(pieces)
        await add_comment(world.db, actor, report.id, "Heard?")
        async with asyncio.timeout(PATIENCE_SECONDS):
            piece = await anext(pieces)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        return piece

    report, secrets = world.submit().report, world.sign_in("ada")
    while world.run(order_arrivals(world.db)):
        pass
    actor = world.authenticate(Presented(session=secrets.access))
    assert [change.kind for change in world.run(hear_of_one()).changes] == ["report.commented"]


def test_whatever_may_end_a_right_is_looked_at() -> None:
    begun = (EventKind.TOKEN_CREATED, EventKind.SESSION_PROVED)
    named = ("member.", "project.", "session.", "token.", "organization.policy.", "account.mfa.")
    may_end = {kind for kind in EventKind if kind.startswith(named)} - set(begun)
    assert may_end <= OF_ACCESS


@pytest.mark.parametrize(
    ("name", "hears"),
    [("ada", ["member.removed"]), ("bob", ["member.removed"]), ("dan", []), ("fay", []), ("eve", [])],
)
def test_how_an_organization_is_run_is_told_to_who_reads_its_log(
    world: World, live: Live, name: str, hears: list[str]
) -> None:
    follower = live.follow(name=name)
    remove_from_organization(world, "cleo")
    live.hear()
    assert follower.kinds() == hears


@pytest.mark.parametrize(
    ("name", "hears"), [("ada", 1), ("bob", 1), ("fay", 1), ("cleo", 0), ("gil", 0), ("eve", 0)]
)
def test_how_a_project_is_run_is_told_to_who_runs_it(world: World, live: Live, name: str, hears: int) -> None:
    follower, alone = live.follow(name=name), live.follow(name="bob", project=world.cellar)
    world.mint_for_project()
    live.hear()
    assert follower.kinds() == ["token.created"] * hears
    assert alone.kinds() == []


def test_what_becomes_of_an_account_is_told_to_its_person_alone(world: World, live: Live) -> None:
    blind = live.follow(Presented(bearer=world.mint("dan", scopes=frozenset({Scope.REPORTS_READ})).secret))
    dan, bob = live.follow(name="dan"), live.follow(name="bob")
    world.mint("dan")
    live.hear()
    assert (dan.kinds(), bob.kinds(), blind.kinds()) == (["token.created"], [], [])


def test_a_login_is_told_where_one_is_logged_in_already(world: World, live: Live) -> None:
    dan = live.follow(name="dan")
    world.sign_in("dan")
    live.hear()
    assert [change.kind for change in dan.stream.take(0).changes] == ["account.login.success"]


def test_all_that_becomes_of_reports_is_told() -> None:
    assert {kind for kind in EventKind if kind.startswith("report.")} == OF_REPORTS
    assert OF_REPORTS < TOLD


def _unasked(piece: Piece) -> Piece:
    changes = tuple(each for each in piece.changes if each.kind is not EventKind.LOGIN_SUCCEEDED)
    return replace(piece, changes=changes)


def _changes(piece: Piece | None) -> tuple[object, ...]:
    assert piece is not None
    assert not piece.is_reset
    return piece.changes
