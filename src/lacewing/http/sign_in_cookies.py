"""The two cookies of a session (D4): set at sign-in and refresh, expired at logout."""

from datetime import UTC, datetime

from lacewing.credentials import SessionSecrets
from lacewing.http.arrival import ACCESS_COOKIE, REFRESH_COOKIE, Headers, cookie, cookie_name
from lacewing.settings import Settings

HeaderList = tuple[tuple[str, str], ...]

CLEAR_SITE_DATA = ("Clear-Site-Data", '"cache", "storage"')


def session_cookies(settings: Settings, secrets: SessionSecrets) -> HeaderList:
    return (
        _cookie(settings, ACCESS_COOKIE, secrets.access, secrets.access_expires_at),
        _cookie(settings, REFRESH_COOKIE, secrets.refresh, secrets.refresh_expires_at),
    )


def expired_cookies(settings: Settings) -> HeaderList:
    long_ago = datetime.fromtimestamp(0, UTC)
    return (
        _cookie(settings, ACCESS_COOKIE, "", long_ago),
        _cookie(settings, REFRESH_COOKIE, "", long_ago),
    )


def session_secrets_in(headers: Headers, settings: Settings) -> tuple[str | None, str | None]:
    """The access and the refresh token that came as cookies."""
    return (
        cookie(headers, cookie_name(ACCESS_COOKIE, settings)),
        cookie(headers, cookie_name(REFRESH_COOKIE, settings)),
    )


def _cookie(settings: Settings, name: str, value: str, until: datetime) -> tuple[str, str]:
    max_age = max(0, round((until - datetime.now(UTC)).total_seconds()))
    secure = "; Secure" if settings.over_https else ""
    name = cookie_name(name, settings)
    return ("Set-Cookie", f"{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={max_age}{secure}")
