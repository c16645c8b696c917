"""Other tenants' ids, wherever one can stand: answered like what is not there, to the letter."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final
from uuid import UUID

import httpx
import msgspec
import pytest

from lacewing.access.permissions import CredentialKind
from lacewing.http.endpoint import Dialect, Endpoint
from lacewing.http.openapi.outcomes import path_fields
from lacewing.http.references import PATH_FIELDS
from tests.http.belongings import NOT_HAD, NOWHERE, belongings_of
from tests.http.conftest import Site
from tests.http.documented import ENDS_ITSELF, OPERATIONS, check, filled_in
from tests.server import Person

FIELDS: Final = frozenset({"project_id", "organization_id", "report_id", "assignee_id", "assignee"})
_NUMBERS: Final = count(1)


class Stranger:
    """Somebody with things of its own, who learned the ids of ada's."""

    def __init__(self, site: Site) -> None:
        self._person = Person(site.server.url, f"Stranger{next(_NUMBERS)}")
        self.own = belongings_of(self._person)
        with Person(site.server.url, f"Known{next(_NUMBERS)}") as known:
            self.known = belongings_of(known)
        self.client = httpx.Client(base_url=site.server.url, timeout=60.0, trust_env=False, verify=False)
        cookies = "; ".join(f"{name}={value}" for name, value in self._person.http.cookies.items())
        self._headers = {
            CredentialKind.SESSION: {"Cookie": cookies},
            CredentialKind.PERSONAL_ACCESS_TOKEN: {"Authorization": f"Bearer {self._person.mint_token()}"},
        }

    def ask(self, endpoint: Endpoint, path: Mapping[str, str], **told: Any) -> httpx.Response:
        kind = next(kind for kind in self._headers if kind in endpoint.accepts)
        target = endpoint.path.format_map({**dict.fromkeys(PATH_FIELDS, NOWHERE), **path})
        return self.client.request(endpoint.method, target, headers=self._headers[kind], **told)

    def close(self) -> None:
        self.client.close()
        self._person.close()


@pytest.fixture(scope="module")
def stranger(peopled: Site) -> Iterator[Stranger]:
    made = Stranger(peopled)
    yield made
    made.close()


def _asked(endpoint: Endpoint) -> bool:
    kinds = {CredentialKind.SESSION, CredentialKind.PERSONAL_ACCESS_TOKEN}
    return bool(kinds & endpoint.accepts) and endpoint.path not in ENDS_ITSELF


each_path = pytest.mark.parametrize(
    ("dialect", "endpoint"),
    [pytest.param(d, e, id=f"{e.method} {e.path}") for d, e in OPERATIONS if "{" in e.path and _asked(e)],
)


def test_somebody_has_one_of_each_thing_that_a_path_names(stranger: Stranger) -> None:
    assert PATH_FIELDS.keys() <= stranger.own.keys() | NOT_HAD


@each_path
def test_what_is_another_tenants_is_not_there(
    stranger: Stranger, dialect: Dialect, endpoint: Endpoint
) -> None:
    """All of the path; and, below what is one's own, the last."""
    fields = path_fields(endpoint.path)
    body = msgspec.json.decode(filled_in(endpoint) or b"null")
    for own in (fields[:-1], ()) if len(fields) > 1 else ((),):
        mine = {name: stranger.own[name] for name in own if name in stranger.own}
        answers = [
            stranger.ask(endpoint, {**ids, **mine}, json=body) for ids in (stranger.known, _nothing(stranger))
        ]
        for answer in answers:
            check(dialect, endpoint, answer)
        assert not answers[0].is_success, answers[0].text
        assert _alike(answers[0], stranger.known) == _alike(answers[1], _nothing(stranger))


@pytest.mark.parametrize(
    ("dialect", "endpoint", "place"),
    [
        pytest.param(d, e, place, id=f"{place} of {e.method} {e.path}")
        for d, e in OPERATIONS
        if _asked(e)
        for place in ("query", "body")
        if any(name in FIELDS for name in (getattr(e, place) and getattr(e, place).__struct_fields__) or ())
    ],
)
def test_another_tenants_id_in_a_field_is_like_one_of_nothing(
    stranger: Stranger, dialect: Dialect, endpoint: Endpoint, place: str
) -> None:
    wire = getattr(endpoint, place)
    body = msgspec.json.decode(filled_in(endpoint) or b"{}")
    for name in FIELDS & set(wire.__struct_fields__) - set(path_fields(endpoint.path)):
        known = stranger.known["user_id" if name == "assignee" else name]
        answers = []
        for value in (known, NOWHERE):
            told = {"params": {name: value}} if place == "query" else {"json": {**body, name: value}}
            answers.append(stranger.ask(endpoint, stranger.own, **told))
        assert _alike(answers[0], {name: known}) == _alike(answers[1], {name: NOWHERE}), name
        check(dialect, endpoint, answers[0])


def _nothing(stranger: Stranger) -> dict[str, str]:
    return {name: NOWHERE if _is_id(value) else value for name, value in stranger.known.items()}


def _is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


def _alike(answer: httpx.Response, ids: Mapping[str, str]) -> tuple[int, str]:
    """Without what names the request, and the ids that were asked for."""
    text = answer.text.replace(answer.headers["x-request-id"], "")
    for value in ids.values():
        text = text.replace(value, "")
    return answer.status_code, text
