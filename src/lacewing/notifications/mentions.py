"""Who is named: `@Ada Lovelace`, `@AdaLovelace`, `@ada@example.com`, `@ada` if only one is called so."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from uuid import UUID

MOST_MENTIONED = 20
MOST_SIGNS = 200

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


class Names(NamedTuple):
    """What names exactly one of several readers; `lengths` are those of the names, the longest first."""

    owners: Mapping[str, UUID]
    lengths: Sequence[int]


NOBODY = Names({}, ())


def names_of(readers: Iterable[Reader]) -> Names:
    owners: dict[str, set[UUID]] = defaultdict(set)
    for reader in readers:
        name = " ".join(reader.name.casefold().split())
        for spelling in {name, name.replace(" ", ""), name.partition(" ")[0], reader.email.casefold()}:
            owners[spelling].add(reader.person_id)
    single = {name: next(iter(ids)) for name, ids in owners.items() if name and len(ids) == 1}
    return Names(single, sorted({len(name) for name in single}, reverse=True))


def mentioned(text: str, names: Names) -> list[UUID]:
    """At most twenty, in the order of the text; longer names before shorter ones."""
    if "@" not in text:
        return []
    plain = _CODE.sub(" ", text).casefold()
    signs = islice(_SIGN.finditer(plain), MOST_SIGNS)
    found = dict.fromkeys(filter(None, (_named_at(plain, sign.end(), names) for sign in signs)))
    return list(found)[:MOST_MENTIONED]


def _named_at(text: str, start: int, names: Names) -> UUID | None:
    address = _ADDRESS.match(text, start)
    if address is not None:
        return names.owners.get(address[0])
    for length in names.lengths:
        end = start + length
        person_id = names.owners.get(text[start:end])
        if person_id is not None and _END.match(text, end):
            return person_id
    return None
