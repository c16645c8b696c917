"""When a mail is due. All times are UTC."""

from datetime import datetime, timedelta

from lacewing.notifications.values import Digest

# What happens to one report meanwhile goes into the same mail.
FOLDED = timedelta(minutes=1)
DAILY_AT_HOUR = 6


def due_at(digest: Digest, now: datetime) -> datetime | None:
    """None for who wants no mails."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    match digest:
        case Digest.IMMEDIATELY:
            return now + FOLDED
        case Digest.HOURLY:
            return hour + timedelta(hours=1)
        case Digest.DAILY:
            today = hour.replace(hour=DAILY_AT_HOUR)
            return today if now < today else today + timedelta(days=1)
        case Digest.NEVER:
            return None
