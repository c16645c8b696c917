"""Why a login with a provider does not come to its end: a stable code and our own sentence, never theirs."""

from enum import StrEnum

from lacewing.kit.errors import ErrorKind, LacewingError


class OidcFault(StrEnum):
    """The value is the error's code, and what `?error=` says."""

    ACCOUNT_EXISTS = "account_exists"
    EMAIL_MISSING = "email_missing"
    EMAIL_UNVERIFIED = "email_unverified"
    LOGIN_DENIED = "login_denied"
    LOGIN_EXPIRED = "login_expired"
    LOGIN_REFUSED = "login_refused"
    OFFER_UNFIT = "offer_unfit"
    PROVIDER_UNREACHABLE = "provider_unreachable"


SENTENCES: dict[str, str] = {
    OidcFault.ACCOUNT_EXISTS: "There is an account with this e-mail address already. Log in to it with your "
    "password; from there the two can be linked, once the address is verified on both sides.",
    OidcFault.EMAIL_MISSING: "The provider told no usable e-mail address, which a new account needs.",
    OidcFault.EMAIL_UNVERIFIED: "Verify the e-mail address of your account first.",
    OidcFault.LOGIN_DENIED: "The provider did not log you in.",
    OidcFault.LOGIN_EXPIRED: "This login took too long, or was begun in another browser. Try again.",
    OidcFault.LOGIN_REFUSED: "The login could not be verified. Try again, or ask whoever runs this instance.",
    OidcFault.OFFER_UNFIT: "The e-mail address of your account has changed meanwhile. Begin again.",
    OidcFault.PROVIDER_UNREACHABLE: "The provider does not answer at this moment. Try again shortly.",
    "identity_taken": "This login is linked already, to this account or to another.",
    "link_offered": "There is an account with this e-mail address. Log in to it once to link the two.",
    "reauth_required": "Log out and in again to prove that it is you, then repeat this.",
    "registration_closed": "There is no account for this login, and registration is closed here.",
    "setup_code_required": "The first account is made with its set-up code, not with a provider.",
}
_KINDS = {
    OidcFault.ACCOUNT_EXISTS: ErrorKind.CONFLICT,
    OidcFault.EMAIL_UNVERIFIED: ErrorKind.FORBIDDEN,
    OidcFault.OFFER_UNFIT: ErrorKind.FORBIDDEN,
    OidcFault.PROVIDER_UNREACHABLE: ErrorKind.UNAVAILABLE,
}


def refusal(fault: OidcFault) -> LacewingError:
    kind = _KINDS.get(fault, ErrorKind.UNAUTHENTICATED)
    wait = 1 if kind is ErrorKind.UNAVAILABLE else None
    return LacewingError(kind, fault, SENTENCES[fault], retry_after_seconds=wait)
