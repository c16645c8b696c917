"""A person's own tokens: made with a preset of rights and an expiry, rotated, revoked (C-1, C-3, S-5)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lacewing.access.permissions import Scope
from lacewing.credentials import (
    MintedToken,
    NewToken,
    Rotation,
    create_token,
    list_tokens,
    revoke_token,
    rotate_token,
)
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistakes, mistakes_in
from lacewing.http.dashboard.rendering import page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, AccountQuery, TokenForm, TokenIdForm
from lacewing.http.endpoint import COOKIE, BodyForm, Call, Reply, Routes
from lacewing.http.references import uuid_in
from lacewing.kit.errors import FieldError, LacewingError, invalid

routes = Routes("", "Pages")

PAGE = "/account/tokens"
PROPOSED_DAYS = 90
RIGHTS: Mapping[str, frozenset[Scope] | None] = {
    "read-only": frozenset(scope for scope in Scope if scope.endswith(":read")),
    "ci": frozenset({Scope.PROJECTS_READ, Scope.REPORTS_CREATE, Scope.REPORTS_READ}),
    "all": None,
}
_LABELS = {"name": "Name", "rights": "Rights", "expires_in_days": "Expiry"}


@routes.add("GET", PAGE, accepts=COOKIE, summary="Your tokens", query=AccountQuery, is_documented=False)
async def show(core: Core, call: Call[None, AccountQuery]) -> Reply:
    form = TokenForm(expires_in_days=str(PROPOSED_DAYS))
    return await _page(core, call, form, Mistakes(), call.query.done)


@routes.add(
    "POST",
    f"{PAGE}/create",
    accepts=COOKIE,
    summary="Create a token",
    body=TokenForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def create(core: Core, call: Call[TokenForm, None]) -> Reply:
    try:
        minted = await create_token(core.db, call.actor, core.vault, _new_token(call.body))
    except LacewingError as error:
        return await _page(core, call, call.body, mistakes_in(error, _LABELS))
    return _minted_page(call, minted, is_rotated=False)


@routes.add(
    "POST",
    f"{PAGE}/rotate",
    accepts=COOKIE,
    summary="Give a token a new secret",
    body=TokenIdForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def rotate(core: Core, call: Call[TokenIdForm, None]) -> Reply:
    minted = await rotate_token(core.db, call.actor, core.vault, _token_id(call.body), Rotation())
    return _minted_page(call, minted, is_rotated=True)


@routes.add(
    "POST",
    f"{PAGE}/revoke",
    accepts=COOKIE,
    summary="Revoke a token",
    body=TokenIdForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_documented=False,
)
async def revoke(core: Core, call: Call[TokenIdForm, None]) -> Reply:
    await revoke_token(core.db, call.actor, _token_id(call.body))
    return see_other(f"{PAGE}?done=revoked")


def _token_id(form: TokenIdForm) -> UUID:
    return uuid_in({"token_id": form.token_id}, "token_id")


def _new_token(form: TokenForm) -> NewToken:
    if form.rights not in RIGHTS:
        raise invalid(FieldError("rights", f"must be one of {', '.join(RIGHTS)}", "not_allowed"))
    days = form.expires_in_days
    if days and not (days.isascii() and days.isdigit() and len(days) <= 4):
        raise invalid(FieldError("expires_in_days", "must be a number of days", "wrong_type"))
    return NewToken(form.name, expires_in_days=int(days) if days else None, scopes=RIGHTS[form.rights])


def _minted_page(call: Call[Any, None], minted: MintedToken, *, is_rotated: bool) -> Reply:
    """The only time that the secret is shown (F-7)."""
    return page(
        "account_token.html",
        call,
        token=minted.token,
        secret=minted.secret,
        is_rotated=is_rotated,
    )


async def _page(
    core: Core, call: Call[Any, Any], form: TokenForm, mistakes: Mistakes, done: str = ""
) -> Reply:
    return page(
        "account_tokens.html",
        call,
        status=mistakes.status,
        headers=mistakes.headers,
        now=core.db.clock(),
        done=done,
        tokens=await list_tokens(core.db, call.actor, core.vault),
        rights_of={scopes: name for name, scopes in RIGHTS.items()},
        name=form.name,
        rights=form.rights,
        expires_in_days=form.expires_in_days,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )
