"""Who is named: `@Ada Lovelace`, `@AdaLovelace`, `@ada@example.com`, `@ada` if only one is called so."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

MOST_MENTIONED = 20

# A name is no part of a word or an address, and what is quoted as code names nobody.
_SIGN = re.compile(r"(?<![\w@.+-])@(?=\w)")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_END = re.compile(r"\W|\Z")


class Reader(NamedTuple):
    """Somebody who can be mentioned."""

    person_id: UUID
    name: str
    email: str


def mentioned(text: str, readers: Iterable[Reader]) -> list[UUID]:
    """At most twenty, in the order of the text; longer names before shorter ones."""
    if "@" not in text:
        return []
    names = _names(readers)
    lengths = sorted({len(name) for name in names}, reverse=True)
    plain = _CODE.sub(" ", text).casefold()
    found: dict[UUID, None] = {}
    for sign in _SIGN.finditer(plain):
        person_id = _named_at(plain, sign.end(), names, lengths)
        if person_id is not None:
            found[person_id] = None
        if len(found) == MOST_MENTIONED:
            break
    return list(found)


def _named_at(text: str, start: int, names: dict[str, UUID], lengths: list[int]) -> UUID | None:
    address = _ADDRESS.match(text, start)
    if address is not None:
        return names.get(address[0])
    for length in lengths:
        end = start + length
        person_id = names.get(text[start:end])
        if person_id is not None and _END.match(text, end):
            return person_id
    return None


def _names(readers: Iterable[Reader]) -> dict[str, UUID]:
    """What names exactly one of them."""
    owners: dict[str, set[UUID]] = defaultdict(set)
    for reader in readers:
        name = " ".join(reader.name.casefold().split())
        for spelling in {name, name.replace(" ", ""), name.partition(" ")[0], reader.email.casefold()}:
            owners[spelling].add(reader.person_id)
    return {name: next(iter(ids)) for name, ids in owners.items() if name and len(ids) == 1}
