"""Logging in with a provider, on the wire."""

import msgspec

from lacewing.accounts import Identity
from lacewing.credentials import Provider
from lacewing.http.shapes import Instant


class ProviderItem(msgspec.Struct, rename="camel"):
    """`login_url` is opened by the browser itself, it is no call of a page's."""

    name: str
    label: str
    login_url: str


class ProviderList(msgspec.Struct):
    providers: list[ProviderItem]


class LeaveQuery(msgspec.Struct):
    """`next` is a path of this site; with `link=1` the login there is offered to your account."""

    next: str = "/"
    link: bool = False


class ReturnQuery(msgspec.Struct):
    """What a provider adds to the callback's address. It may add more, and all of it may be missing."""

    state: str = ""
    code: str = ""
    iss: str | None = None


class IdentityItem(msgspec.Struct, rename="camel"):
    """`email` is the address that the provider told last."""

    provider: str
    issuer: str
    email: str | None
    created_at: Instant
    last_used_at: Instant | None


def provider_item(provider: Provider) -> ProviderItem:
    return ProviderItem(provider.name, provider.label, f"/api/v1/auth/oidc/{provider.name}/login")


def identity_item(identity: Identity) -> IdentityItem:
    return IdentityItem(
        identity.provider, identity.issuer, identity.email, identity.created_at, identity.last_used_at
    )
