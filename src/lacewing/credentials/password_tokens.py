"""The verbs that exchange a password for a program's own token, for clients that keep no cookies."""

from lacewing.access.actor import Visit
from lacewing.accounts import lock_person
from lacewing.credentials import queries
from lacewing.credentials.client_tokens import check_client, mint_for_client, token_name
from lacewing.credentials.device_values import ClientToken
from lacewing.credentials.log_in import log_in
from lacewing.credentials.mfa_values import HalfLogin
from lacewing.credentials.session_steps import end_session, invalid_credentials
from lacewing.credentials.sign_up import sign_up
from lacewing.credentials.values import LogIn, SignedIn, SignUp, Vault
from lacewing.kit.errors import forbidden
from lacewing.storage import Database, Transaction


async def log_in_for_token(
    db: Database, visit: Visit, vault: Vault, value: LogIn, client_name: str, host: str = ""
) -> ClientToken:
    """By `log_in`, whose rules and budgets hold here too. Raises what it raises, and INVALID."""
    check_client(client_name, host)
    signed_in = _refuse_second_factor(await log_in(db, visit, vault, value))
    return await _exchange(db, visit, vault, signed_in, token_name(client_name, host or visit.ip))


async def sign_up_for_token(
    db: Database, visit: Visit, vault: Vault, value: SignUp, client_name: str, host: str = ""
) -> ClientToken | None:
    """By `sign_up`. None where the address has to be confirmed first. Raises what it raises."""
    check_client(client_name, host)
    signed_in = await sign_up(db, visit, vault, value)
    if signed_in is None:
        return None
    return await _exchange(db, visit, vault, signed_in, token_name(client_name, host or visit.ip))


def _refuse_second_factor(answer: SignedIn | HalfLogin) -> SignedIn:
    """Who has a second factor, or must have one, logs in by the browser (P-8). Raises FORBIDDEN."""
    if isinstance(answer, HalfLogin) or answer.profile.needs_mfa:
        raise forbidden("mfa_required", "This account needs a second factor: log in with your browser.")
    return answer


async def _exchange(db: Database, visit: Visit, vault: Vault, signed_in: SignedIn, name: str) -> ClientToken:
    def exchange(tx: Transaction) -> ClientToken:
        session_id = queries.session_of(tx, vault.ring.digest(signed_in.secrets.access).value)
        lock_person(tx, signed_in.profile.id)
        if session_id is None or not end_session(tx, session_id, "exchanged for a token"):
            raise invalid_credentials()
        return mint_for_client(tx, visit, vault, signed_in.profile, name)

    return await db.write(exchange)
