"""The examples of BugToMe's authentication page, to the letter, and its documented shapes."""

import pytest

from tests.http.conftest import Site

TICKET = {
    "title": "Payment fails",
    "given": "a cart with one item",
    "when": "I pay with a card",
    "then": "I see a receipt",
    "priority": "critical",
    "notes": "Only on Fridays.",
}
SHAPE = {
    "id",
    "code",
    "title",
    "status",
    "priority",
    "given",
    "when",
    "then",
    "notes",
    "project_id",
    "organization_id",
    "assignee",
    "reporter",
    "url",
    "created_at",
    "updated_at",
}


def test_the_pages_curl_line_lists_tickets_with_a_personal_token(site: Site) -> None:
    with site.http(Authorization=f"Bearer {site.personal}", **{"Content-Type": "application/json"}) as client:
        answer = client.get("/api/v1/tickets")
    assert answer.status_code == 200
    assert answer.json().keys() == {"tickets", "meta"}
    assert answer.json()["meta"].keys() == {"total", "page", "per_page"}
    assert answer.json()["meta"]["per_page"] == 25
    total = int(answer.headers["x-total-count"])
    assert total == answer.json()["meta"]["total"]
    assert int(answer.headers["x-total-pages"]) == -(-total // 25)
    assert answer.headers["x-current-page"] == "1"
    assert int(answer.headers["x-ratelimit-reset"]) > 1_700_000_000
    assert {"x-ratelimit-limit", "x-ratelimit-remaining"} <= answer.headers.keys()


def test_a_project_token_creates_a_ticket_without_naming_the_project(site: Site) -> None:
    answer = site.with_token(site.project_token).post("/api/v1/tickets", json={"ticket": TICKET})
    assert answer.status_code == 201
    ticket = answer.json()["ticket"]
    assert TICKET.items() <= ticket.items()
    assert ticket.keys() == SHAPE
    assert ticket["status"] == "open"
    assert ticket["project_id"] == site.project.id
    assert ticket["created_at"].endswith("Z")


@pytest.mark.parametrize("reference", ["id", "code"])
def test_a_personal_token_names_the_project(site: Site, reference: str) -> None:
    client = site.with_token(site.personal)
    wanted = site.project.id if reference == "id" else site.project.code.lower()
    answer = client.post("/api/v1/tickets", json={"ticket": TICKET | {"project_id": wanted}})
    assert answer.status_code == 201
    missing = client.post("/api/v1/tickets", json={"ticket": TICKET})
    assert (missing.status_code, missing.json()["details"]) == (422, {"project_id": ["can't be blank"]})


def test_a_ticket_is_a_report_and_a_report_a_ticket_with_the_same_number(site: Site) -> None:
    client = site.with_token()
    made = site.with_token(site.project_token).post("/api/v1/tickets", json={"ticket": TICKET})
    ticket = made.json()["ticket"]
    report = client.get(f"/api/v1/reports/{ticket['id']}").json()
    assert (report["trackingId"], report["severity"], report["status"]) == (
        ticket["code"],
        "critical",
        "new",
    )
    assert report["description"] == (
        "Given a cart with one item\nWhen I pay with a card\nThen I see a receipt\n\nOnly on Fridays."
    )
    assert ticket["id"] in {item["id"] for item in client.get("/api/v1/reports").json()["items"]}

    sent = {"title": "From the widget", "description": "It broke.", "severity": "low", "category": "ui"}
    submitted = site.with_key().post("/api/v1/reports", json=sent).json()
    shown = client.get(f"/api/v1/tickets/{submitted['trackingId']}").json()["ticket"]
    assert (shown["id"], shown["code"], shown["priority"]) == (
        submitted["id"],
        submitted["trackingId"],
        "low",
    )
    assert (shown["given"], shown["when"], shown["then"], shown["notes"]) == ("", "", "", "It broke.")


def test_a_bad_ticket_is_told_field_by_field_as_documented(site: Site) -> None:
    answer = site.with_token(site.project_token).post(
        "/api/v1/tickets", json={"ticket": {"title": "", "given": ""}}
    )
    assert answer.status_code == 422
    body = answer.json()
    assert body["error"] == "Validation Failed"
    assert body["details"]["title"] == ["can't be blank"]
    assert body["details"]["given"] == ["can't be blank", "is too short (minimum is 10 characters)"]
    assert {"when", "then"} <= body["details"].keys()


@pytest.mark.parametrize("token", ["pk_nonsense", "proj_" + "a" * 38, "bsk_pat_", "x", "é", "\"'"])
def test_a_bad_token_is_401_with_the_documented_body(site: Site, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
    answer = site.http().get("/api/v1/tickets", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"] == "Unauthorized"
    assert answer.json()["message"] == "Invalid or expired API token"
    assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'


def test_pages_of_tickets(site: Site) -> None:
    client = site.with_token(site.project_token)
    for _ in range(3):
        assert client.post("/api/v1/tickets", json={"ticket": TICKET}).status_code == 201
    first = client.get("/api/v1/tickets?page=1&per_page=2")
    second = client.get("/api/v1/tickets?page=2&per_page=2")
    assert first.json()["meta"]["per_page"] == 2
    shown = [ticket["id"] for answer in (first, second) for ticket in answer.json()["tickets"]]
    assert len(set(shown)) == 4 or len(set(shown)) == first.json()["meta"]["total"]
    assert client.get("/api/v1/tickets?per_page=1000").json()["meta"]["per_page"] == 100
    refused = client.get("/api/v1/tickets?page=0")
    assert (refused.status_code, refused.json()["error"]) == (422, "Validation Failed")


def test_a_project_token_sees_no_organizations(site: Site) -> None:
    answer = site.with_token(site.project_token).get("/api/v1/mcp/organizations")
    assert (answer.status_code, answer.json()["error"]) == (403, "Forbidden")
    listed = site.with_token(site.personal).get("/api/v1/mcp/organizations").json()["organizations"]
    assert [item["slug"] for item in listed] == ["ada"]
    tickets = site.with_token().get(f"/api/v1/mcp/organizations/{listed[0]['id']}/tickets")
    assert tickets.status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "name"),
    [
        ("GET", "/api/v1/tickets/nothing-here/at/all", 404, "Not Found"),
        ("GET", "/api/v1/mcp/nothing", 404, "Not Found"),
        ("PUT", "/api/v1/tickets", 405, "Method Not Allowed"),
        ("GET", "/api/v1/tickets/ABC-999999", 404, "Not Found"),
        ("GET", "/api/v1/tickets/not_a_reference", 422, "Validation Failed"),
    ],
)
def test_unknown_paths_and_methods_answer_in_this_dialect(
    site: Site, method: str, path: str, status: int, name: str
) -> None:
    answer = site.with_token().request(method, path)
    assert answer.status_code == status
    assert answer.json()["error"] == name
    assert answer.json().keys() == {"error", "message", "details"}
