"""What a person wants to be told: in all projects, and in one."""

import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.accounts import Notice, change_profile, read_profile
from lacewing.events import EventKind
from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.keyring import parse
from lacewing.notifications import (
    Choice,
    Digest,
    Preferences,
    Topic,
    Way,
    change_preferences,
    change_project_preferences,
    is_unsubscribe_token,
    read_preferences,
    read_project_preferences,
    stop_mails,
)
from lacewing.notifications.unsubscribe import unsubscribe_path
from lacewing.reports import Severity
from tests.credentials.told import event_kinds
from tests.notifications.hearing import choose, comment, topics, watch, who_is_told
from tests.world import NEW_KEY, OLD_KEY, World, visit


def preferences(world: World, name: str = "dan") -> Preferences:
    return world.run(read_preferences(world.db, world.session(name)))


def choose_in(world: World, name: str, project, **choices: Choice) -> dict[Topic, Way]:
    wanted = {Topic(topic): choice for topic, choice in choices.items()}
    session = world.session(name)
    return dict(world.run(change_project_preferences(world.db, session, project.id, wanted)).ways)


def test_what_is_chosen_is_kept_and_taken_back(world: World) -> None:
    choose(world, "dan", {Topic.COMMENTED: Choice.OFF, Topic.NEW_LOW: Choice.MAIL}, Digest.DAILY)
    choose(world, "dan", {Topic.COMMENTED: Choice.DEFAULT, Topic.RESOLVED: Choice.IN_APP})

    chosen = {Topic.NEW_LOW: Way.MAIL, Topic.RESOLVED: Way.IN_APP}
    assert preferences(world) == Preferences(Digest.DAILY, chosen)
    assert preferences(world, "hal") == Preferences()


def test_a_change_is_told_once(world: World) -> None:
    before = world.read(event_kinds)[EventKind.ACCOUNT_CHANGED]
    for _ in range(2):
        choose(world, "dan", {Topic.COMMENTED: Choice.OFF})
    choose(world, "dan")
    assert world.read(event_kinds)[EventKind.ACCOUNT_CHANGED] == before + 1


def test_mails_of_the_gravest_reports_are_one_choice_with_the_account_s(world: World) -> None:
    session = world.session("dan")
    wanted = {Notice.EMAIL_ON_CRITICAL: True, Notice.EMAIL_ON_HIGH: False}
    world.run(change_profile(world.db, session, {"notices": wanted}))
    assert preferences(world).choices == {Topic.NEW_CRITICAL: Way.MAIL, Topic.NEW_HIGH: Way.IN_APP}
    choose(world, "dan", {Topic.NEW_CRITICAL: Choice.OFF, Topic.NEW_HIGH: Choice.DEFAULT})
    assert world.run(read_profile(world.db, session)).notices == {Notice.EMAIL_ON_CRITICAL: False}
    assert preferences(world).choices == {Topic.NEW_CRITICAL: Way.OFF}
    world.run(change_profile(world.db, session, {"notices": {Notice.EMAIL_ON_CRITICAL: True}}))
    assert preferences(world).choices == {Topic.NEW_CRITICAL: Way.MAIL}


def test_who_chose_mails_in_the_account_hears_of_new_reports(world: World) -> None:
    wanted = {Notice.EMAIL_ON_HIGH: True}
    world.run(change_profile(world.db, world.session("hal"), {"notices": wanted}))
    world.submit(severity=Severity.HIGH)
    assert topics(world, "hal") == [Topic.NEW_HIGH]


def test_a_project_s_choice_holds_there_alone(world: World) -> None:
    choose(world, "ada", {Topic.NEW_HIGH: Choice.OFF})
    ways = choose_in(world, "ada", world.cellar, new_high=Choice.IN_APP)
    assert (ways[Topic.NEW_HIGH], ways[Topic.NEW_CRITICAL], ways[Topic.NEW_LOW]) == (
        Way.IN_APP,
        Way.MAIL,
        Way.OFF,
    )
    for project in (world.orchard, world.cellar):
        world.submit(severity=Severity.HIGH, actor=world.key(project))
    assert topics(world, "ada") == [Topic.NEW_HIGH]
    assert choose_in(world, "ada", world.cellar, new_high=Choice.DEFAULT)[Topic.NEW_HIGH] is Way.OFF


def test_what_holds_by_default_depends_on_who_runs_the_project(world: World) -> None:
    for name, way in (("fay", Way.MAIL), ("gil", Way.OFF)):
        found = world.run(read_project_preferences(world.db, world.session(name), world.orchard.id))
        assert found.ways[Topic.NEW_CRITICAL] is way
        assert found.choices == {}


@pytest.mark.parametrize("name", ["dan", "eve"])
def test_of_a_project_that_one_can_not_see_there_is_nothing_to_choose(world: World, name: str) -> None:
    with pytest.raises(LacewingError) as refused:
        choose_in(world, name, world.cellar, new_high=Choice.OFF)
    assert refused.value.kind is ErrorKind.NOT_FOUND


@pytest.mark.parametrize("kind", [CredentialKind.PERSONAL_ACCESS_TOKEN, CredentialKind.PROJECT_TOKEN])
def test_only_a_session_chooses(world: World, kind: CredentialKind) -> None:
    with pytest.raises(LacewingError) as refused:
        world.run(change_preferences(world.db, world.actor(kind), {"digest": Digest.NEVER}))
    assert refused.value.kind is ErrorKind.FORBIDDEN


def test_a_link_ends_its_person_s_mails_and_no_other_s(world: World) -> None:
    token = unsubscribe_path(world.vault.ring, world.people["dan"].id).partition("=")[2]
    world.run(stop_mails(world.db, visit("eve"), world.vault.ring, token))
    assert (preferences(world).digest, preferences(world, "hal").digest) == (
        Digest.NEVER,
        Digest.IMMEDIATELY,
    )
    report = world.submit()
    watch(world, report, "dan")
    comment(world, report)
    assert who_is_told(world) == {"dan": [Topic.COMMENTED]}


def test_a_link_holds_while_its_key_is_in_the_ring(world: World) -> None:
    token = unsubscribe_path(world.vault.ring, world.people["dan"].id).partition("=")[2]
    assert is_unsubscribe_token(parse(f"{NEW_KEY},{OLD_KEY}"), token)
    assert not is_unsubscribe_token(parse(NEW_KEY), token)


def test_a_link_that_is_not_whole_is_refused(world: World) -> None:
    whole = unsubscribe_path(world.vault.ring, world.people["dan"].id).partition("=")[2]
    for token in ("", whole[:-1], "0" * 32 + whole[32:], f"{whole}\0é"):
        with pytest.raises(LacewingError) as refused:
            world.run(stop_mails(world.db, visit(), world.vault.ring, token))
        assert refused.value.code == "invalid_link"
