"""Steps on people, run inside the units of higher packages."""

from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from lacewing.accounts import queries
from lacewing.accounts.tables import foundings, people
from lacewing.accounts.values import NewPerson, Profile, StoredPerson, normal_email
from lacewing.kit.errors import conflict, not_found
from lacewing.kit.ids import new_id
from lacewing.storage import Transaction, upsert


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
    """None too for what no address can be: PostgreSQL takes no NUL in a text."""
    return None if "\0" in email else queries.by_email(tx, normal_email(email))


def is_unfounded(tx: Transaction) -> bool:
    """Whether nobody has an account here yet."""
    return not queries.is_founded(tx)


def found_instance(tx: Transaction) -> bool:
    """True for exactly one caller ever, of those whose transactions are committed (M-2)."""
    row = upsert(foundings).values(id=1, founded_at=tx.now).on_conflict_do_nothing()
    return tx.execute(row.returning(foundings.c.id)).first() is not None


def verify_email(tx: Transaction, person_id: UUID) -> None:
    """The person has shown that its address is its own; again is nothing more."""
    tx.execute(
        update(people)
        .where(people.c.id == person_id, people.c.email_verified_at.is_(None))
        .values(email_verified_at=tx.now)
    )


def rehash_password(tx: Transaction, person_id: UUID, password_hash: str) -> None:
    tx.execute(update(people).where(people.c.id == person_id).values(password_hash=password_hash))
