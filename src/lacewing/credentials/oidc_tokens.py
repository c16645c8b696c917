"""Whether an ID token is what it says (OpenID Connect Core 1.0, 3.1.3.7). Pure: no I/O."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lacewing.credentials.oidc_providers import Provider
from lacewing.kit.lazy import LazyModule

ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}
LEEWAY_SECONDS = 60
LONGEST_SUBJECT = LONGEST_TEXT = 255
_LATEST = 2**53
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_jwk = LazyModule("joserfc.jwk")
_jws = LazyModule("joserfc.jws")
_jwt = LazyModule("joserfc.jwt")
_errors = LazyModule("joserfc.errors")

Key = Mapping[str, Any]


class BadTokenError(Exception):
    """The sentence is for the log, never for the caller."""


class UnknownKeyError(BadTokenError):
    """It names a key that is not in the set: newer ones may have been published."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider said of the person who logged in there."""

    issuer: str
    subject: str
    email: str | None
    is_email_verified: bool
    name: str | None
    used_mfa: bool


def verify(provider: Provider, keys: Sequence[Key], token: str, nonce: str, now: datetime) -> dict[str, Any]:
    """The claims of a token that its issuer made for us, for this login. Raises BadTokenError."""
    claims = _opened(keys, token)
    wrong = [name for name, is_right in _judged(provider, claims, nonce, now) if not is_right]
    if wrong:
        raise BadTokenError(f"the ID token's {', '.join(wrong)} is wrong")
    return claims


def claims_from(found: Mapping[str, Any]) -> Claims:
    """`found` has been verified. Only a plain `true` says that an address is verified."""
    amr = found.get("amr")
    return Claims(
        found["iss"],
        found["sub"],
        _text(found.get("email")),
        found.get("email_verified") is True,
        _text(found.get("name")),
        isinstance(amr, list) and "mfa" in amr,
    )


def _opened(keys: Sequence[Key], token: str) -> dict[str, Any]:
    """The key is chosen by us, of the kind that the algorithm needs: never `none`, never a shared secret."""
    try:
        header = _jws.extract_compact(token.encode()).headers()
        fitting = _fitting(keys, header)
        registry = _jws.JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        for key in fitting:
            try:
                public = _jwk.JWKRegistry.import_key(dict(key))
                claims: dict[str, Any] = _jwt.decode(token, public, registry=registry).claims
            except _errors.BadSignatureError:
                continue
            return claims
    except (_errors.JoseError, *_UNREADABLE) as error:
        raise BadTokenError(f"the ID token can not be read: {error}") from error
    raise BadTokenError("the ID token's signature is wrong")


def _fitting(keys: Sequence[Key], header: Mapping[str, Any]) -> list[Key]:
    algorithm, kid = header.get("alg"), header.get("kid")
    kind = ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None
    if kind is None:
        raise BadTokenError("the ID token's algorithm is not allowed")
    fitting = [
        key
        for key in keys
        if key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (kid is None or key.get("kid") == kid)
    ]
    if not fitting:
        raise UnknownKeyError("the ID token's key is not published")
    return fitting


def _judged(
    provider: Provider, claims: Mapping[str, Any], nonce: str, now: datetime
) -> list[tuple[str, bool]]:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    is_ours_alone = audiences == [provider.client_id]
    party = claims.get("azp")
    expires_at, issued_at, seconds = _number(claims.get("exp")), _number(claims.get("iat")), now.timestamp()
    subject = claims.get("sub")
    return [
        ("iss", claims.get("iss") == provider.issuer),
        ("aud", provider.client_id in audiences),
        ("azp", party == provider.client_id or (party is None and is_ours_alone)),
        ("exp", expires_at > seconds - LEEWAY_SECONDS),
        ("iat", issued_at < seconds + LEEWAY_SECONDS),
        ("nonce", claims.get("nonce") == nonce),
        ("sub", isinstance(subject, str) and _is_subject(subject)),
    ]


def _is_subject(text: str) -> bool:
    """At most 255 ASCII characters, and none that a database would not take."""
    return 0 < len(text) <= LONGEST_SUBJECT and text.isascii() and text.isprintable()


def _text(value: object) -> str | None:
    """Up to 255 characters without NUL or lone surrogates; else as if it had not been told."""
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST_TEXT:
        return None
    is_storable = "\0" not in value and value == value.encode("utf-8", "replace").decode()
    return value.strip() if is_storable else None


def _number(value: object) -> float:
    """NaN for what is none: every comparison with it is false."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LATEST:
        return math.nan
    return float(value)
