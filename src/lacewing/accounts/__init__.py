"""A person: steps only; what yields a credential stands in `credentials`."""

from lacewing.accounts.people import (
    add_person,
    confirm_email,
    found_instance,
    is_unfounded,
    lock_person,
    person_by_email,
    person_by_id,
    profile,
    rehash_password,
    set_email,
    set_has_mfa,
    set_needs_mfa,
    set_password,
)
from lacewing.accounts.read_profile import read_profile
from lacewing.accounts.values import NewPerson, Profile, StoredPerson, normal_email

__all__ = [
    "NewPerson",
    "Profile",
    "StoredPerson",
    "add_person",
    "confirm_email",
    "found_instance",
    "is_unfounded",
    "lock_person",
    "normal_email",
    "person_by_email",
    "person_by_id",
    "profile",
    "read_profile",
    "rehash_password",
    "set_email",
    "set_has_mfa",
    "set_needs_mfa",
    "set_password",
]
