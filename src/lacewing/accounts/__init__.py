"""A person: steps only; what yields a credential stands in `credentials`."""

from lacewing.accounts.identities import (
    add_identity,
    identities_of,
    identity,
    remove_identity,
    touch_identity,
)
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
from lacewing.accounts.values import Identity, NewPerson, Profile, StoredPerson, normal_email

__all__ = [
    "Identity",
    "NewPerson",
    "Profile",
    "StoredPerson",
    "add_identity",
    "add_person",
    "confirm_email",
    "found_instance",
    "identities_of",
    "identity",
    "is_unfounded",
    "lock_person",
    "normal_email",
    "person_by_email",
    "person_by_id",
    "profile",
    "read_profile",
    "rehash_password",
    "remove_identity",
    "set_email",
    "set_has_mfa",
    "set_needs_mfa",
    "set_password",
    "touch_identity",
]
