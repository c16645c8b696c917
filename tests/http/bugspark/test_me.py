"""Your own account: taken along (B4.1)."""

from tests.http.conftest import Site


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
