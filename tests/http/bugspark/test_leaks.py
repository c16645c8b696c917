"""POST /credentials/revoke: open to all, silent about what it found (X-1)."""

import pytest

from lacewing.credentials.schemes import PREFIXES
from lacewing.kit.tokens import mint
from tests.http.conftest import Site

REVOKE = "/api/v1/credentials/revoke"


@pytest.mark.parametrize("kind", ["bsk_pat", "pk"])
def test_the_answer_is_the_same_whether_there_was_one_or_not(site: Site, kind: str) -> None:
    secret = site.ada.mint_token(kind=kind)
    unknown = mint(PREFIXES["personal_token"])

    found = site.http().post(REVOKE, json={"credentials": [secret]})
    missed = site.http().post(REVOKE, json={"credentials": [unknown, "", "\u0000", "x" * 10_000]})

    assert found.status_code == missed.status_code == 202
    assert found.content == missed.content
    assert (
        site.http().get("/api/v1/projects", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    )


def test_a_publishable_key_is_left_alone(site: Site) -> None:
    key = site.with_key().headers["X-API-Key"]
    assert site.http().post(REVOKE, json={"credentials": [key]}).status_code == 202
    report = {"title": "still taken", "severity": "low", "category": "bug"}
    assert site.with_key().post("/api/v1/reports", json=report).status_code == 201


@pytest.mark.parametrize("credentials", [[], ["x"] * 1001, "x", [1], None])
def test_what_is_no_list_of_up_to_a_thousand_texts_is_refused(site: Site, credentials: object) -> None:
    answer = site.http().post(REVOKE, json={"credentials": credentials})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "credentials"


def test_a_thousand_are_taken(site: Site) -> None:
    many = [mint("pk_") for _ in range(1000)]
    assert site.http().post(REVOKE, json={"credentials": many}).status_code == 202
