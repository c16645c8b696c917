"""Adding and removing passkeys. To add one takes the script, as only a browser can make one (P-7)."""

from lacewing.credentials import NewPasskey, add_passkey, ask_passkey, remove_passkey
from lacewing.http.core import Core
from lacewing.http.dashboard.account_factors import PAGE, codes_page, factors_page
from lacewing.http.dashboard.forms import mistakes_in
from lacewing.http.dashboard.ways import see_other
from lacewing.http.dashboard.wire import FORM_BODY_BYTES, NewPasskeyForm, PasskeyIdForm
from lacewing.http.endpoint import COOKIE, USUAL_BODY_BYTES, BodyForm, Call, Reply, Routes
from lacewing.http.passkey_wire import PasskeyCreationOptions, attestation_in, creation_options
from lacewing.http.references import uuid_in
from lacewing.http.sign_in_cookies import session_cookies
from lacewing.kit.errors import LacewingError

routes = Routes("", "Pages")


@routes.add(
    "POST",
    f"{PAGE}/passkey-options",
    accepts=COOKIE,
    summary="What the script needs to make a passkey",
    is_secret=True,
    is_documented=False,
)
async def options(core: Core, call: Call[None, None]) -> PasskeyCreationOptions:
    return creation_options(await ask_passkey(core.db, call.actor, core.vault))


@routes.add(
    "POST",
    f"{PAGE}/add-passkey",
    accepts=COOKIE,
    summary="Add the passkey that the browser made",
    body=NewPasskeyForm,
    form=BodyForm.FORM,
    max_body_bytes=USUAL_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def add(core: Core, call: Call[NewPasskeyForm, None]) -> Reply:
    form = call.body
    try:
        new = NewPasskey(attestation_in(form.credential), form.name.strip() or "Passkey")
        changed = (await add_passkey(core.db, call.actor, core.vault, new)).changed
    except LacewingError as error:
        return await factors_page(core, call, mistakes_in(error, {}))
    if changed.recovery_codes:
        return codes_page(core, call, changed, "passkey-added")
    return see_other(f"{PAGE}?done=passkey-added", session_cookies(core.settings, changed.secrets))


@routes.add(
    "POST",
    f"{PAGE}/remove-passkey",
    accepts=COOKIE,
    summary="Remove a passkey",
    body=PasskeyIdForm,
    form=BodyForm.FORM,
    max_body_bytes=FORM_BODY_BYTES,
    is_secret=True,
    is_documented=False,
)
async def remove(core: Core, call: Call[PasskeyIdForm, None]) -> Reply:
    passkey_id = uuid_in({"passkey_id": call.body.passkey_id}, "passkey_id")
    changed = await remove_passkey(core.db, call.actor, core.vault, passkey_id)
    return see_other(f"{PAGE}?done=passkey-removed", session_cookies(core.settings, changed.secrets))
