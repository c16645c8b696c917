"""A signed link opens one attachment, for a quarter of an hour, as long as a report has it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lacewing.kit.errors import ErrorKind, LacewingError
from lacewing.kit.keyring import parse
from lacewing.projects import purge_project
from lacewing.reports import (
    Link,
    Opened,
    Variant,
    delete_attachment,
    delete_report,
    make_pictures,
    open_link,
    sign_link,
)
from lacewing.storage import Blobs
from tests.reports.uploads import attachments, submitted, uploaded, url_of
from tests.world import NEW_KEY, OLD_KEY, World, visit


def opened(world: World, blobs: Blobs, link: Link) -> Opened:
    return world.run(open_link(world.db, visit("eve"), world.vault.ring, blobs, link))


def assert_dead(world: World, blobs: Blobs, link: Link) -> None:
    with pytest.raises(LacewingError) as refused:
        opened(world, blobs, link)
    assert (refused.value.kind, str(refused.value)) == (ErrorKind.NOT_FOUND, "Attachment not found.")


def test_a_picture_is_bytes_until_it_was_made_anew(world: World, blobs: Blobs) -> None:
    full = submitted(world, blobs)
    [pending] = attachments(world, full)
    before = opened(world, blobs, url_of(world, pending))
    assert_dead(world, blobs, url_of(world, pending, Variant.THUMBNAIL))
    world.run(make_pictures(world.db, blobs))
    after = opened(world, blobs, url_of(world, pending))
    small = opened(world, blobs, url_of(world, pending, Variant.THUMBNAIL))

    assert (before.media_type, before.is_safe) == ("application/octet-stream", False)
    assert (after.media_type, after.is_safe) == ("image/png", True)
    assert (small.media_type, small.is_safe) == ("image/webp", True)


def test_a_link_ends_after_a_quarter_of_an_hour_at_most(world: World, blobs: Blobs) -> None:
    [mine] = attachments(world, submitted(world, blobs))
    world.clock.advance(seconds=59)
    link = url_of(world, mine)
    world.clock.advance(minutes=14)
    assert 0 < opened(world, blobs, link).seconds_left <= 60
    world.clock.advance(seconds=1)
    assert_dead(world, blobs, link)


def test_links_of_one_minute_are_the_same(world: World, blobs: Blobs) -> None:
    """So that an answer that holds them keeps its entity tag."""
    [mine] = attachments(world, submitted(world, blobs))
    first = url_of(world, mine)
    world.clock.advance(seconds=59)
    assert url_of(world, mine) == first
    world.clock.advance(seconds=1)
    assert url_of(world, mine) != first


def test_a_link_ends_with_its_attachment_its_report_and_its_project(world: World, blobs: Blobs) -> None:
    first, second, third = (submitted(world, blobs) for _ in range(3))
    ada = world.session("ada")
    links = [url_of(world, each) for full in (first, second, third) for each in attachments(world, full)]
    world.run(delete_attachment(world.db, ada, first.report.id, links[0].attachment_id))
    world.run(delete_report(world.db, ada, second.report.id))
    assert opened(world, blobs, links[2]).name == "screenshot.png"
    world.run(purge_project(world.db, ada, world.orchard.id))

    for link in links:
        assert_dead(world, blobs, link)


def test_an_upload_without_a_report_has_no_link(world: World, blobs: Blobs) -> None:
    assert_dead(world, blobs, url_of(world, uploaded(world, blobs)))


def test_a_link_opens_nothing_else(world: World, blobs: Blobs) -> None:
    mine, other = (attachments(world, submitted(world, blobs))[0] for _ in range(2))
    link = url_of(world, mine)
    ends, variant, seal = link.signature.split(".")

    for signature in (
        f"{int(ends) + 60}.{variant}.{seal}",
        f"{ends}.thumbnail.{seal}",
        f"{ends}.{variant}.{seal[:-1]}",
        f"{ends}.{variant}.{seal}=",
        f"{ends}.{variant}.",
        f".{seal}",
        seal,
    ):
        assert_dead(world, blobs, replace(link, signature=signature))
    assert_dead(world, blobs, replace(link, attachment_id=other.id))


@settings(max_examples=20)
@given(st.text(max_size=120))
def test_no_text_that_was_not_signed_is_a_link(still_world: World, text: str) -> None:
    link = Link(still_world.orchard.id, text)
    with pytest.raises(LacewingError) as refused:
        still_world.run(
            open_link(still_world.db, visit("eve"), still_world.vault.ring, None, link)  # type: ignore[arg-type]
        )
    assert refused.value.kind is ErrorKind.NOT_FOUND


def test_a_link_of_an_older_key_goes_on_and_of_a_foreign_one_does_not(world: World, blobs: Blobs) -> None:
    [mine] = attachments(world, submitted(world, blobs))
    now = world.clock()
    ring = parse(f"{NEW_KEY},{OLD_KEY}")
    old, new = (sign_link(parse(key), mine.id, Variant.WHOLE, now) for key in (OLD_KEY, NEW_KEY))

    for signature in (old, new):
        assert world.run(open_link(world.db, visit(), ring, blobs, Link(mine.id, signature)))
    assert_dead(world, blobs, Link(mine.id, new))
