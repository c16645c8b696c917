"""A report's pictures and files over the wire, and the links to their bytes."""

import io
import time
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.http.conftest import Site
from tests.pictures import picture

NEVER_A_PAGE = {
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
}
WAIT_SECONDS = 60


def submit(site: Site, title: str) -> str:
    """A report with a screenshot."""
    key = site.with_key()
    form = {"file": ("screenshot.png", picture(size=(900, 600)), "image/png")}
    reference = key.post("/api/v1/upload/screenshot", files=form).raise_for_status().json()["key"]
    report = {"title": title, "severity": "low", "category": "ui", "screenshot_url": reference}
    made = key.post("/api/v1/reports", json=report).raise_for_status().json()
    assert made["screenshotUrl"] is None  # a key may read nothing
    return str(made["id"])


def path(url: str, site: Site) -> str:
    """Of a link, which begins as the server was told that it is reached."""
    return site.server.url + "/api/" + url.partition("/api/")[2]


def attachments(site: Site, report_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        site.with_token().get(f"/api/v1/reports/{report_id}/attachments").raise_for_status().json()
    )
    return found


def wait_until_ready(site: Site, report_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + WAIT_SECONDS
    while (found := attachments(site, report_id)[0])["state"] == "pending":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return found


def test_a_screenshot_is_shown_once_it_was_made_anew(site: Site) -> None:
    report_id = submit(site, "With a picture")
    found = wait_until_ready(site, report_id)
    detail = site.with_token().get(f"/api/v1/reports/{report_id}").json()
    whole = httpx.get(path(detail["screenshotUrl"], site))
    small = httpx.get(path(found["thumbnailUrl"], site))

    assert found["state"] == "ready"
    assert Image.open(io.BytesIO(whole.content)).size == (900, 600)
    assert Image.open(io.BytesIO(small.content)).size == (480, 320)
    for answer, media_type in ((whole, "image/png"), (small, "image/webp")):
        assert answer.headers["content-type"] == media_type
        assert answer.headers["content-disposition"].startswith("inline;")
        assert NEVER_A_PAGE.items() <= answer.headers.items()
        assert int(answer.headers["content-length"]) == len(answer.content)
        assert "private" in answer.headers["cache-control"]
    assert detail["annotatedScreenshotUrl"] is None
    assert "screenshotUrl" not in site.with_token().get("/api/v1/reports").json()["items"][0]


def test_a_file_is_only_saved(site: Site) -> None:
    report_id = submit(site, "With a file")
    form = {"file": ("naïve <b>.log", b"<html><script>alert(1)</script>", "text/html")}
    made = site.with_token().post(f"/api/v1/reports/{report_id}/attachments", files=form)
    answer = httpx.get(path(made.json()["url"], site))

    assert made.status_code == 201
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"na_ve b.log\"; filename*=UTF-8''na%C3%AFve%20b.log"
    )
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert NEVER_A_PAGE.items() <= answer.headers.items()


def test_what_was_taken_away_has_no_link_any_more(site: Site) -> None:
    report_id = submit(site, "Taken away")
    [found] = attachments(site, report_id)
    target = f"/api/v1/reports/{report_id}/attachments/{found['id']}"

    assert site.with_token().delete(target).status_code == 204
    assert site.with_token().delete(target).status_code == 404
    assert httpx.get(path(found["url"], site)).status_code == 404
    assert attachments(site, report_id) == []


@pytest.mark.parametrize("signature", ["x", "9999999999.whole.x", "%00", "..", "1.whole.", "%ff"])
def test_what_was_not_signed_opens_nothing(site: Site, signature: str) -> None:
    [found] = attachments(site, submit(site, f"Not signed {signature}"))
    answer = httpx.get(f"{site.server.url}/api/v1/attachments/{found['id']}/{signature}")

    assert answer.status_code == 404


def test_a_cookie_may_add_a_file_from_our_own_pages_only(site: Site) -> None:
    report_id = submit(site, "By cookie")
    form = {"file": ("a.log", b"x", "text/plain")}
    target = f"/api/v1/reports/{report_id}/attachments"
    ours = site.http(Cookie=site.cookies).post(target, files=form)
    theirs = site.http(Cookie=site.cookies, **{"Sec-Fetch-Site": "cross-site"}).post(target, files=form)

    assert (ours.status_code, theirs.status_code) == (201, 403)
