"""Steps on people, run inside the units of higher packages."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from lacewing.accounts import queries
from lacewing.accounts.tables import foundings, people
from lacewing.accounts.values import (
    DELETED_NAME,
    Holder,
    NewPerson,
    Notice,
    PeoplePage,
    Profile,
    StoredPerson,
    normal_email,
)
from lacewing.kit.errors import LacewingError, conflict, not_found
from lacewing.kit.ids import new_id
from lacewing.storage import Transaction, upsert

_AT_ONCE = 500


def add_person(tx: Transaction, new: NewPerson, *, is_instance_admin: bool) -> Profile:
    """Raises CONFLICT `email_taken`."""
    person_id = new_id()
    row = {
        "id": person_id,
        "name": new.name,
        "email": new.email,
        "email_normal": normal_email(new.email),
        "password_hash": new.password_hash,
        "is_instance_admin": is_instance_admin,
        "awaits_confirmation": new.awaits_confirmation,
        "email_verified_at": tx.now if new.is_email_verified else None,
        "created_at": tx.now,
    }
    try:
        tx.execute(insert(people).values(row))
    except IntegrityError as error:
        raise _email_taken() from error
    return profile(tx, person_id)


def profile(tx: Transaction, person_id: UUID) -> Profile:
    """Raises NOT_FOUND."""
    return person_by_id(tx, person_id).profile


def person_by_id(tx: Transaction, person_id: UUID) -> StoredPerson:
    """Raises NOT_FOUND."""
    return _there(queries.by_id(tx, person_id))


def person_by_email(tx: Transaction, email: str) -> StoredPerson | None:
    """None too for what no address can be: PostgreSQL takes no NUL in a text."""
    return None if "\0" in email else queries.by_email(tx, normal_email(email))


def people_by_email(tx: Transaction, emails: Sequence[str]) -> dict[str, Holder]:
    """Them, by the normal form of their addresses; who has no account is left out."""
    normal = sorted({normal_email(email) for email in emails if "\0" not in email})
    parts = (normal[start : start + _AT_ONCE] for start in range(0, len(normal), _AT_ONCE))
    return {email: holder for part in parts for email, holder in queries.holders_by_email(tx, part).items()}


def is_unfounded(tx: Transaction) -> bool:
    """Whether nobody has an account here yet."""
    return not queries.is_founded(tx)


def found_instance(tx: Transaction) -> bool:
    """True for exactly one caller ever, of those whose transactions are committed (M-2)."""
    row = upsert(foundings).values(id=1, founded_at=tx.now).on_conflict_do_nothing()
    return tx.execute(row.returning(foundings.c.id)).first() is not None


def lock_person(tx: Transaction, person_id: UUID) -> StoredPerson:
    """The person as it is now, whom no other unit changes before this one has ended.

    All that begins or ends a person's sessions takes this first: what is ended stays ended, whoever is
    logging in at that moment. Raises NOT_FOUND.
    """
    return _there(queries.locked(tx, person_id))


def set_password(tx: Transaction, person_id: UUID, password_hash: str) -> None:
    row = {"password_hash": password_hash, "password_changed_at": tx.now}
    tx.execute(update(people).where(people.c.id == person_id).values(row))


def rehash_password(tx: Transaction, person_id: UUID, password_hash: str) -> None:
    """The same password under other parameters."""
    tx.execute(update(people).where(people.c.id == person_id).values(password_hash=password_hash))


def confirm_email(tx: Transaction, person_id: UUID) -> bool:
    """The person reads what is sent to its address. False if that was known."""
    changed = tx.execute(
        update(people)
        .where(people.c.id == person_id, people.c.email_verified_at.is_(None))
        .values(email_verified_at=tx.now, awaits_confirmation=False)
    )
    return changed.rowcount == 1


def set_email(tx: Transaction, person_id: UUID, email: str) -> None:
    """To an address that was just confirmed. Raises CONFLICT `email_taken`."""
    row = {"email": email, "email_normal": normal_email(email), "email_verified_at": tx.now}
    try:
        tx.execute(update(people).where(people.c.id == person_id).values(row))
    except IntegrityError as error:
        raise _email_taken() from error


def change_person(tx: Transaction, person_id: UUID, values: Mapping[str, object]) -> None:
    tx.execute(update(people).where(people.c.id == person_id).values(values))


def set_notices(tx: Transaction, person_id: UUID, notices: Mapping[Notice, bool]) -> None:
    """All that it has chosen."""
    change_person(tx, person_id, {"notification_preferences": dict(notices) or None})


def vacant_email(person_id: UUID) -> str:
    """What stands where a deleted person's address did: nobody can have it (RFC 2606)."""
    return f"{person_id}@deleted.invalid"


def anonymise(tx: Transaction, person_id: UUID) -> None:
    """What it wrote stays, by nobody; nothing and nobody makes it an account again."""
    row = {
        "name": DELETED_NAME,
        "email": vacant_email(person_id),
        "email_normal": vacant_email(person_id),
        "email_verified_at": None,
        "password_hash": None,
        "password_changed_at": tx.now,
        "is_instance_admin": False,
        "has_mfa": False,
        "needs_mfa": False,
        "notification_preferences": None,
        "disabled_at": tx.now,
        "deleted_at": tx.now,
    }
    change_person(tx, person_id, row)


def search_people(tx: Transaction, page: PeoplePage) -> tuple[list[Profile], int]:
    """One page of those whose name or address contains the text, the oldest first, and how many there are.

    Nobody for what no name can contain: PostgreSQL takes no NUL in a text.
    """
    return ([], 0) if "\0" in page.search else queries.search(tx, page)


def set_active(tx: Transaction, person_id: UUID, *, is_active: bool) -> bool:
    """False if it was so before, or its person has deleted it."""
    row = update(people).where(people.c.id == person_id, people.c.deleted_at.is_(None))
    row = row.where(people.c.disabled_at.is_not(None) if is_active else people.c.disabled_at.is_(None))
    return tx.execute(row.values(disabled_at=None if is_active else tx.now)).rowcount == 1


def set_instance_admin(tx: Transaction, person_id: UUID, *, is_admin: bool) -> bool:
    """False if it was so before."""
    row = update(people).where(people.c.id == person_id, people.c.is_instance_admin.is_not(is_admin))
    return tx.execute(row.values(is_instance_admin=is_admin)).rowcount == 1


def require_an_admin(tx: Transaction) -> None:
    """Asked after a change, in its unit. Raises CONFLICT `last_admin`."""
    if not queries.has_active_admin(tx):
        raise conflict("last_admin", "This is the last administrator: make somebody else one first.")


def _there(stored: StoredPerson | None) -> StoredPerson:
    if stored is None:
        raise not_found("Account")
    return stored


def _email_taken() -> LacewingError:
    return conflict("email_taken", "This e-mail address is already registered.")


def set_has_mfa(tx: Transaction, person_id: UUID, has_mfa: bool) -> None:
    tx.execute(update(people).where(people.c.id == person_id).values(has_mfa=has_mfa))


def set_needs_mfa(tx: Transaction, needy: Mapping[UUID, bool]) -> None:
    """For each person, whether some organization requires a second factor of it."""
    for needs in (True, False):
        ids = [person_id for person_id, is_needy in needy.items() if is_needy is needs]
        changed = update(people).where(people.c.id.in_(ids), people.c.needs_mfa.is_not(needs))
        tx.execute(changed.values(needs_mfa=needs))
