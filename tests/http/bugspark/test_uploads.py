"""Screenshots over the wire: B1 row 20, B4.4."""

import socket
from collections.abc import Iterator

import pytest

from tests.http.conftest import Site
from tests.pictures import picture

UPLOAD = "/api/v1/upload/screenshot"
LARGE = 11 * 1024 * 1024


def form(data: bytes, media_type: str = "image/png") -> dict[str, tuple[str, bytes, str]]:
    return {"file": ("screenshot.png", data, media_type)}


def test_a_screenshot_is_uploaded_and_a_report_refers_to_it(site: Site) -> None:
    key = site.with_key()
    answer = key.post(UPLOAD, files=form(picture()), headers={"Origin": "https://shop.example"})

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    reference = answer.json()["key"]
    assert reference.split("/")[1] == site.project.id
    report = {"title": "See", "severity": "low", "category": "ui", "screenshot_url": reference}
    assert "warnings" not in key.post("/api/v1/reports", json=report).raise_for_status().json()
    assert "warnings" in key.post("/api/v1/reports", json={**report, "title": "See too"}).json()


def test_files_are_uploaded_by_a_page_of_any_origin_and_go_along(site: Site) -> None:
    key = site.with_key()
    told = [
        key.post(
            "/api/v1/upload/attachment",
            files={"file": (name, data)},
            headers={"Origin": "https://shop.example"},
        )
        for name, data in (("app.log", b"it broke"), ("photo.png", picture()))
    ]
    assert {answer.headers["access-control-allow-origin"] for answer in told} == {"*"}
    report = {
        "title": "Look",
        "severity": "low",
        "category": "ui",
        "attachments": [each.json()["key"] for each in told],
    }
    made = key.post("/api/v1/reports", json=report).raise_for_status().json()
    found = site.with_token().get(f"/api/v1/reports/{made['id']}/attachments").json()
    assert ("warnings" in made, {each["name"] for each in found}) == (False, {"app.log", "photo.png"})


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"<svg/>", "image/svg+xml", "not_a_picture"),
        (picture()[:100], "image/png", "picture_broken"),
        (picture(), "image/webp", "media_type_differs"),
    ],
)
def test_what_is_no_picture_is_400(site: Site, data: bytes, media_type: str, code: str) -> None:
    answer = site.with_key().post(UPLOAD, files=form(data, media_type))

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert isinstance(answer.json()["detail"], str)
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (b"{}", "application/json"),
        (b"--x\r\n", "multipart/form-data"),
        (b"--x\r\n", "multipart/form-data; boundary="),
        (b"no form", "multipart/form-data; boundary=x"),
        (
            b"--x\r\nContent-Disposition: form-data; name=other\r\n\r\n1\r\n--x--",
            "multipart/form-data; boundary=x",
        ),
        (b"--x\r\nContent-Disposition: form-data; name=file\r\n\r\n\xff", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: \xff\r\n\r\n\xff", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data; boundary=" + "x" * 71),
        (b"", ""),
    ],
)
def test_what_is_no_form_is_400(site: Site, content: bytes, content_type: str) -> None:
    answer = site.with_key().post(UPLOAD, content=content, headers={"Content-Type": content_type})

    assert answer.status_code == 400
    assert answer.headers["connection"] == "close"


def _endless() -> Iterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + picture()
    for _ in range(LARGE // 65536 + 1):
        yield b"\0" * 65536


def test_a_body_without_a_length_is_cut_off_when_it_grows_over(site: Site) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = site.with_key().post(UPLOAD, content=_endless(), headers=headers)

    assert answer.status_code in {400, 413}
    assert answer.json()["code"] in {"file_too_large", "too_large"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"X-API-Key": "bsk_pub_nonsense"}, 401), ({}, 401), ({"Authorization": "Bearer {pat}"}, 401)],
)
def test_a_bad_credential_is_refused_before_the_body_is_there(
    site: Site, headers: dict[str, str], status: int
) -> None:
    told = {name: value.format(pat=site.pat) for name, value in headers.items()}
    assert _answer_to_headers(site, told) == status


def test_a_body_that_says_it_is_too_long_is_refused_before_it_is_there(site: Site) -> None:
    assert _answer_to_headers(site, {"X-API-Key": site.project.key}) == 413


def _answer_to_headers(site: Site, headers: dict[str, str]) -> int:
    """Of a request that promises 11 MB and sends none of them."""
    promised = {"Host": "x", "Content-Length": str(LARGE), "Content-Type": "multipart/form-data; boundary=x"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in (promised | headers).items())
    with socket.create_connection(("127.0.0.1", site.server.port), timeout=60.0) as connection:
        connection.sendall(f"POST {UPLOAD} HTTP/1.1\r\n{lines}\r\n".encode())
        return int(connection.recv(4096).split()[1])
