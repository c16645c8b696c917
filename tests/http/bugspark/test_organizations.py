"""Members of projects, and organizations, over the wire (contract A18, B4.1, B4.6)."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest

from tests.http.conftest import Site
from tests.mailed import token_of
from tests.server import Person

_NUMBERS = count(1)
MEMBER = {"id", "projectId", "userId", "email", "role", "inviteAcceptedAt", "createdAt", "displayName"}
ORGANIZATION = {"id", "name", "slug", "role", "isPersonal", "createdAt", "permissions"}


@pytest.fixture
def guest(site: Site) -> Iterator[Person]:
    with Person(site.server.url, f"Guest{next(_NUMBERS)}") as person:
        yield person


@pytest.fixture
def guild(site: Site) -> dict[str, Any]:
    made = site.ada.http.post("/api/v1/organizations", json={"name": f"Guild {next(_NUMBERS)}"})
    assert made.status_code == 201
    item: dict[str, Any] = made.json()
    return item


def test_a_member_is_invited_listed_accepts_is_changed_and_removed(site: Site, guest: Person) -> None:
    """B4.6, B4.1: by one id all the time."""
    path = f"/api/v1/projects/{site.project.code}/members"
    made = site.ada.http.post(path, json={"email": guest.email, "role": "editor"})
    assert made.status_code == 201
    invited = made.json()
    assert set(invited) == MEMBER
    assert (invited["userId"], invited["inviteAcceptedAt"], invited["displayName"]) == (None, None, None)
    assert invited in site.ada.http.get(path).json()
    patched = site.ada.http.patch(f"{path}/{invited['id']}", json={"role": "viewer"})
    assert patched.json() == invited | {"role": "viewer"}

    accepted = guest.http.post("/api/v1/auth/accept-invite", json={"token": token_to(site, guest.email)})
    assert accepted.status_code == 200
    member = {key: value for key, value in accepted.json().items() if key in MEMBER}
    (listed,) = [item for item in guest.http.get(path).json() if item["email"] == guest.email]
    assert member == listed
    assert (member["id"], member["role"]) == (invited["id"], "viewer")
    assert accepted.json()["organizationName"] == "Ada"
    again = site.ada.http.post(path, json={"email": guest.email})
    assert (again.status_code, again.json()["code"]) == (409, "already_member")
    assert guest.http.patch(f"{path}/{member['id']}", json={"role": "admin"}).status_code == 403
    assert site.ada.http.delete(f"{path}/{member['id']}").status_code == 204
    assert guest.http.get(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "x@example.com", "role": "owner"}, "role"),
        ({"email": None}, "email"),
        ({"email": "x@example.com", "expires": 1}, "expires"),
        ({"email": "x@example.com\0"}, "email"),
    ],
)
def test_a_wrong_invitation_is_told_by_field(site: Site, body: dict[str, Any], field: str) -> None:
    answer = site.ada.http.post(f"/api/v1/projects/{site.project.id}/members", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_an_organization_is_made_shown_renamed_and_its_policies_set(
    site: Site, guild: dict[str, Any]
) -> None:
    path, ada = f"/api/v1/organizations/{guild['id']}", site.ada.http
    assert set(guild) == ORGANIZATION
    assert (guild["role"], guild["isPersonal"]) == ("owner", False)
    assert guild in ada.get("/api/v1/organizations").json()
    renamed = ada.patch(path, json={"slug": f"{guild['slug']}-new"})
    assert renamed.json() == ada.get(path).json() == guild | {"slug": f"{guild['slug']}-new"}
    taken = ada.post("/api/v1/organizations", json={"name": "X", "slug": f"{guild['slug']}-new"})
    assert (taken.status_code, taken.json()["code"]) == (409, "slug_taken")
    policies = ada.patch(f"{path}/policies", json={"tokenMakers": "owners"}).json()
    assert policies["tokenMakers"] == "owners"
    wrong = ada.patch(f"{path}/policies", json={"token_makers": "nobody"})
    assert "everybody, admins, owners" in wrong.json()["errors"][0]["message"]


def test_members_of_an_organization_are_listed_changed_and_leave(
    site: Site, guest: Person, guild: dict[str, Any]
) -> None:
    path, ada = f"/api/v1/organizations/{guild['id']}", site.ada.http
    ada.post(f"{path}/invitations", json={"email": guest.email, "role": "member"})
    guest.http.post("/api/v1/auth/accept-invite", json={"token": token_to(site, guest.email)})
    assert guest.http.get(f"{path}/members").status_code == 403
    hers, theirs = ada.get(f"{path}/members").json()
    assert (hers["role"], theirs["role"], theirs["email"]) == ("owner", "member", guest.email)
    assert ada.patch(f"{path}/members/{theirs['id']}", json={"role": "viewer"}).json()["role"] == "viewer"
    last = ada.patch(f"{path}/members/{hers['id']}", json={"role": "admin"})
    assert (last.status_code, last.json()["code"]) == (409, "last_owner")
    assert ada.post(f"{path}/leave").json()["code"] == "last_owner"
    told = ada.post(f"{path}/transfer", json={"member_id": theirs["id"]})
    assert (told.status_code, told.json()["role"]) == (200, "admin")
    assert told.json() == ada.get(path).json()
    gained = set(guest.http.get(path).json()["permissions"]) - set(told.json()["permissions"])
    assert gained == {"organizations:delete"}
    assert ada.post(f"{path}/leave").status_code == 204
    assert ada.get(path).status_code == 404


def test_an_organization_is_deleted_by_a_session_and_after_an_export(
    site: Site, guild: dict[str, Any]
) -> None:
    path, ada = f"/api/v1/organizations/{guild['id']}", site.ada.http
    project = ada.post("/api/v1/projects", json={"name": "Last", "organization_id": guild["id"]}).json()
    assert site.with_token().delete(path).status_code == 401
    assert ada.delete(path).json()["code"] == "export_first"
    farewell = {"confirm": guild["slug"], "without_export": True}
    assert delete(ada, path, {**farewell, "confirm": "other"}).status_code == 422
    assert delete(ada, path, farewell).status_code == 204
    assert ada.get(path).status_code == 404
    assert ada.get(f"/api/v1/projects/{project['id']}").status_code == 404


def test_an_organization_says_what_its_reader_may_do_there(site: Site, guild: dict[str, Any]) -> None:
    narrow = site.ada.mint_token("narrow", scopes=["organizations:read", "members:read"])
    told = site.http(Authorization=f"Bearer {narrow}").get(f"/api/v1/organizations/{guild['id']}").json()
    allowed = ["members:read", "organization_members:read", "organizations:read"]
    assert told == guild | {"permissions": allowed}


def delete(http: httpx.Client, path: str, body: dict[str, Any]) -> httpx.Response:
    return http.request("DELETE", path, json=body)


def token_to(site: Site, email: str) -> str:
    return token_of(site.server, "/invitations/accept", email)
