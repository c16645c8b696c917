"""Where this instance stands, as its caller can reach it."""

import re

from lacewing.http.arrival import Headers
from lacewing.settings import Settings

_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?|\[[0-9A-Fa-f:.]+\](:[0-9]+)?")


def own_address(settings: Settings, headers: Headers) -> str:
    """The operator's word, or the address that this caller used: behind a published port we know no other.

    It is shown to the same caller only, but inside shell lines and code, so that it must be a plain host.
    """
    host = headers.get(b"host") or ""
    return f"http://{host}" if not settings.public_url and _HOST.fullmatch(host) else settings.base_url
