"""What no report has is deleted: rows and bytes, and never one without the other."""

from datetime import timedelta
from pathlib import Path

import pytest

from lacewing.kit.errors import LacewingError
from lacewing.reports import attachment_leases as leases
from lacewing.reports import attachment_queries as queries
from lacewing.reports import delete_report, make_pictures, sweep_attachments
from lacewing.reports.make_pictures import SWEPT_AT_ONCE
from lacewing.settings import Bucket, Settings
from lacewing.storage import Blobs, open_blobs
from tests.ports import free_port
from tests.reports.uploads import attachments, files, screenshot, submitted, uploaded
from tests.world import World


def sweep(world: World, blobs: Blobs) -> None:
    world.run(sweep_attachments(world.db, blobs))


def left_behind(world: World) -> int:
    return len(world.read(lambda tx: queries.left_behind(tx, tx.now - timedelta(hours=24), 1000)))


def test_an_upload_that_nobody_refers_to_goes_after_a_day(world: World, blobs: Blobs, tmp_path: Path) -> None:
    mine = uploaded(world, blobs)
    world.clock.advance(hours=23)
    sweep(world, blobs)
    assert len(files(tmp_path)) == 1
    world.clock.advance(hours=1)
    sweep(world, blobs)

    assert files(tmp_path) == []
    assert left_behind(world) == 0
    assert len(world.submit(**screenshot(mine.key)).warnings) == 1


def test_what_a_report_has_stays(world: World, blobs: Blobs, tmp_path: Path) -> None:
    full = submitted(world, blobs)
    world.clock.advance(days=400)
    sweep(world, blobs)

    assert len(files(tmp_path)) == len(attachments(world, full)) == 1


def test_what_a_deleted_report_had_goes_at_once(world: World, blobs: Blobs, tmp_path: Path) -> None:
    full = submitted(world, blobs)
    world.run(make_pictures(world.db, blobs))
    world.run(delete_report(world.db, world.session("ada"), full.report.id))
    sweep(world, blobs)

    assert files(tmp_path) == []
    assert left_behind(world) == 0


def test_what_is_being_decoded_goes_when_that_is_over(world: World, blobs: Blobs, tmp_path: Path) -> None:
    full = submitted(world, blobs)
    world.write(lambda tx: leases.lease_pictures(tx, queries.due(tx, 10)))
    world.run(delete_report(world.db, world.session("ada"), full.report.id))
    sweep(world, blobs)
    assert len(files(tmp_path)) == 1
    world.clock.advance(minutes=10)
    sweep(world, blobs)
    assert files(tmp_path) == []


def test_a_sweep_that_ended_half_way_is_done_again(
    world: World, blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row stays until its bytes are gone."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "access")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    nowhere = Bucket("lacewing", endpoint=f"http://127.0.0.1:{free_port()}", region="us-east-1")
    mine = uploaded(world, blobs)
    world.clock.advance(hours=24)
    with pytest.raises(LacewingError):
        sweep(world, open_blobs(Settings(data=tmp_path, blobs=nowhere)))
    assert len(world.submit(**screenshot(mine.key)).warnings) == 1
    world.clock.advance(minutes=10)
    assert left_behind(world) == 1
    sweep(world, blobs)

    assert (left_behind(world), files(tmp_path)) == (0, [])


def test_more_than_one_part_goes_in_one_sweep(world: World, blobs: Blobs, tmp_path: Path) -> None:
    key = world.key()
    for _ in range(SWEPT_AT_ONCE + 1):
        uploaded(world, blobs, key)
    world.clock.advance(hours=24)
    sweep(world, blobs)

    assert (left_behind(world), files(tmp_path)) == (0, [])


def test_while_a_backup_is_made_what_it_refers_to_stays(world: World, blobs: Blobs, tmp_path: Path) -> None:
    full = submitted(world, blobs)
    with world.db.backend.hold_sweeping():
        world.run(delete_report(world.db, world.session("ada"), full.report.id))
        sweep(world, blobs)
        assert len(files(tmp_path)) == left_behind(world) == 1
    sweep(world, blobs)
    assert files(tmp_path) == []
