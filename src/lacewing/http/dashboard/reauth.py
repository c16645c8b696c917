"""To prove again who one is, on the way to what changes an account's security (S-7)."""

from lacewing.accounts import read_profile
from lacewing.credentials import Proof, ask_proof, prove, read_factors
from lacewing.http.core import Core
from lacewing.http.dashboard.forms import Mistake, Mistakes, mistakes_in
from lacewing.http.dashboard.rendering import WITH_SCRIPT, page
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import Onward, ProofForm
from lacewing.http.endpoint import COOKIE, USUAL_BODY_BYTES, BodyForm, Call, Reply, Routes
from lacewing.http.own_path import own_path
from lacewing.http.passkey_wire import PasskeyRequestOptions, assertion_in, request_options
from lacewing.http.sign_in_cookies import session_cookies
from lacewing.kit.errors import FieldError, LacewingError, invalid

routes = Routes("", "Pages")

_WRONG = Mistake("This password is wrong.")
_LABELS = {"password": "Password", "code": "Code"}


@routes.add(
    "GET",
    "/reauth",
    accepts=COOKIE,
    summary="The form to prove again who you are",
    query=Onward,
    is_documented=False,
)
async def show(core: Core, call: Call[None, Onward]) -> Reply:
    return await _page(core, call, call.query.next, Mistakes())


@routes.add(
    "POST",
    "/reauth",
    accepts=COOKIE,
    summary="Prove again who you are",
    body=ProofForm,
    form=BodyForm.FORM,
    max_body_bytes=USUAL_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def confirm(core: Core, call: Call[ProofForm, None]) -> Reply:
    form = call.body
    try:
        proved = await prove(core.db, call.actor, core.vault, _proof(form))
    except LacewingError as error:
        return await _page(core, call, form.next, _mistakes(error))
    return see_other(own_path(form.next), session_cookies(core.settings, proved.secrets))


@routes.add(
    "POST",
    "/reauth/options",
    accepts=COOKIE,
    summary="What the script needs to prove it with a passkey",
    is_secret=True,
    is_documented=False,
)
async def options(core: Core, call: Call[None, None]) -> PasskeyRequestOptions:
    return request_options(await ask_proof(core.db, call.actor, core.vault))


def _proof(form: ProofForm) -> Proof:
    if not (form.password or form.code or form.assertion):
        raise invalid(FieldError("password", "can't be blank", "blank"))
    return Proof(
        form.password or None,
        form.code or None,
        assertion_in(form.assertion) if form.assertion else None,
    )


def _mistakes(error: LacewingError) -> Mistakes:
    mistakes = mistakes_in(error, _LABELS)
    if error.code == "invalid_credentials":
        return Mistakes(mistakes.status, {"password": _WRONG}, None, mistakes.headers)
    return mistakes


async def _page(
    core: Core, call: Call[None, Onward] | Call[ProofForm, None], after: str, mistakes: Mistakes
) -> Reply:
    factors = await read_factors(core.db, call.actor)
    profile = await read_profile(core.db, call.actor)
    return page(
        "reauth.html",
        call,
        status=mistakes.status,
        headers=(*mistakes.headers, *WITH_SCRIPT),
        next=own_path(after),
        has_password=profile.has_password,
        has_totp=factors.has_totp,
        has_passkey=factors.passkeys > 0,
        providers=core.oidc.providers,
        errors=mistakes.errors,
        form_error=mistakes.form_error,
    )
