"""Evidence apart from the row: cut to its caps, packed with zstd, unpacked as the JSON text that came."""

from dataclasses import replace

from lacewing.kit import zstd
from lacewing.kit.json import dumps, elements, fields, is_json
from lacewing.reports.values import Evidence

MAX_LIST_BYTES = 512 * 1024
MAX_METADATA_BYTES = 64 * 1024
COMPRESS_FROM_BYTES = 1024

_WIRE_NAMES = {
    "console": "console_logs",
    "network": "network_logs",
    "actions": "user_actions",
    "metadata": "metadata",
}


def fit(evidence: Evidence) -> tuple[Evidence, tuple[str, ...]]:
    """The evidence within its caps, and a sentence for each part that was cut: the oldest entries go."""
    warnings: list[str] = []
    evidence = _legible(evidence, warnings)
    console = _fit_list("console_logs", evidence.console, warnings)
    network = _fit_list("network_logs", evidence.network, warnings)
    actions = _fit_list("user_actions", evidence.actions, warnings)
    metadata = _fit_metadata(evidence.metadata, warnings)
    if metadata is not None and not metadata.startswith(b"{"):
        warnings.append("metadata is not an object; it was kept as it came.")
    return Evidence(console, network, actions, metadata), tuple(warnings)


def pack(evidence: Evidence) -> bytes | None:
    """One JSON object, as one zstd frame unless it is short; None when there is nothing to keep."""
    parts = {
        b"console": evidence.console,
        b"network": evidence.network,
        b"actions": evidence.actions,
        b"metadata": evidence.metadata,
        b"secrets": evidence.secrets,
    }
    members = [b'"%s":%s' % (name, text) for name, text in parts.items() if text is not None]
    if not members:
        return None
    text = b"{" + b",".join(members) + b"}"
    if len(text) < COMPRESS_FROM_BYTES:
        return text
    return zstd.compress(text)


def unpack(packed: bytes | None) -> Evidence:
    """A zstd frame (RFC 8878) never begins like a JSON object."""
    if packed is None:
        return Evidence()
    text = packed if packed.startswith(b"{") else zstd.decompress(packed)
    return Evidence(**{name: bytes(raw) for name, raw in fields(text).items()})


def _legible(evidence: Evidence, warnings: list[str]) -> Evidence:
    """A part that is not JSON becomes its text as a JSON string: what is stored, an answer can be made of."""
    broken = {
        name: dumps(text.decode(errors="replace")).encode()
        for name in _WIRE_NAMES
        if (text := getattr(evidence, name)) is not None and not is_json(text)
    }
    warnings += [f"{_WIRE_NAMES[name]} could not be read as JSON; its text was kept." for name in broken]
    return replace(evidence, **broken) if broken else evidence


def _fit_metadata(text: bytes | None, warnings: list[str]) -> bytes | None:
    """What was drawn on the picture goes first: it is in the picture too."""
    if text is None or len(text) <= MAX_METADATA_BYTES:
        return text
    members = fields(text) if text.startswith(b"{") else {}
    if members.pop("annotation", None) is not None:
        rest = (
            b"{" + b",".join(b"%s:%s" % (dumps(name).encode(), raw) for name, raw in members.items()) + b"}"
        )
        if len(rest) <= MAX_METADATA_BYTES:
            warnings.append("metadata.annotation was dropped: metadata is longer than 64 KB.")
            return rest
    warnings.append("metadata was dropped: it is longer than 64 KB.")
    return None


def _fit_list(name: str, text: bytes | None, warnings: list[str]) -> bytes | None:
    if text is not None and not text.startswith((b"[", b"{")):
        warnings.append(f"{name} is not a list; it was kept as it came.")
    if text is None or len(text) <= MAX_LIST_BYTES:
        return text
    entries = elements(text)
    kept: list[bytes] = []
    room = MAX_LIST_BYTES - 2
    for entry in reversed(entries):
        room -= len(entry) + 1
        if room < 0:
            break
        kept.append(entry)
    dropped = len(entries) - len(kept)
    warnings.append(f"{name}: the oldest {dropped} of {len(entries)} entries were dropped to fit 512 KB.")
    return b"[" + b",".join(reversed(kept)) + b"]"
