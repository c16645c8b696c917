"""Saved views over the wire."""

from tests.http.conftest import Site


def test_a_view_is_saved_listed_counted_changed_and_deleted(site: Site) -> None:
    api, path = site.with_token(), f"/api/v1/projects/{site.project.id}/views"
    made = api.post(path, json={"name": "Critical", "query": "is:open severity:critical", "isShared": True})
    view = made.json()
    own = f"{path}/{view['id']}"

    assert made.status_code == 201
    assert (view["name"], view["isShared"], view["projectId"]) == ("Critical", True, site.project.id)
    assert view in api.get(path).json()
    assert api.get(f"{own}/count").json() == {"total": 0, "isCapped": False}
    changed = api.patch(own, json={"name": "Burning", "is_shared": False, "position": 7}).json()
    assert changed == {**view, "name": "Burning", "isShared": False, "position": 7}
    assert api.delete(own).status_code == 204
    assert api.delete(own).status_code == 404


def test_a_mistake_in_its_query_is_told_where_it_is(site: Site) -> None:
    api, path = site.with_token(), f"/api/v1/projects/{site.project.id}/views"
    refused = api.post(path, json={"name": "Odd", "query": "is:open severity:huge"})
    asked = api.get("/api/v1/reports", params={"q": "is:open severity:huge"})
    told = [{**mistake, "field": "query"} for mistake in asked.json()["errors"]]
    assert (refused.status_code, refused.json()["errors"]) == (422, told)
