"""Your own account: taken along (B4.1)."""

from tests.http.conftest import Site
from tests.server import Person


def test_an_export_is_one_document_in_camel_case(site: Site) -> None:
    sent = site.with_key().post(
        "/api/v1/reports",
        json={
            "title": 'Quote " and 漢字',
            "severity": "low",
            "category": "bug",
            "reporter_identifier": "export",
        },
    )
    answer = site.with_token().get("/api/v1/auth/me/export")

    told = answer.json()
    assert list(told) == ["profile", "projects", "reports", "comments", "exportedAt"]
    assert told["profile"]["id"] == site.with_token().get("/api/v1/auth/me").json()["id"]
    assert sent.json()["trackingId"] in {report["trackingId"] for report in told["reports"]}
    assert "consoleLogs" not in told["reports"][0]
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_name_is_changed_and_unknown_preferences_are_named(site: Site) -> None:
    with Person(site.server.url, "Changing") as person:
        changed = person.http.patch(
            "/api/v1/auth/me", json={"name": "Changed", "notificationPreferences": {"email_on_high": True}}
        )
        assert changed.json()["name"] == "Changed"
        assert changed.json()["notificationPreferences"] == {"email_on_high": True}
        for body in ({"name": None}, {"notification_preferences": {"sms": True}}, {"role": "superadmin"}):
            assert person.http.patch("/api/v1/auth/me", json=body).status_code == 422
        refused = person.http.patch("/api/v1/auth/me", json={"notification_preferences": {"sms": True}})
        assert "email_on_critical" in refused.json()["detail"]


def test_a_deleted_account_is_gone(site: Site) -> None:
    with Person(site.server.url, "Leaving") as person:
        pat = person.mint_token()
        deleted = person.http.delete("/api/v1/auth/me")

        assert deleted.status_code == 200
        assert "clear-site-data" in deleted.headers
        assert person.http.get("/api/v1/auth/me").status_code == 401
        assert site.with_token(pat).get("/api/v1/auth/me").status_code == 401
