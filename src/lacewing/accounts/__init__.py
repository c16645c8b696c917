"""A person: steps only; what yields a credential stands in `credentials`."""

from lacewing.accounts.people import (
    add_person,
    found_instance,
    is_unfounded,
    person_by_email,
    profile,
    rehash_password,
    verify_email,
)
from lacewing.accounts.read_profile import read_profile
from lacewing.accounts.values import NewPerson, Profile, StoredPerson, normal_email

__all__ = [
    "NewPerson",
    "Profile",
    "StoredPerson",
    "add_person",
    "found_instance",
    "is_unfounded",
    "normal_email",
    "person_by_email",
    "profile",
    "read_profile",
    "rehash_password",
    "verify_email",
]
