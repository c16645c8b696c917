"""Pictures are decoded in a process of their own, by one server at a time, and made anew."""

import asyncio
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import update

from lacewing.reports import AttachmentState, make_pictures
from lacewing.reports import attachment_leases as leases
from lacewing.reports import attachment_queries as queries
from lacewing.reports.attachment_leases import Leased, Made
from lacewing.reports.attachment_tables import attachments as attachment_table
from lacewing.reports.picture_process import PROGRAM
from lacewing.settings import Bucket, Settings
from lacewing.storage import Blobs, Database, open_blobs
from tests.pictures import bomb, claimed_png, picture, png_chunk, with_png_chunk
from tests.ports import free_port
from tests.reports.uploads import attachments, files, read, submitted, uploaded
from tests.world import World

BROKEN = picture()[:41] + b"\0\0\0\0" + picture()[45:]


def made_of(data: bytes, form: str = "PNG") -> tuple[Image.Image, Image.Image] | None:
    """What the program makes of it, without a server around."""
    done = subprocess.run(
        [sys.executable, "-I", str(PROGRAM), form], input=data, capture_output=True, check=False, env={}
    )
    if done.returncode:
        assert done.stdout == b""
        return None
    head, _, rest = done.stdout.partition(b"\n")
    _, _, whole, thumbnail = map(int, head.split())
    assert len(rest) == whole + thumbnail
    return Image.open(io.BytesIO(rest[:whole])), Image.open(io.BytesIO(rest[whole:]))


def lease(world: World) -> list[Leased]:
    return world.write(lambda tx: leases.lease_pictures(tx, queries.due(tx, 10)))


def test_a_picture_of_a_report_is_made_anew(world: World, blobs: Blobs, tmp_path: Path) -> None:
    full = submitted(world, blobs, picture(size=(1000, 500)))
    world.run(make_pictures(world.db, blobs))
    [found] = attachments(world, full)
    whole = Image.open(io.BytesIO(world.run(read(blobs, found.clean_key))))
    small = Image.open(io.BytesIO(world.run(read(blobs, found.thumbnail_key))))

    assert found.state is AttachmentState.READY
    assert whole.size == (found.width, found.height) == (1000, 500)
    assert small.size == (480, 240)
    assert files(tmp_path) == [f"{found.id}.clean.png", f"{found.id}.thumbnail.webp"]


def test_what_can_not_be_decoded_is_unreadable_and_stays_as_it_came(world: World, blobs: Blobs) -> None:
    full = submitted(world, blobs, BROKEN)
    world.run(make_pictures(world.db, blobs))
    [found] = attachments(world, full)

    assert found.state is AttachmentState.UNREADABLE
    assert len(world.run(read(blobs, found.key))) == found.size
    assert lease(world) == []


def test_what_no_report_has_is_not_decoded(world: World, blobs: Blobs) -> None:
    uploaded(world, blobs)

    assert lease(world) == []


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (picture("JPEG", mode="CMYK"), "JPEG"),
        (picture("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 30), "red")]), "WEBP"),
        (picture(mode="P"), "PNG"),
        (picture(mode="RGBA"), "PNG"),
        (picture("WEBP", mode="RGBA"), "WEBP"),
    ],
    ids=["CMYK", "animated", "palette", "alpha", "WebP with alpha"],
)
def test_one_plain_picture_is_made_of_any(data: bytes, form: str) -> None:
    made = made_of(data, form)

    assert made is not None
    assert [each.format for each in made] == [form, "WEBP"]
    assert [getattr(each, "n_frames", 1) for each in made] == [1, 1]
    assert made[0].mode in {"RGB", "RGBA", "P"}


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (bomb(12_000), "PNG"),
        (claimed_png(8000, 8000), "PNG"),
        (picture("JPEG")[:300], "JPEG"),
        (picture(), "JPEG"),
        (picture("GIF"), "PNG"),
        (with_png_chunk(picture(), b"iCCP", b"x\0\0" + b"\0" * 999)[:60] + png_chunk(b"IEND", b""), "PNG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run", "PNG"),
        (b"", "WEBP"),
    ],
    ids=["bomb", "claims", "cut off", "another form", "GIF", "no data", "PostScript", "nothing"],
)
def test_nothing_is_made_of_what_is_hostile(data: bytes, form: str) -> None:
    assert made_of(data, form) is None


def test_two_servers_never_have_one_picture_at_a_time(
    world: World, blobs: Blobs, world_url: str, open_db: Callable[[str], Database]
) -> None:
    for _ in range(6):
        submitted(world, blobs)
    other = open_db(world_url)
    ids = world.read(lambda tx: queries.due(tx, 10))

    async def both() -> list[list[Leased]]:
        take = [db.write(lambda tx: leases.lease_pictures(tx, ids)) for db in (world.db, other)]
        return await asyncio.gather(*take)

    first, second = world.run(both())
    taken = [leased.attachment.id for leased in (*first, *second)]
    assert sorted(taken) == sorted(ids)


def test_a_picture_of_a_server_that_died_is_made_by_another(
    world: World, blobs: Blobs, tmp_path: Path
) -> None:
    """Done again it is stored in the same place; and who comes back late changes nothing any more."""
    full = submitted(world, blobs)
    [died] = lease(world)
    world.run(make_pictures(world.db, blobs))
    assert attachments(world, full)[0].state is AttachmentState.PENDING
    world.clock.advance(minutes=10)
    world.run(make_pictures(world.db, blobs))
    [found] = attachments(world, full)

    assert found.state is AttachmentState.READY
    assert not world.write(lambda tx: leases.mark_ready(tx, died, Made(1, 1, 1)))
    assert len(files(tmp_path)) == 2


def test_a_picture_over_which_servers_die_is_given_up(world: World, blobs: Blobs) -> None:
    full = submitted(world, blobs)
    for _ in range(3):
        assert len(lease(world)) == 1
        world.clock.advance(minutes=10)
    world.run(make_pictures(world.db, blobs))

    assert attachments(world, full)[0].state is AttachmentState.UNREADABLE


def test_a_store_out_of_reach_is_no_fault_of_the_picture(
    world: World, blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "access")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    nowhere = Bucket("lacewing", endpoint=f"http://127.0.0.1:{free_port()}", region="us-east-1")
    full = submitted(world, blobs)
    for _ in range(4):
        world.run(make_pictures(world.db, open_blobs(Settings(data=tmp_path, blobs=nowhere))))
        world.clock.advance(minutes=1)
    assert attachments(world, full)[0].state is AttachmentState.PENDING
    world.run(make_pictures(world.db, blobs))
    assert attachments(world, full)[0].state is AttachmentState.READY


def test_a_picture_that_a_backup_met_between_the_two_is_made_of_what_was_made(
    world: World, blobs: Blobs
) -> None:
    """Its row is of before it was made anew, its blobs are of after."""
    full = submitted(world, blobs)
    world.run(make_pictures(world.db, blobs))
    [made] = attachments(world, full)
    before = update(attachment_table).values(state=AttachmentState.PENDING)
    world.write(lambda tx: tx.execute(before) and None)

    world.run(make_pictures(world.db, blobs))

    [again] = attachments(world, full)
    assert (again.state, again.width, again.height) == (AttachmentState.READY, made.width, made.height)
    assert world.run(read(blobs, again.clean_key))
