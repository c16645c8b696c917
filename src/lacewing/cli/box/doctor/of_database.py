"""The database: whether it is there, whole, of this program's schema, and of this machine's time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from lacewing.cli.box import data_folder
from lacewing.cli.box.doctor.findings import Finding, fault, ok, warning
from lacewing.credentials import missing_keys
from lacewing.events import last_recorded_at
from lacewing.jobs import count_failed_jobs
from lacewing.kit.clock import utc_now
from lacewing.kit.keyring import parse
from lacewing.settings import Settings, SettingsError
from lacewing.storage import (
    HEAD,
    KNOWN,
    CopyError,
    Transaction,
    database_to_copy,
    look,
    revision,
    to_be_filled,
)
from lacewing.storage.backend import Backend
from lacewing.webhooks import is_sealed_under

DATABASE = "database"
SCHEMA = "schema"
CLOCK = "clock"
KEYS = "keys"
JOBS = "jobs"
_MOST_APART = timedelta(seconds=5)


def examine_database(settings: Settings) -> list[Finding]:
    """Opens it for reading only."""
    try:
        with database_to_copy(settings.database) as backend:
            return look(backend, lambda tx: [*_itself(backend, tx), *_schema(tx, settings)])
    except CopyError as error:
        place = to_be_filled(settings.database).place
        return [
            fault(DATABASE, str(error), f"Look at LACEWING_DATABASE_URL and --data: they lead to {place}.")
        ]


def _itself(backend: Backend, tx: Transaction) -> Iterator[Finding]:
    found = backend.diagnose(tx.connection)
    for sentence, remedy in found.faults:
        yield fault(DATABASE, sentence, remedy)
    for sentence, remedy in found.warnings:
        yield warning(DATABASE, sentence, remedy)
    if not found.faults:
        yield ok(DATABASE, f"{found.version} answers.")
    if found.now is not None:
        yield from _compared(found.now)


def _compared(there: datetime) -> Iterator[Finding]:
    apart = abs(there - utc_now())
    if apart > _MOST_APART:
        yield warning(
            CLOCK,
            f"The database's clock and this machine's are {apart.total_seconds():.0f} s apart.",
            "Have both machines keep time by NTP.",
        )


def _schema(tx: Transaction, settings: Settings) -> Iterator[Finding]:
    found = revision(tx.connection)
    if found == HEAD:
        yield ok(SCHEMA, f"The schema is this program's ({HEAD}).")
        yield from _content(tx, settings)
    elif found is None:
        yield fault(SCHEMA, "The database is empty.", "Run lacewing serve, which makes what it needs.")
    elif found in KNOWN:
        yield warning(
            SCHEMA,
            f"The schema ({found}) is older than this program's ({HEAD}).",
            "Run lacewing migrate, or start lacewing serve, when a backup is made.",
        )
    else:
        yield fault(
            SCHEMA,
            f"The schema ({found}) is newer than this program's ({HEAD}).",
            "Install the newer Lacewing.",
        )


def _content(tx: Transaction, settings: Settings) -> Iterator[Finding]:
    yield from _keys(tx, settings)
    last = last_recorded_at(tx)
    if last is not None and last > tx.now + _MOST_APART:
        yield fault(
            CLOCK,
            f"What was stored last is of {last:%Y-%m-%d %H:%M:%S} UTC, and this machine's clock says "
            f"{tx.now:%Y-%m-%d %H:%M:%S}.",
            "Set the clock, and have it keep time by NTP: tokens, sessions and codes depend on it.",
        )
    failed = count_failed_jobs(tx)
    if failed:
        yield warning(JOBS, f"{failed} jobs were given up.", "See lacewing admin jobs, and --retry-all.")


def _keys(tx: Transaction, settings: Settings) -> Iterator[Finding]:
    try:
        ring = parse(data_folder.kept_keys(settings))
    except SettingsError:
        return  # told by the folder's part
    missing = missing_keys(tx, ring, is_sealed_under)
    if missing:
        yield fault(
            KEYS,
            f"The key ring lacks {', '.join(sorted(missing))}, which stored credentials were made with.",
            "Put the old keys after the current one in the ring: Lacewing does not start without them.",
        )
