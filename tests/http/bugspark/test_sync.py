"""A sync over the wire: compressed as asked for, the same content."""

import json

import httpx
import pytest

from lacewing.kit import zstd
from tests.http.conftest import Site
from tests.server import Project

COLUMNS = {
    "id",
    "number",
    "title",
    "status",
    "severity",
    "category",
    "assigneeId",
    "labels",
    "page",
    "browser",
    "os",
    "hasError",
    "reporterIdentifier",
    "mergedIntoId",
    "duplicates",
    "createdAt",
    "updatedAt",
    "resolvedAt",
}


@pytest.fixture
def project(site: Site) -> Project:
    """With three reports of which none is like the others."""
    made = site.ada.create_project()
    for title in ("One", "Two", "Three"):
        body = {"title": title, "severity": "low", "category": "bug"}
        assert site.http(**{"X-API-Key": made.key}).post("/api/v1/reports", json=body).is_success
    return made


def _lines(answer: httpx.Response) -> list[dict[str, object]]:
    is_zstd = answer.headers.get("content-encoding") == "zstd"  # which httpx leaves as it is
    content = zstd.decompress(answer.content) if is_zstd else answer.content
    return [json.loads(line) for line in content.splitlines()]


@pytest.mark.parametrize("encoding", ["zstd", "gzip", "identity"])
def test_it_is_compressed_as_the_caller_accepts(site: Site, project: Project, encoding: str) -> None:
    client = site.with_token()
    answer = client.get(f"/api/v1/projects/{project.id}/sync", headers={"Accept-Encoding": encoding})
    head, reports, end = _lines(answer)
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert "Accept-Encoding" in answer.headers["vary"]
    assert (head["open"], head["whole"], end) == (3, True, {"cursor": "3"})
    assert reports["reports"]["title"] == ["Three", "Two", "One"]


def test_every_column_has_a_value_for_every_report(site: Site, project: Project) -> None:
    answer = site.with_token().get(f"/api/v1/projects/{project.code}/sync")
    columns = _lines(answer)[1]["reports"]
    assert columns.keys() == COLUMNS
    assert {len(column) for column in columns.values()} == {3}
