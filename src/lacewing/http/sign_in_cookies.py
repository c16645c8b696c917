"""The two cookies of a session (D4): set at sign-in and refresh, expired at logout.

The cookie of a known device is set at sign-in only, and stays (K-2). Another binds a login with a provider to
its browser.
"""

from datetime import UTC, datetime, timedelta

from lacewing.credentials import DEVICE_LIFETIME, HALF_LOGIN_LIFETIME, SessionSecrets, SignedIn
from lacewing.http.arrival import (
    ACCESS_COOKIE,
    DEVICE_COOKIE,
    HALF_LOGIN_COOKIE,
    REFRESH_COOKIE,
    Headers,
    cookie,
    cookie_name,
)
from lacewing.settings import Settings

HeaderList = tuple[tuple[str, str], ...]

OIDC_COOKIE = "lacewing_oidc"
CLEAR_SITE_DATA = ("Clear-Site-Data", '"cache", "storage"')


def sign_in_cookies(settings: Settings, signed_in: SignedIn) -> HeaderList:
    cookies = session_cookies(settings, signed_in.secrets)
    if signed_in.device is None:
        return cookies
    until = datetime.now(UTC) + DEVICE_LIFETIME
    return (*cookies, _cookie(settings, DEVICE_COOKIE, signed_in.device, until))


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


def device_in(headers: Headers, settings: Settings) -> str | None:
    return cookie(headers, cookie_name(DEVICE_COOKIE, settings)) or None


def half_login_cookie(settings: Settings, token: str) -> HeaderList:
    """Where a redirect leads to the second step: no token stands in a URL (F-8). Empty forgets it."""
    until = datetime.now(UTC) + HALF_LOGIN_LIFETIME
    return (_cookie(settings, HALF_LOGIN_COOKIE, token, until if token else datetime.fromtimestamp(0, UTC)),)


def half_login_in(headers: Headers, settings: Settings) -> str | None:
    return cookie(headers, cookie_name(HALF_LOGIN_COOKIE, settings)) or None


def oidc_cookie(settings: Settings, browser: str, lifetime: timedelta) -> HeaderList:
    """Lax, since the provider leads back from its own site."""
    return (_cookie(settings, OIDC_COOKIE, browser, datetime.now(UTC) + lifetime),)


def oidc_browser_in(headers: Headers, settings: Settings) -> str:
    """Empty if there is none: then nothing fits it."""
    return cookie(headers, cookie_name(OIDC_COOKIE, settings)) or ""


def _cookie(settings: Settings, name: str, value: str, until: datetime) -> tuple[str, str]:
    max_age = max(0, round((until - datetime.now(UTC)).total_seconds()))
    secure = "; Secure" if settings.over_https else ""
    name = cookie_name(name, settings)
    return ("Set-Cookie", f"{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={max_age}{secure}")
