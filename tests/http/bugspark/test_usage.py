"""Usage, plan, billing and statistics, as the original CLI and dashboard read them (B1, B4.7)."""

from tests.http.conftest import Site


def test_nothing_is_limited(site: Site) -> None:
    usage = site.with_token().get("/api/v1/auth/usage").json()

    assert usage["projects"] == {"current": 1, "limit": None}
    assert usage["reportsThisMonth"]["limit"] is None
    assert site.http().get("/api/v1/plans/limits").json()["self-hosted"]["max_projects"] is None
    detailed = site.with_token().get("/api/v1/usage").json()
    assert detailed["currentPlan"] == site.with_token().get("/api/v1/auth/me").json()["plan"] == "self-hosted"
    assert detailed["usage"]["teamMembersPerProject"][0]["projectName"] == "Bug Spark Kit"


def test_there_is_nothing_to_pay_and_nothing_to_cancel(site: Site) -> None:
    told = site.with_token().get("/api/v1/billing/subscription").json()
    assert (told["plan"], told["status"], told["amount"]) == ("self-hosted", "active", 0)

    refused = site.with_token().post(
        "/api/v1/billing/cancel-subscription", headers={"Content-Type": "application/json"}
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "no_subscription")


def test_statistics_take_a_projects_code_and_refuse_what_is_none(site: Site) -> None:
    http = site.with_token()
    told = http.get("/api/v1/stats/overview", params={"project_id": "bsk"}).json()

    assert told.keys() == {"totalBugs", "openBugs", "resolvedToday", "avgResolutionHours"}
    assert http.get("/api/v1/stats/overview", params={"project_id": "no project"}).status_code == 422
    assert http.get(f"/api/v1/stats/projects/{site.project.id}").json().keys() == {
        "bugsBySeverity",
        "bugsByStatus",
        "bugsByDay",
    }
