"""What Lacewing needs around it: the store of attachments, the mail server, Redis, the time."""

import ctypes
import os
import secrets
from collections.abc import AsyncIterator

from lacewing.budgets import Redis
from lacewing.cli.box.doctor.findings import Finding, fault, ok, warning
from lacewing.kit.errors import LacewingError
from lacewing.mail import SmtpServer, UnsentError
from lacewing.settings import Bucket, Settings
from lacewing.storage import Blobs, MissingBlobError, open_blobs

BLOBS = "blobs"
MAIL = "mail"
REDIS = "redis"
CLOCK = "clock"
_TEXT = b"written by lacewing doctor"
_UNSYNCHRONISED = 0x40
_TIMEX_BYTES = 256
_FIELDS_BEFORE_STATUS = 4


async def examine_services(settings: Settings) -> list[Finding]:
    return [*[found async for found in _services(settings)], *examine_clock()]


async def _services(settings: Settings) -> AsyncIterator[Finding]:
    if settings.data.stat().st_uid == os.geteuid():  # else it would leave folders that are not the server's
        yield await _blobs(settings)
    yield await _mail(settings)
    if settings.redis_url:
        yield await _redis(settings)


async def _blobs(settings: Settings) -> Finding:
    """Something is stored, read and deleted again."""
    place = f"the bucket {settings.blobs.name}" if isinstance(settings.blobs, Bucket) else "the folder"
    try:
        is_same = await _is_kept(open_blobs(settings))
    except (LacewingError, MissingBlobError) as error:
        return fault(BLOBS, f"Attachments can not be stored in {place}: {_reason(error)}.", _remedy(settings))
    if not is_same:
        return fault(BLOBS, f"What was stored in {place} was not what was read.", _remedy(settings))
    return ok(BLOBS, f"Attachments can be stored in {place}, read and deleted.")


async def _is_kept(blobs: Blobs) -> bool:
    key = f"doctor-{secrets.token_hex(16)}.bin"
    async with blobs.draft() as draft:
        await draft.write(_TEXT)
        await blobs.keep(draft, key)
    try:
        found = await blobs.open(key)
        return b"".join([chunk async for chunk in found.chunks]) == _TEXT
    finally:
        await blobs.delete([key])


def _remedy(settings: Settings) -> str:
    if isinstance(settings.blobs, Bucket):
        return "Look at LACEWING_BLOBS, at AWS_*, and at what the account may do: docs/attachments.md."
    folder = settings.blobs or settings.data / "blobs"
    return f"See that there is room, and that this account may write to {folder}."


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0].rstrip(".")[:200]


async def _mail(settings: Settings) -> Finding:
    """Nothing is sent."""
    if settings.smtp_url is None:
        return warning(
            MAIL,
            f"Mails are not sent but written to {settings.mail_folder}.",
            "Set LACEWING_SMTP_URL, so that people can reset passwords: docs/mail.md.",
        )
    try:
        async with SmtpServer(settings.smtp_url, settings.mail_from) as server:
            await server.connect()
    except UnsentError as error:
        remedy = "Look at LACEWING_SMTP_URL: host, port, user, password, and TLS."
        return fault(MAIL, f"{settings.smtp_url.host}: {error}.", remedy)
    return ok(MAIL, f"{settings.smtp_url.host} takes mails from {settings.mail_from.address}.")


async def _redis(settings: Settings) -> Finding:
    redis = Redis(settings.redis_url)
    try:
        await redis.require_up()
    except LacewingError as error:
        return fault(REDIS, f"It can not be reached: {_reason(error)}.", "Look at LACEWING_REDIS_URL.")
    finally:
        await redis.close()
    return ok(REDIS, "It answers.")


def examine_clock() -> list[Finding]:
    """What the kernel says of it (adjtimex(2)); nothing where it says nothing."""
    timex = (ctypes.c_long * (_TIMEX_BYTES // ctypes.sizeof(ctypes.c_long)))()
    try:
        answered = ctypes.CDLL(None).adjtimex(timex)
    except (OSError, AttributeError):
        return []
    if answered < 0:
        return []
    if timex[_FIELDS_BEFORE_STATUS] & _UNSYNCHRONISED:
        remedy = "Have it keep time by NTP: tokens, sessions and codes depend on it."
        return [warning(CLOCK, "Nothing keeps this machine's clock right.", remedy)]
    return [ok(CLOCK, "This machine's clock is kept right.")]
