"""The verb that tells a visitor what registering takes here, before anything is filled in."""

from lacewing.access.actor import Visit
from lacewing.accounts import is_unfounded
from lacewing.credentials.values import RegistrationTerms, Vault
from lacewing.settings import Registration
from lacewing.storage import Database


async def read_registration(db: Database, visit: Visit, vault: Vault) -> RegistrationTerms:
    """What `sign_up` would ask of this visitor (D8)."""
    is_first = await db.read(is_unfounded)
    return RegistrationTerms(
        registration=Registration.OPEN if is_first else vault.registration,
        is_first=is_first,
        needs_setup_code=is_first and not visit.is_local,
    )
