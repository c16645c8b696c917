"""Exports as they are asked for over the wire."""

import io
import zipfile

import pytest

from tests.http.conftest import Site
from tests.reports.payloads import ORIGINAL


@pytest.fixture
def code(site: Site) -> str:
    body = {
        "title": "It broke",
        "severity": "high",
        "category": "bug",
        "console_logs": ORIGINAL["console"],
        "networkLogs": ORIGINAL["network"],
        "user_actions": ORIGINAL["actions"],
        "metadata": ORIGINAL["metadata"],
    }
    answer = site.with_token().post("/api/v1/reports", json=body | {"project_id": site.project.id})
    assert answer.status_code == 201
    return str(answer.json()["trackingId"])


def test_a_report_is_shown_as_it_was_sent_with_a_draft(site: Site, code: str) -> None:
    found = site.with_token().get(f"/api/v1/reports/{code}").json()

    assert (found["consoleLogs"], found["metadata"]) == (ORIGINAL["console"], ORIGINAL["metadata"])
    assert found["draft"]["derived"] is True
    assert found["draft"]["then"] == "TypeError: x is undefined, instead of what was expected"
    assert (found["given"], found["when"], found["then"]) == ("", "", "")


def test_a_report_is_exported_as_har_markdown_and_json(site: Site, code: str) -> None:
    client = site.with_token()
    har = client.get(f"/api/v1/reports/{code}/har")
    assert har.headers["content-disposition"] == f'attachment; filename="{code}.har"'
    assert har.json()["log"]["version"] == "1.2"
    markdown = client.get(f"/api/v1/reports/{code}/export.md", params={"tokens": "300"})
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert len(markdown.text) <= 1200
    found = client.get(f"/api/v1/reports/{code}/export.json").json()
    assert (found["v"], found["report"]["trackingId"]) == (1, code)
    assert found["received"]["userActions"] == ORIGINAL["actions"]
    assert found["evidence"]["environment"]["browser"] == "firefox"


def test_a_short_link_leads_to_markdown_too(site: Site, code: str) -> None:
    """For who is logged in, and for a program with a token."""
    for client in (site.with_token(), site.http(Cookie=site.cookies)):
        short = client.get(f"/b/{code}.md")
        assert short.status_code == 200
        assert short.text.startswith(f"# {code}: It broke")
        assert client.get(f"/b/elsewhere/{code}.md").status_code == 404
        assert client.get("/b/NOPE-1.md").status_code == 404
    assert site.http().get(f"/b/{code}.md").status_code == 303


def test_a_zip_is_streamed(site: Site, code: str) -> None:
    answer = site.with_token().get(f"/api/v1/projects/{site.project.id}/export")

    assert answer.headers["content-type"] == "application/zip"
    assert "content-length" not in answer.headers
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    assert code.encode() in archive.read("reports.jsonl")
