"""What is asked of a provider over the network, never inside a unit: discovery, keys, exchange."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import structlog

from lacewing.credentials.oidc_faults import OidcFault, refusal
from lacewing.credentials.oidc_providers import Provider, is_loopback, is_safe_address
from lacewing.credentials.oidc_tokens import (
    BadTokenError,
    Claims,
    Key,
    UnknownKeyError,
    claims_from,
    verify,
)
from lacewing.kit.calls import tls_context
from lacewing.kit.errors import not_found
from lacewing.kit.lazy import LazyModule

TIMEOUT_SECONDS = 5.0
MAX_BYTES = 512 * 1024
KEPT_FOR = timedelta(minutes=10)
REFETCH_AFTER = timedelta(minutes=1)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
_httpx = LazyModule("httpx")
_log = structlog.get_logger(__name__)


class UnreachableError(Exception):
    """No answer, or none that can be read; the sentence is for the log."""


_NO_ANSWER = (TimeoutError, UnreachableError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Handoff:
    """What the browser is sent to a provider with. `challenge` is PKCE's, of S256."""

    redirect_uri: str
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Return:
    """What the browser came back with, and what we kept of its leaving. `issuer` is RFC 9207's `iss`."""

    redirect_uri: str
    code: str
    issuer: str | None
    nonce: str
    verifier: str


@dataclass(slots=True)
class _Known:
    """Public facts of a provider: kept for a while, no decision by memory (M-1)."""

    document: Mapping[str, Any]
    keys: Sequence[Key]
    document_at: datetime
    keys_at: datetime


