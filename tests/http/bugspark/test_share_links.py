"""Share links over the wire, and the page that they open."""

from tests.http.conftest import Site


def test_a_report_is_shared_read_without_an_account_and_no_more_once_it_is_revoked(site: Site) -> None:
    api = site.with_token()
    log = [{"level": "error", "message": "no <cart>"}]
    report = site.with_key().post(
        "/api/v1/reports",
        json={"title": "Shared & seen", "severity": "high", "category": "bug", "console_logs": log},
    )
    path = f"/api/v1/reports/{report.json()['trackingId']}/share-links"
    made = api.post(path, json={"expiresInDays": 3, "withEvidence": True}, headers={"Idempotency-Key": "s1"})
    again = api.post(path, json={"expiresInDays": 3, "withEvidence": True}, headers={"Idempotency-Key": "s1"})
    link = made.json()

    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    assert again.json() == {**link, "url": None}
    assert {**api.get(path).json()[0], "url": link["url"]} == link
    address = "/s/" + link["url"].rpartition("/s/")[2]
    page = site.http().get(address)
    assert page.status_code == 200
    assert "Shared &amp; seen" in page.text
    assert "no &lt;cart&gt;" in page.text
    assert "Ada" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["cache-control"] == "no-store"

    assert api.delete(f"{path}/{link['id']}").status_code == 204
    gone = site.http().get(address)
    assert gone.status_code == 400
    assert "This link has ended" in gone.text
