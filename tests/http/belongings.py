"""What somebody has: one of each thing that a path, a query or a body can name."""

from typing import Final

from tests.server import Person

NOWHERE: Final = "00000000-0000-4000-8000-000000000000"
# What takes a provider, an authenticator, a picture or a fault to have.
NOT_HAD: Final = frozenset({"attachment_id", "job_id", "offer_id", "passkey_id", "provider", "signature"})


def belongings_of(person: Person) -> dict[str, str]:
    """Ids by the names that paths and fields have for them."""
    project = person.create_project("Orchard")
    under = f"/api/v1/projects/{project.id}"
    organization_id = person.http.get(under).json()["organizationId"]
    report = {"title": "It broke", "severity": "low", "category": "bug", "project_id": project.id}
    bearer = {"Authorization": f"Bearer {person.mint_token()}"}
    report_id = person.http.post("/api/v1/reports", json=report, headers=bearer).json()["id"]
    invited = f"/api/v1/organizations/{organization_id}/invitations"
    hook = {"url": "https://hooks.example/bugs", "events": ["report.created"]}
    hooked = person.http.post("/api/v1/webhooks", params={"project_id": project.id}, json=hook).json()
    tested = person.http.post(f"/api/v1/webhooks/{hooked['id']}/test").json()
    person_id = person.http.get("/api/v1/auth/me").json()["id"]
    return {
        "project_id": project.id,
        "organization_id": organization_id,
        "report_id": report_id,
        "ticket_id": report_id,
        "key_id": person.http.get(f"{under}/keys").json()[0]["id"],
        "token_id": str(person.post(f"{under}/tokens", name="CI", expires_in_days=1)["id"]),
        "session_id": person.http.get("/api/v1/auth/sessions").json()[0]["id"],
        "invitation_id": str(person.post(invited, email=f"guest.of.{person.email}", role="member")["id"]),
        "member_id": str(person.post(f"{under}/members", email=f"helper.of.{person.email}")["id"]),
        "comment_id": str(person.post(f"/api/v1/reports/{report_id}/comments", body="Seen it too.")["id"]),
        "webhook_id": hooked["id"],
        "delivery_id": tested["id"],
        "label_id": str(person.post(f"{under}/labels", name="regression")["id"]),
        "link_id": str(person.post(f"/api/v1/reports/{report_id}/share-links")["id"]),
        "view_id": str(person.post(f"{under}/views", name="Open", query="is:open")["id"]),
        "user_id": person_id,
        "assignee_id": person_id,
    }
