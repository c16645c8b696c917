"""Tokens and policies over the wire: both spellings, shown once, refused alike."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from lacewing.kit.tokens import mint
from tests.http.conftest import Site
from tests.server import Person

SNAKE = {"id", "name", "prefix", "scopes", "expires_at", "created_at"}
CAMEL = {"id", "name", "tokenPrefix", "scopes", "expiresAt", "createdAt"}
SNAKE_USE = {"last_used_at", "last_used_ip", "last_used_client"}
CAMEL_USE = {"lastUsedAt", "lastUsedIp", "lastUsedClient"}
FACES = {"/api/v1/tokens": SNAKE | SNAKE_USE, "/api/v1/auth/tokens": CAMEL | CAMEL_USE}


def created(answer: httpx.Response, members: set[str]) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, set(body)) == (201, members | {"token"}), answer.text
    assert answer.headers["cache-control"] == "no-store"
    return body


def works(site: Site, secret: str) -> bool:
    return site.with_token(secret).get("/api/v1/tokens/self").status_code == 200


@pytest.mark.parametrize("path", FACES)
def test_a_token_rotates_itself_in_either_spelling(site: Site, path: str) -> None:
    """C-3, F-7, A6: answered like creating, the secret once, never stored."""
    old = site.ada.mint_token()
    new = created(site.with_token(old).post(f"{path}/self/rotate", json={}), FACES[path])

    assert not works(site, old)
    assert works(site, new["token"])
    listed = site.ada.http.get(path)
    shown = next(item for item in listed.json() if item["id"] == new["id"])
    assert set(shown) == FACES[path]
    assert new["token"] not in listed.text


@pytest.mark.parametrize("path", FACES)
@pytest.mark.parametrize("graced", [{"grace_seconds": 3600}, {"graceSeconds": 3600}])
def test_a_session_rotates_by_id_with_a_grace(site: Site, path: str, graced: Mapping[str, int]) -> None:
    """C-3, A2."""
    old = created(site.ada.http.post(path, json={"name": "CI", "expires_in_days": 9}), FACES[path])
    wish = {"expires_in_days": 99, **graced}
    new = created(site.ada.http.post(f"{path}/{old['id']}/rotate", json=wish), FACES[path])

    assert works(site, old["token"])
    assert works(site, new["token"])
    again = site.ada.http.post(f"{path}/{old['id']}/rotate", json={})
    assert (again.status_code, again.json()["code"]) == (409, "already_rotated")


def test_a_projects_token_rotates_itself_and_by_its_project(site: Site) -> None:
    """A18: at `/tokens/self` too, with GET and DELETE beside it."""
    old = site.ada.mint_project_token(site.project)
    itself = created(
        site.with_token(old).post("/api/v1/tokens/self/rotate", json={}), FACES["/api/v1/tokens"]
    )
    path = f"/api/v1/projects/{site.project.code}/tokens/{itself['id']}/rotate"
    new = created(site.ada.http.post(path, json={}), FACES["/api/v1/auth/tokens"])

    client = site.with_token(new["token"])
    assert new["token"].startswith("proj_")
    assert not works(site, itself["token"])
    assert client.get("/api/v1/tokens/self").json()["id"] == new["id"]
    assert client.delete("/api/v1/tokens/self").status_code == 204
    assert client.get("/api/v1/tokens/self").status_code == 401


def test_a_lost_answer_is_asked_for_again_over_the_wire(site: Site) -> None:
    """C-5: with a token that opens no other door."""
    old = site.ada.mint_token()
    client = site.with_token(old)
    lost = created(client.post("/api/v1/tokens/self/rotate", json={}), FACES["/api/v1/tokens"])
    assert client.get("/api/v1/projects").status_code == 401
    found = created(client.post("/api/v1/tokens/self/rotate", json={}), FACES["/api/v1/tokens"])

    assert (works(site, lost["token"]), works(site, found["token"])) == (False, True)
    assert client.post("/api/v1/tokens/self/rotate", json={}).status_code == 401


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_rotated_revoked_and_unknown_token_are_refused_alike(site: Site, method: str) -> None:
    """L-2: status, body, headers."""
    rotated, revoked = site.ada.mint_token(), site.ada.mint_token()
    new = site.with_token(rotated).post("/api/v1/tokens/self/rotate", json={}).json()["token"]
    assert works(site, new)
    assert site.with_token(revoked).delete("/api/v1/tokens/self").status_code == 204
    path = "/api/v1/tokens/self" + ("/rotate" if method == "POST" else "")

    def face(secret: str) -> tuple[object, ...]:
        answer = site.with_token(secret).request(method, path, json={} if method == "POST" else None)
        varying = {"x-request-id", "ratelimit-remaining", "ratelimit-reset", "date"}
        headers = {name: value for name, value in answer.headers.items() if name not in varying}
        body = {name: value for name, value in answer.json().items() if name != "requestId"}
        return answer.status_code, body, headers

    faces = [face(secret) for secret in (rotated, revoked, mint("bsk_pat_"), "bsk_pat_nonsense")]
    assert faces[0][0] == 401
    assert faces == faces[:1] * 4


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-API-Key": "bsk_pub_x"}, 401),
        ({"Authorization": "Basic YTpi"}, 401),
        ({"Authorization": "Bearer x", "X-API-Key": "y"}, 400),
    ],
)
def test_what_is_no_token_rotates_nothing(site: Site, headers: dict[str, str], status: int) -> None:
    """L-3, E-2."""
    answer = site.http(**headers).post("/api/v1/tokens/self/rotate", json={})
    assert answer.status_code == status
    assert ("www-authenticate" in answer.headers) is (status == 401)


def test_a_session_has_no_token_of_its_own(site: Site) -> None:
    assert site.ada.http.post("/api/v1/tokens/self/rotate", json={}).status_code == 401


@pytest.mark.parametrize(
    "body", [{"grace_seconds": 86401}, {"grace_seconds": -1}, {"scopes": []}, {"name": "x"}]
)
def test_a_bad_rotation_is_refused_and_rotates_nothing(site: Site, body: dict[str, Any]) -> None:
    """A2: unknown fields too."""
    secret = site.ada.mint_token()
    assert site.with_token(secret).post("/api/v1/tokens/self/rotate", json=body).status_code == 422
    assert works(site, secret)


def test_an_organizations_policies_over_the_wire(site: Site) -> None:
    """A18; a token beyond them is 422."""
    with Person(site.server.url, "Pola") as pola:
        organization = pola.http.post("/api/v1/projects", json={"name": "Pond"}).json()["organizationId"]
        path = f"/api/v1/organizations/{organization}/policies"
        none = {"maxTokenDays": None, "requiresMfa": False, "tokenMakers": "everybody", "updatedAt": None}
        assert pola.http.get(path).json() == none

        for wish in ({"maxTokenDays": 30}, {"requires_mfa": False}):
            changed = pola.http.patch(path, json=wish)
            assert changed.status_code == 200, changed.text
        assert pola.http.patch(path, json={"requiresMfa": True}).json()["code"] == "mfa_missing"
        shown = pola.http.get(path).json()
        assert (shown["maxTokenDays"], shown["requiresMfa"]) == (30, False)
        beyond = pola.http.post("/api/v1/tokens", json={"name": "CI", "expires_in_days": 31})
        assert (beyond.status_code, beyond.json()["errors"][0]["code"]) == (422, "beyond_policy")
        assert pola.http.patch(path, json={"max_token_days": None}).json()["maxTokenDays"] is None
        assert pola.http.patch(path, json={"max_token_days": 0}).status_code == 422
        assert pola.http.patch(path, json={"maxDays": 1}).status_code == 422
        assert site.ada.http.get(path).status_code == 404
        assert site.ada.http.patch(path, json={"requiresMfa": True}).status_code == 404
