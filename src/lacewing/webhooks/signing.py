"""What a delivery is signed with: Standard Webhooks, and BugSpark's older header beside it."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

SECRET_PREFIX = "whsec_"  # noqa: S105 - how a secret begins


def plain_headers(message_id: str, name: str) -> dict[str, str]:
    """Those that are made without a secret; `name` is the event's."""
    return {"Content-Type": "application/json", "webhook-id": message_id, "X-BugSpark-Event": name}


def signature_headers(message_id: str, at: datetime, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """Under every secret that is in force, the newest first; BugSpark's header has room for that one only."""
    timestamp = str(int(at.timestamp()))
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    return {
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{_standard(secret, signed)}" for secret in secrets),
        "X-BugSpark-Signature": hmac.digest(secrets[0].encode(), body, hashlib.sha256).hex(),
    }


def _standard(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
