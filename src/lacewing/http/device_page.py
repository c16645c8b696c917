"""Where people decide about devices: below PUBLIC_URL, never below a request's own host."""

from lacewing.settings import Settings

PATH = "/device"


def device_page(settings: Settings, user_code: str | None = None) -> str:
    """With a code, it is filled in already."""
    page = settings.base_url + PATH
    return page if user_code is None else f"{page}?code={user_code}"
