"""Steps on people, run inside the units of higher packages."""

from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from lacewing.accounts import queries
from lacewing.accounts.tables import people
from lacewing.accounts.values import NewPerson, Profile, StoredPerson, normal_email
from lacewing.kit.errors import conflict, not_found
from lacewing.kit.ids import new_id
from lacewing.storage import Transaction


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
        "created_at": tx.now,
    }
    try:
        tx.execute(insert(people).values(row))
    except IntegrityError as error:
        raise conflict("email_taken", "This e-mail address is already registered.") from error
    return profile(tx, person_id)


def profile(tx: Transaction, person_id: UUID) -> Profile:
    """Raises NOT_FOUND."""
    stored = queries.by_id(tx, person_id)
    if stored is None:
        raise not_found("Account")
    return stored.profile


def person_by_email(tx: Transaction, email: str) -> StoredPerson | None:
    return queries.by_email(tx, normal_email(email))


def is_first_person(tx: Transaction) -> bool:
    return not queries.exists_any(tx)


def rehash_password(tx: Transaction, person_id: UUID, password_hash: str) -> None:
    tx.execute(update(people).where(people.c.id == person_id).values(password_hash=password_hash))
