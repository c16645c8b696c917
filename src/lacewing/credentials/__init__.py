"""All that yields or ends a credential, and the only door from a secret to an Actor."""

from lacewing.credentials.administer_access import (
    end_sessions_of,
    list_tokens_of,
    offer_reset,
    remove_factors_of,
    revoke_token_of,
)
from lacewing.credentials.administer_people import (
    change_instance_admin,
    create_person,
    disable_person,
    enable_person,
    list_people,
    read_person,
)
from lacewing.credentials.authenticate import authenticate
from lacewing.credentials.breaches import Breaches
from lacewing.credentials.change_email import ask_for_email, confirm_new_email, undo_email
from lacewing.credentials.change_password import change_password
from lacewing.credentials.create_token import create_project_token, create_token
from lacewing.credentials.delete_account import delete_account
from lacewing.credentials.device_approval import approve_device, deny_device, read_device_request
from lacewing.credentials.device_login import ask_for_device_code, poll_device_login
from lacewing.credentials.device_values import (
    ClientToken,
    DeviceCodes,
    DeviceRequest,
    NewDeviceLogin,
    PollRefusal,
)
from lacewing.credentials.expiry import warn_of_expiry
from lacewing.credentials.half_login import LIFETIME as HALF_LOGIN_LIFETIME
from lacewing.credentials.half_login import ask_second_step, finish_log_in, read_half_login
from lacewing.credentials.holders import holders_of
from lacewing.credentials.identities import list_identities, unlink_identity
from lacewing.credentials.known_devices import (
    DEVICE_LIFETIME,
    forget_devices,
    forget_expired_devices,
    recognise_device,
)
from lacewing.credentials.leaks import MOST_AT_ONCE, report_leak, revoke_leaked
from lacewing.credentials.log_in import log_in
from lacewing.credentials.log_in_by_passkey import ask_passkey_log_in, log_in_by_passkey
from lacewing.credentials.log_out import log_out
from lacewing.credentials.mfa import read_factors
from lacewing.credentials.mfa_enrolment import begin_totp, confirm_totp, make_recovery_codes, remove_totp
from lacewing.credentials.mfa_values import (
    AssertionOptions,
    CreationOptions,
    Factors,
    FactorsChanged,
    HalfLogin,
    KnownCredential,
    MfaMethod,
    NewPasskey,
    NewTotp,
    Passkey,
    PasskeyAdded,
    SecondStep,
)
from lacewing.credentials.oidc_client import OidcClient
from lacewing.credentials.oidc_faults import SENTENCES as OIDC_SENTENCES
from lacewing.credentials.oidc_finish import OidcEntered, OidcOffered, OidcReturn, finish_oidc
from lacewing.credentials.oidc_flows import PATIENCE as OIDC_PATIENCE
from lacewing.credentials.oidc_flows import OidcStart, begin_oidc_link, begin_oidc_login
from lacewing.credentials.oidc_offers import IdentityOffer, accept_identity_offer, read_identity_offer
from lacewing.credentials.oidc_providers import NAME as PROVIDER_NAME
from lacewing.credentials.oidc_providers import Provider, read_providers
from lacewing.credentials.passkeys import add_passkey, ask_passkey, list_passkeys, remove_passkey
from lacewing.credentials.password_tokens import log_in_for_token, sign_up_for_token
from lacewing.credentials.passwords import Hasher
from lacewing.credentials.prove import prove
from lacewing.credentials.prove_mfa import ask_proof
from lacewing.credentials.read_registration import read_registration
from lacewing.credentials.read_tokens import list_project_tokens, list_tokens, read_own_token
from lacewing.credentials.refresh_session import refresh_session
from lacewing.credentials.rekey import MissingKeysError, missing_keys, register_keys
from lacewing.credentials.reset_password import ask_for_reset, reset_password
from lacewing.credentials.reuse import tell_of_reuse
from lacewing.credentials.revoke_token import revoke_own_token, revoke_project_token, revoke_token
from lacewing.credentials.rotate_own_token import rotate_own_token
from lacewing.credentials.rotate_token import rotate_project_token, rotate_token
from lacewing.credentials.schemes import BEARER_KINDS, Presented, is_bearer_secret
from lacewing.credentials.sessions import end_other_sessions, end_own_session, list_sessions
from lacewing.credentials.sign_up import sign_up
from lacewing.credentials.token_steps import forget_project_tokens
from lacewing.credentials.totp import uri as totp_uri
from lacewing.credentials.values import (
    LogIn,
    MintedToken,
    NewToken,
    PasswordChange,
    Proof,
    RegistrationTerms,
    Rotation,
    Session,
    SessionSecrets,
    SignedIn,
    SignUp,
    Token,
    Vault,
)
from lacewing.credentials.verify_email import resend_verification, verify_email

