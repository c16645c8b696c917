"""`Idempotency-Key` over the wire: what is told again, to whom, and what is not."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import httpx
import pytest

from tests.http.conftest import Site

_NUMBERS = count(1)
TICKET = {
    "title": "Payment fails",
    "given": "a cart with one item",
    "when": "I pay with a card",
    "then": "I see a receipt",
}


@pytest.fixture
def key() -> dict[str, str]:
    return {"Idempotency-Key": f"key-{next(_NUMBERS)}"}


def report(**changed: object) -> dict[str, object]:
    return {"title": f"Report {next(_NUMBERS)}", "severity": "low", "category": "bug"} | changed


def tickets_of(site: Site) -> int:
    answer = site.with_token(site.project_token).get("/api/v1/tickets")
    return int(answer.headers["x-total-count"])


def post_twice(client: httpx.Client, path: str, body: Any, key: dict[str, str]) -> list[httpx.Response]:
    return [client.post(path, json=body, headers=key) for _ in range(2)]


def test_a_create_that_comes_again_is_answered_as_the_first_time(site: Site, key: dict[str, str]) -> None:
    client, before = site.with_token(site.project_token), tickets_of(site)
    first, second = post_twice(client, "/api/v1/tickets", {"ticket": TICKET}, key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["content-type"] == first.headers["content-type"]
    assert tickets_of(site) == before + 1


def test_without_the_header_it_is_made_again(site: Site) -> None:
    client, before = site.with_token(site.project_token), tickets_of(site)
    post_twice(client, "/api/v1/tickets", {"ticket": TICKET}, {})
    assert tickets_of(site) == before + 2


def test_a_publishable_key_hears_of_a_replay_as_of_a_duplicate(site: Site, key: dict[str, str]) -> None:
    """W-3"""
    first, second = post_twice(site.with_key(), "/api/v1/reports", report(), key)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == {name: first.json()[name] for name in ("id", "trackingId", "status")}
    assert second.headers["idempotency-replayed"] == "true"
    assert "Idempotency-Replayed" in second.headers["access-control-expose-headers"]


def test_a_link_to_the_reporters_page_is_told_once_and_opens(site: Site, key: dict[str, str]) -> None:
    body = report(wants_status_link=True)
    first, second = post_twice(site.with_key(), "/api/v1/reports", body, key)

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["statusUrl"] is None
    assert first.json()["statusUrl"].startswith(f"{site.server.url}/r/")
    assert site.http().get(first.json()["statusUrl"]).status_code == 200


def test_a_pages_report_is_the_same_under_its_key_whatever_it_says_by_then(
    site: Site, key: dict[str, str]
) -> None:
    """Pictures that were uploaded anew have other names."""
    first, second = (site.with_key().post("/api/v1/reports", json=report(), headers=key) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["id"] == first.json()["id"]


@pytest.mark.parametrize("path", ["/api/v1/tokens", "/api/v1/auth/tokens", "/api/v1/projects/{}/tokens"])
def test_a_secret_is_not_told_again(site: Site, key: dict[str, str], path: str) -> None:
    """F-7"""
    path = path.format(site.project.id)
    first, second = post_twice(site.ada.http, path, {"name": f"token {next(_NUMBERS)}"}, key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert "code" not in first.json()
    assert second.json() == first.json() | {"token": None, "code": "secret_already_shown"}
    assert second.headers["cache-control"] == "no-store"


def test_another_body_under_the_same_key_is_422_in_either_dialect(site: Site, key: dict[str, str]) -> None:
    client = site.with_token(site.project_token)
    client.post("/api/v1/tickets", json={"ticket": TICKET}, headers=key)
    ticket = client.post("/api/v1/tickets", json={"ticket": TICKET | {"notes": "x"}}, headers=key)
    assert (ticket.status_code, ticket.json()["details"]) == (
        422,
        {"idempotency_key": ["was used for another request"]},
    )

    client.post("/api/v1/reports", json=report(), headers=key)
    answer = client.post("/api/v1/reports", json=report(), headers=key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")


def test_another_file_of_the_same_length_is_another_request(site: Site, key: dict[str, str]) -> None:
    """The boundary of a form is another one each time, and does not count."""
    made = site.with_key().post("/api/v1/reports", json=report()).json()
    client, path = site.with_token(), f"/api/v1/reports/{made['id']}/attachments"

    def attach(data: bytes, name: str = "a.txt") -> httpx.Response:
        return client.post(path, files={"file": (name, data, "text/plain")}, headers=key)

    first, again = attach(b"it broke"), attach(b"it broke")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    for other in (attach(b"it works"), attach(b"it broke", "b.txt")):
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert len(client.get(path).json()) == 1


def test_what_was_refused_leaves_the_key_free(site: Site, key: dict[str, str]) -> None:
    client = site.with_token(site.project_token)
    refused = client.post("/api/v1/tickets", json={"ticket": TICKET | {"title": ""}}, headers=key)
    made = client.post("/api/v1/tickets", json={"ticket": TICKET}, headers=key)
    assert (refused.status_code, made.status_code) == (422, 201)


@pytest.mark.parametrize("sent", ["", "a b", "x" * 256, "\u00e9".encode("latin-1")])
def test_a_key_that_is_none_is_422(site: Site, sent: str | bytes) -> None:
    answer = site.with_key().post("/api/v1/reports", json=report(), headers={"Idempotency-Key": sent})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "idempotency_key")


def test_of_many_at_once_one_makes_it_and_the_others_are_told_or_wait(
    site: Site, key: dict[str, str]
) -> None:
    client, before, body = site.with_token(site.project_token), tickets_of(site), {"ticket": TICKET}
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(client.post, "/api/v1/tickets", json=body, headers=key) for _ in range(8)]
    answers = [item.result() for item in asked]
    made = [answer for answer in answers if answer.status_code == 201]
    waiting = [answer for answer in answers if answer.status_code == 409]

    assert len(made) + len(waiting) == 8
    assert [answer.headers.get("idempotency-replayed") for answer in made].count(None) == 1
    assert {answer.json()["details"]["code"] for answer in waiting} <= {"idempotency_in_progress"}
    assert {answer.headers["retry-after"] for answer in waiting} <= {"1"}
    assert tickets_of(site) == before + 1
