"""What a server without a mail server writes into its folder: the links in its mails."""

import email
import re
import time
from email import policy
from functools import cache
from pathlib import Path
from typing import Final

from tests.server import Server

PATIENCE_SECONDS: Final = 60.0


def token_of(server: Server, path: str, to: str, *, but: str = "") -> str:
    """The token of the newest link to `path` that was mailed to `to`, and is not `but`; waits for it."""
    return found_in_mail(server, re.escape(path) + r"\?token=(\S+)", to, but=but)


def found_in_mail(server: Server, pattern: str, to: str, *, but: str = "") -> str:
    """The pattern's group in the newest mail to `to` that has it, and other than `but`; waits for it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for file in sorted((server.data / "outbox").glob("*.eml"), reverse=True):
            recipient, text = _read(file)
            found = re.search(pattern, text) if recipient == to else None
            if found and found[1] != but:
                return found[1]
        time.sleep(0.02)
    raise AssertionError(f"no mail to {to} has {pattern}")


@cache
def _read(file: Path) -> tuple[str, str]:
    """To whom, and its text. A mail is there whole, and stays as it is."""
    message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return str(message["To"]), body.get_content() if body else ""