__all__ = [
    "BEARER_KINDS",
    "DEVICE_LIFETIME",
    "HALF_LOGIN_LIFETIME",
    "MOST_AT_ONCE",
    "OIDC_PATIENCE",
    "OIDC_SENTENCES",
    "PROVIDER_NAME",
    "AssertionOptions",
    "Breaches",
    "ClientToken",
    "CreationOptions",
    "DeviceCodes",
    "DeviceRequest",
    "Factors",
    "FactorsChanged",
    "HalfLogin",
    "Hasher",
    "IdentityOffer",
    "KnownCredential",
    "LogIn",
    "MfaMethod",
    "MintedToken",
    "MissingKeysError",
    "NewDeviceLogin",
    "NewPasskey",
    "NewToken",
    "NewTotp",
    "OidcClient",
    "OidcEntered",
    "OidcOffered",
    "OidcReturn",
    "OidcStart",
    "Passkey",
    "PasskeyAdded",
    "PasswordChange",
    "PollRefusal",
    "Presented",
    "Proof",
    "Provider",
    "RegistrationTerms",
    "Rotation",
    "SecondStep",
    "Session",
    "SessionSecrets",
    "SignUp",
    "SignedIn",
    "Token",
    "Vault",
    "accept_identity_offer",
    "add_passkey",
    "approve_device",
    "ask_for_device_code",
    "ask_for_email",
    "ask_for_reset",
    "ask_passkey",
    "ask_passkey_log_in",
    "ask_proof",
    "ask_second_step",
    "authenticate",
    "begin_oidc_link",
    "begin_oidc_login",
    "begin_totp",
    "change_instance_admin",
    "change_password",
    "confirm_new_email",
    "confirm_totp",
    "create_person",
    "create_project_token",
    "create_token",
    "delete_account",
    "deny_device",
    "disable_person",
    "enable_person",
    "end_other_sessions",
    "end_own_session",
    "end_sessions_of",
    "finish_log_in",
    "finish_oidc",
    "forget_devices",
    "forget_expired_devices",
    "forget_project_tokens",
    "holders_of",
    "is_bearer_secret",
    "list_identities",
    "list_passkeys",
    "list_people",
    "list_project_tokens",
    "list_sessions",
    "list_tokens",
    "list_tokens_of",
    "log_in",
    "log_in_by_passkey",
    "log_in_for_token",
    "log_out",
    "make_recovery_codes",
    "missing_keys",
    "offer_reset",
    "poll_device_login",
    "prove",
    "read_device_request",
    "read_factors",
    "read_half_login",
    "read_identity_offer",
    "read_own_token",
    "read_person",
    "read_providers",
    "read_registration",
    "recognise_device",
    "refresh_session",
    "register_keys",
    "remove_factors_of",
    "remove_passkey",
    "remove_totp",
    "report_leak",
    "resend_verification",
    "reset_password",
    "revoke_leaked",
    "revoke_own_token",
    "revoke_project_token",
    "revoke_token",
    "revoke_token_of",
    "rotate_own_token",
    "rotate_project_token",
    "rotate_token",
    "sign_up",
    "sign_up_for_token",
    "tell_of_reuse",
    "totp_uri",
    "undo_email",
    "unlink_identity",
    "verify_email",
    "warn_of_expiry",
]
