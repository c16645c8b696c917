"""What kind of program a User-Agent names: one short word for lists, never a fact to decide by."""

import re

LONGEST_FAMILY = 32
# Order matters: browsers name those before them too (RFC 9110, 10.1.5, on compatibility with history).
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_PRODUCT = re.compile(r"[A-Za-z][A-Za-z0-9._+-]*")


def client_family(agent: str) -> str:
    """`Firefox`, `curl`, `python-httpx`; the first product's name of what is no browser; else `unknown`."""
    if agent.startswith("Mozilla/"):
        return next((family for mark, family in _BROWSERS if f"{mark}/" in agent), "browser")
    product = _PRODUCT.match(agent)
    return product[0][:LONGEST_FAMILY] if product else "unknown"