class OidcClient:
    """One a process. Its methods raise UNAVAILABLE `provider_unreachable`."""

    def __init__(self, providers: tuple[Provider, ...], *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self.providers = providers
        self._timeout_seconds = timeout_seconds
        self._known: dict[str, _Known] = {}

    def provider(self, name: str) -> Provider:
        """Raises NOT_FOUND."""
        for provider in self.providers:
            if provider.name == name:
                return provider
        raise not_found("Provider")

    async def address(self, provider: Provider, handoff: Handoff, now: datetime) -> str:
        """Where the browser is sent (RFC 6749, 4.1.1; RFC 7636)."""
        document = (await self._facts(provider, now)).document
        query = urlencode(
            {
                "response_type": "code",
                "client_id": provider.client_id,
                "redirect_uri": handoff.redirect_uri,
                "scope": provider.scopes,
                "state": handoff.state,
                "nonce": handoff.nonce,
                "code_challenge": handoff.challenge,
                "code_challenge_method": "S256",
            }
        )
        endpoint = str(document["authorization_endpoint"])
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{query}"

    async def redeem(self, provider: Provider, came: Return, now: datetime) -> Claims:
        """Who logged in. Raises UNAUTHENTICATED `login_refused`."""
        known = await self._facts(provider, now)
        try:
            _require_issuer(provider, known.document, came.issuer)
            tokens = await self._exchange(provider, known.document, came)
            found = await self._verified(provider, known, tokens, came.nonce, now)
            return claims_from(await self._with_email(provider, known.document, tokens, found))
        except BadTokenError as error:
            _log.warning("a login was refused", provider=provider.name, cause=str(error))
            raise refusal(OidcFault.LOGIN_REFUSED) from error

    async def _facts(self, provider: Provider, now: datetime) -> _Known:
        known = self._known.get(provider.name)
        if known is None or now - known.document_at > KEPT_FOR:
            document = await self._ask(provider, "GET", _discovery(provider.issuer))
            _require_sound(provider, document)
            keys = await self._ask(provider, "GET", document["jwks_uri"])
            known = _Known(document, _keys(keys), now, now)
            self._known[provider.name] = known
        return known

    async def _exchange(
        self, provider: Provider, document: Mapping[str, Any], came: Return
    ) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": came.code,
            "redirect_uri": came.redirect_uri,
            "code_verifier": came.verifier,
        }
        methods = document.get("token_endpoint_auth_methods_supported")
        auth = None
        if isinstance(methods, list) and "client_secret_basic" not in methods:
            form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
        else:
            auth = (quote_plus(provider.client_id), quote_plus(provider.client_secret))
        return await self._ask(provider, "POST", document["token_endpoint"], data=form, auth=auth)

    async def _verified(
        self, provider: Provider, known: _Known, tokens: Mapping[str, Any], nonce: str, now: datetime
    ) -> dict[str, Any]:
        token = str(tokens.get("id_token", ""))
        try:
            return verify(provider, known.keys, token, nonce, now)
        except UnknownKeyError:
            if now - known.keys_at < REFETCH_AFTER:
                raise
        known.keys_at = now
        known.keys = _keys(await self._ask(provider, "GET", known.document["jwks_uri"]))
        return verify(provider, known.keys, token, nonce, now)

    async def _with_email(
        self,
        provider: Provider,
        document: Mapping[str, Any],
        tokens: Mapping[str, Any],
        found: dict[str, Any],
    ) -> Mapping[str, Any]:
        """Many providers tell the address at UserInfo only (OpenID Connect Core 1.0, 5.3)."""
        if "email" in found or "userinfo_endpoint" not in document or "access_token" not in tokens:
            return found
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        told = await self._ask(provider, "GET", document["userinfo_endpoint"], headers=headers)
        if told.get("sub") != found["sub"]:
            raise BadTokenError("UserInfo tells of somebody else")
        address = {key: told.get(key) for key in ("email", "email_verified")}
        return {"name": told.get("name"), **found, **address}

    async def _ask(self, provider: Provider, method: str, address: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await _fetch(method, address, options)
        except (_httpx.HTTPError, _httpx.InvalidURL, *_NO_ANSWER) as error:
            cause = f"{type(error).__name__} {error}"
            _log.warning("a provider does not answer", provider=provider.name, url=address, cause=cause)
            raise refusal(OidcFault.PROVIDER_UNREACHABLE) from error


async def _fetch(method: str, address: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON object of bounded size, from exactly there. 4xx at the exchange is a refusal: no outage."""
    through_proxy = not is_loopback(urlsplit(address).hostname or "")
    async with (
        _httpx.AsyncClient(
            verify=tls_context(), timeout=None, follow_redirects=False, trust_env=through_proxy
        ) as client,
        client.stream(method, address, **options) as answer,
    ):
        if method == "POST" and answer.status_code in {400, 401}:
            raise BadTokenError(f"the code was refused with {answer.status_code}")
        if answer.status_code != 200:
            raise UnreachableError(f"it answered {answer.status_code}")
        body = bytearray()
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > MAX_BYTES:
                raise UnreachableError("its answer is too long")
    decoded = json.loads(body)
    if not isinstance(decoded, dict):
        raise UnreachableError("it answered no JSON object")
    return decoded


def _discovery(issuer: str) -> str:
    return f"{issuer.rstrip('/')}/.well-known/openid-configuration"


def _require_sound(provider: Provider, document: Mapping[str, Any]) -> None:
    """The issuer to the letter, against mix-up (OpenID Connect Discovery 1.0, 4.3)."""
    if document.get("issuer") != provider.issuer:
        _log.warning("a provider names another issuer", provider=provider.name, issuer=provider.issuer)
        raise refusal(OidcFault.PROVIDER_UNREACHABLE)
    given = {name: document[name] for name in _ENDPOINTS if name in document}
    is_whole = given.keys() >= set(_ENDPOINTS[:3])
    if not is_whole or not all(isinstance(url, str) and is_safe_address(url) for url in given.values()):
        _log.warning("a provider's endpoints are missing or not safe", provider=provider.name)
        raise refusal(OidcFault.PROVIDER_UNREACHABLE)


def _require_issuer(provider: Provider, document: Mapping[str, Any], told: str | None) -> None:
    """RFC 9207: whoever announces that it tells who it is must do so, and nobody may tell otherwise."""
    is_announced = document.get("authorization_response_iss_parameter_supported") is True
    if told != provider.issuer and (told is not None or is_announced):
        raise BadTokenError("the answer came from another issuer")


def _keys(document: Mapping[str, Any]) -> Sequence[Key]:
    keys = document.get("keys")
    return [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []
