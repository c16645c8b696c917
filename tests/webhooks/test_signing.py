"""Deliveries are signed as Standard Webhooks says, and for older receivers as BugSpark did."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from lacewing.webhooks.signing import plain_headers, signature_headers

SECRET = "whsec_" + base64.b64encode(bytes(range(24))).decode()
OLD = "whsec_" + base64.b64encode(bytes(range(24, 56))).decode()
BODY = '{"event": "report.created", "data": {"title": "Größe \U0001f41b"}}'.encode()


# Those that the specification's own libraries are tested with.
@pytest.mark.parametrize(
    ("secret", "message_id", "timestamp", "body", "signature"),
    [
        (
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            b'{"test": 2432232314}',
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1649367553,
            b'{"email":"test@example.com","username":"test_user"}',
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        ),
    ],
)
def test_the_published_vectors_come_out(
    secret: str, message_id: str, timestamp: int, body: bytes, signature: str
) -> None:
    at = datetime.fromtimestamp(timestamp, UTC)

    headers = signature_headers(message_id, at, body, [secret])

    assert headers["webhook-signature"] == signature
    assert headers["webhook-timestamp"] == str(timestamp)


def signed(*secrets: str) -> dict[str, str]:
    return plain_headers("m1", "report.created") | signature_headers("m1", datetime.now(UTC), BODY, secrets)


@pytest.mark.parametrize("secret", [SECRET, OLD])
def test_while_two_secrets_are_in_force_either_verifies(secret: str) -> None:
    assert Webhook(secret).verify(BODY, signed(SECRET, OLD)) == json.loads(BODY)


def test_another_secret_and_another_body_do_not_verify() -> None:
    with pytest.raises(WebhookVerificationError):
        Webhook(OLD).verify(BODY, signed(SECRET))
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY + b" ", signed(SECRET))


def test_the_older_signature_is_keyed_with_the_text_of_the_newest_secret() -> None:
    headers = signed(SECRET, OLD)

    assert headers["X-BugSpark-Event"] == "report.created"
    assert headers["X-BugSpark-Signature"] == hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()
