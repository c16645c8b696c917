"""The half-way state of a two-step login (P-8), and the verbs that finish it."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, insert, update

from lacewing import events
from lacewing.access.actor import Visit
from lacewing.accounts import Profile, lock_person, normal_email, profile
from lacewing.credentials import mfa_queries
from lacewing.credentials.known_devices import is_device_of, recognise_device
from lacewing.credentials.login_budget import charge_attempt
from lacewing.credentials.mails import tell_of_ways_in
from lacewing.credentials.mfa import Spend, judge
from lacewing.credentials.mfa_assertions import Ceremony, new_challenge, rp_id
from lacewing.credentials.mfa_queries import HalfLoginRow
from lacewing.credentials.mfa_tables import ChallengePurpose, half_logins
from lacewing.credentials.mfa_values import AssertionOptions, HalfLogin, MfaMethod, SecondStep
from lacewing.credentials.session_steps import begin_session
from lacewing.credentials.values import SignedIn, Vault
from lacewing.events import EventKind
from lacewing.kit.errors import LacewingError, conflict, unauthenticated
from lacewing.kit.ids import new_id
from lacewing.kit.tokens import opaque
from lacewing.storage import Database, Transaction

LIFETIME = timedelta(minutes=10)
MAX_ATTEMPTS = 5


async def finish_log_in(
    db: Database, visit: Visit, vault: Vault, token: str, shown: SecondStep, device: str | None = None
) -> SignedIn:
    """The second step: `token` and a second factor for a session; `device` is that cookie's value.

    Raises INVALID, RATE_LIMITED, UNAUTHENTICATED `login_expired` (unknown, used, too old, five times wrong,
    disabled) or `invalid_code`.
    """
    method = shown.method()
    half = await db.read(lambda tx: mfa_queries.half_login(tx, vault.ring, token))
    if half is None:
        raise _expired()
    email, known_device = await db.read(lambda tx: _whose(tx, vault, half, device))
    charges = await charge_attempt(db, visit, vault, email, known_device)
    spend = await judge(db, vault, half.person_id, shown, _ceremony(half))
    outcome = await db.write(lambda tx: _finish(tx, visit, vault, half, method, spend, device))
    if isinstance(outcome, LacewingError):
        raise outcome
    await vault.budgets.give_back(db, *charges)
    return outcome


async def read_half_login(db: Database, visit: Visit, vault: Vault, token: str) -> HalfLogin:
    """What may be shown to finish it. Raises UNAUTHENTICATED `login_expired`."""
    methods = await db.read(lambda tx: _methods(tx, vault, token))
    if methods is None:
        raise _expired()
    return HalfLogin(token, methods)


async def ask_second_step(db: Database, visit: Visit, vault: Vault, token: str) -> AssertionOptions:
    """What a browser needs to show a passkey as the second step.

    Raises UNAUTHENTICATED `login_expired`, CONFLICT `no_passkey`.
    """
    outcome = await db.write(lambda tx: _ask(tx, vault, token))
    if outcome is None:
        raise _expired()
    return outcome


def enter(
    tx: Transaction, visit: Visit, vault: Vault, person: Profile, device: str | None, method: str = "password"
) -> SignedIn | HalfLogin:
    """After a first factor: a session, or half a login where there is a second to ask for."""
    factors = mfa_queries.factors(tx, person.id)
    if factors.is_any:
        return HalfLogin(_begin_half_login(tx, vault, person.id), factors.methods)
    return complete(tx, visit, vault, person, device, method)


def complete(
    tx: Transaction, visit: Visit, vault: Vault, person: Profile, device: str | None, method: str
) -> SignedIn:
    """A login that lacks nothing: a session with a new id (K-1)."""
    events.append(tx, events.by_visit(EventKind.LOGIN_SUCCEEDED, visit, person.id, {"method": method}))
    new_device = recognise_device(tx, vault, visit, person, device)
    return SignedIn(person, begin_session(tx, vault, visit, person.id), new_device)


def _begin_half_login(tx: Transaction, vault: Vault, person_id: UUID) -> str:
    tx.execute(delete(half_logins).where(half_logins.c.expires_at <= tx.now))
    token = opaque()
    digest = vault.ring.digest(token)
    tx.execute(
        insert(half_logins).values(
            id=new_id(),
            digest=digest.value,
            kid=digest.kid,
            person_id=person_id,
            attempts=0,
            created_at=tx.now,
            expires_at=tx.now + LIFETIME,
        )
    )
    return token


def _methods(tx: Transaction, vault: Vault, token: str) -> tuple[MfaMethod, ...] | None:
    half = mfa_queries.half_login(tx, vault.ring, token)
    return None if half is None else mfa_queries.factors(tx, half.person_id).methods


def _ask(tx: Transaction, vault: Vault, token: str) -> AssertionOptions | None:
    half = mfa_queries.half_login(tx, vault.ring, token)
    if half is None:
        return None
    allow = mfa_queries.known_credentials(tx, half.person_id)
    if not allow:
        raise conflict("no_passkey", "This account has no passkey.")
    return AssertionOptions(new_challenge(tx, vault.ring, _ceremony(half)), rp_id(vault), allow)


def _whose(tx: Transaction, vault: Vault, half: HalfLoginRow, device: str | None) -> tuple[str, str | None]:
    """The address of the account, and the device if it is known there."""
    email = profile(tx, half.person_id).email
    return email, device if is_device_of(tx, vault.ring, device, normal_email(email)) else None


def _finish(  # noqa: PLR0917 - what the verb knows
    tx: Transaction,
    visit: Visit,
    vault: Vault,
    half: HalfLoginRow,
    method: MfaMethod,
    spend: Spend,
    device: str | None,
) -> SignedIn | LacewingError:
    """A refusal is a value here: what it wrote has to be committed."""
    person = lock_person(tx, half.person_id).profile
    if not person.is_active or not _take_attempt(tx, half.id):
        return _expired()
    if not spend(tx):
        failed = events.by_visit(EventKind.LOGIN_FAILED, visit, person.id, {"method": method})
        events.append(tx, failed)
        return unauthenticated("invalid_code", "This is not the right code, or it was used before.")
    tx.execute(delete(half_logins).where(half_logins.c.id == half.id))
    if method is MfaMethod.RECOVERY_CODE:
        _tell_of_recovery(tx, visit, vault, person)
    return complete(tx, visit, vault, person, device, method)


def _take_attempt(tx: Transaction, half_login_id: UUID) -> bool:
    """Counted before the verdict, so that many guesses at once are no more than five."""
    taken = tx.execute(
        update(half_logins)
        .where(
            half_logins.c.id == half_login_id,
            half_logins.c.attempts < MAX_ATTEMPTS,
            half_logins.c.expires_at > tx.now,
        )
        .values(attempts=half_logins.c.attempts + 1)
    )
    return taken.rowcount == 1


def _tell_of_recovery(tx: Transaction, visit: Visit, vault: Vault, person: Profile) -> None:
    left = mfa_queries.factors(tx, person.id).recovery_codes_left
    events.append(tx, events.by_visit(EventKind.RECOVERY_CODE_USED, visit, person.id, {"left": str(left)}))
    tell_of_ways_in(tx, vault, visit, person, f"A recovery code was used to log in; {left} are left.")


def _ceremony(half: HalfLoginRow) -> Ceremony:
    return Ceremony(ChallengePurpose.SECOND_STEP, half.person_id, half.id)


def _expired() -> LacewingError:
    return unauthenticated("login_expired", "This login has expired. Begin again with your password.")
