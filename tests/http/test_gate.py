"""What every request passes, asked over the wire: credentials, origins, bodies, headers."""

import gzip
import http.client
import json
import socket
from itertools import count
from urllib.parse import urlsplit

import pytest

from tests.http.conftest import Site

REPORT = {"title": "Button broken", "severity": "high", "category": "bug"}
REPORTERS = count(1)
JSON = {"Content-Type": "application/json"}


def new_report(**changed: object) -> dict[str, object]:
    """From another reporter each time: no duplicate."""
    return REPORT | {"reporter_identifier": f"reporter {next(REPORTERS)}"} | changed


def test_two_kinds_of_credential_at_once_are_400(site: Site) -> None:
    """L-3"""
    with site.http(Authorization=f"Bearer {site.pat}", **{"X-API-Key": site.project.key}) as client:
        answer = client.get("/api/v1/reports")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")


def test_two_authorization_headers_are_400(site: Site) -> None:
    """L-3"""
    parts = urlsplit(site.server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.putrequest("GET", "/api/v1/reports")
    connection.putheader("Authorization", f"Bearer {site.pat}")
    connection.putheader("Authorization", f"Bearer {site.personal}")
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["code"]) == (400, "invalid_request")
    connection.close()


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic YTpi", "Bearer", "", "bsk_pat_x"])
def test_a_bad_authorization_never_falls_back_to_the_cookie(site: Site, header: str) -> None:
    """L-3"""
    answer = site.ada.http.get("/api/v1/auth/me", headers={"Authorization": header})
    assert answer.status_code == 401
    assert "Basic" not in answer.headers["www-authenticate"]


def test_a_key_on_a_route_that_takes_none_is_401_even_with_a_cookie(site: Site) -> None:
    """L-3"""
    answer = site.ada.http.get("/api/v1/projects", headers={"X-API-Key": site.project.key})
    assert answer.status_code == 401


def test_the_scheme_is_case_insensitive(site: Site) -> None:
    """L-4"""
    assert site.http(Authorization=f"bEaReR {site.pat}").get("/api/v1/auth/me").status_code == 200


@pytest.mark.parametrize(
    "token", [b"\xff\xfe", b"a" * 300, b"bsk_pat_'; DROP TABLE tokens;--", b"pk_\xc3\xa9"]
)
def test_a_strange_token_is_401_never_500(site: Site, token: bytes) -> None:
    """L-4"""
    answer = site.http().get("/api/v1/auth/me", headers={"Authorization": b"Bearer " + token})
    assert answer.status_code == 401


def test_unknown_revoked_and_malformed_look_alike(site: Site) -> None:
    """L-2"""
    made = site.ada.http.post("/api/v1/tokens", json={"name": "gone"}).json()
    site.ada.http.delete(f"/api/v1/tokens/{made['id']}")
    answers = [
        site.with_token(token).get("/api/v1/projects")
        for token in (made["token"], "bsk_pat_" + "0" * 38, "bsk_pat_nonsense")
    ]
    bodies = [{**answer.json(), "requestId": ""} for answer in answers]
    assert bodies[0] == bodies[1] == bodies[2]
    assert {answer.headers["www-authenticate"] for answer in answers} == {'Bearer error="invalid_token"'}


def test_nothing_presented_is_401_without_an_error_code(site: Site) -> None:
    """E-2"""
    answer = site.http().get("/api/v1/projects")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize("query", ["token=", "api_key=", "access_token=", "bugspark_access_token="])
def test_a_credential_in_the_query_is_ignored(site: Site, query: str) -> None:
    """F-8"""
    assert site.http().get(f"/api/v1/projects?{query}{site.pat}").status_code == 401


def test_a_scope_that_is_missing_is_named(site: Site) -> None:
    """E-2"""
    token = site.ada.mint_token(scopes=["reports:read"])
    answer = site.with_token(token).post("/api/v1/reports", json=REPORT | {"project_id": site.project.id})
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    assert answer.headers["www-authenticate"] == 'Bearer error="insufficient_scope", scope="reports:create"'


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 201),
        ({"Sec-Fetch-Site": "none"}, 201),
        ({"Origin": "OURS"}, 201),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "OURS"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "OURS"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "HTTPS-OURS"}, 403),
        ({"Origin": "https://evil.example", "X-API-Key": "junk"}, 401),
        ({"Origin": "https://evil.example", "Authorization": "Bearer junk"}, 401),
    ],
)
def test_cookie_requests_of_other_sites_are_refused(site: Site, headers: dict[str, str], status: int) -> None:
    """D1"""
    ours = {"OURS": site.server.url, "HTTPS-OURS": site.server.url.replace("http:", "https:")}
    sent = {name: ours.get(value, value) for name, value in headers.items()}
    answer = site.ada.http.post("/api/v1/tokens", json={"name": "x"}, headers=sent)
    assert answer.status_code == status


@pytest.mark.parametrize("path", ["login", "register", "refresh", "logout"])
def test_login_register_refresh_and_logout_are_guarded_too(site: Site, path: str) -> None:
    """D1"""
    answer = site.http().post(f"/api/v1/auth/{path}", json={}, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")


def test_a_csrf_token_is_not_needed_but_must_verify_when_sent(site: Site) -> None:
    """Contract A16"""
    token = site.ada.http.get("/api/v1/auth/me").headers["x-csrf-token"]
    right = site.ada.http.post("/api/v1/tokens", json={"name": "x"}, headers={"X-CSRF-Token": token})
    wrong = site.ada.http.post("/api/v1/tokens", json={"name": "x"}, headers={"X-CSRF-Token": "0" * 64})
    assert (right.status_code, wrong.status_code) == (201, 403)


def test_intake_answers_pages_of_any_origin_errors_included(site: Site) -> None:
    """K-6"""
    origin = {"Origin": "https://shop.example"}
    preflight = site.http().options(
        "/api/v1/reports",
        headers=origin
        | {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "x-api-key,content-type",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    allowed = preflight.headers["access-control-allow-headers"]
    assert {"Authorization", "Content-Type", "X-API-Key", "Accept-Language"} <= set(allowed.split(", "))
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-max-age"] == "86400"
    for client, status in ((site.with_key(), 201), (site.http(), 401)):
        answer = client.post("/api/v1/reports", json=new_report(), headers=origin)
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/api/v1/projects", "/api/v1/auth/me", "/api/v1/tokens"])
def test_other_routes_answer_no_other_origin(site: Site, path: str) -> None:
    """K-6"""
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    assert "access-control-allow-origin" not in site.http().options(path, headers=headers).headers
    assert "access-control-allow-origin" not in site.ada.http.get(path, headers=headers).headers


def test_cookie_requests_with_another_body_than_json_are_415(site: Site) -> None:
    """K-4"""
    body = json.dumps({"name": "x"})
    for media_type in ("text/plain", "application/x-www-form-urlencoded", None):
        headers = {} if media_type is None else {"Content-Type": media_type}
        answer = site.ada.http.post("/api/v1/tokens", content=body, headers=headers)
        assert answer.status_code == 415, media_type


def test_a_body_that_is_too_long_is_413_before_it_is_read(site: Site) -> None:
    """E-3: the answer comes although not one byte of the body was sent."""
    parts = urlsplit(site.server.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        request = (
            f"POST /api/v1/reports HTTP/1.1\r\nHost: {parts.netloc}\r\nX-API-Key: {site.project.key}\r\n"
            "Content-Type: application/json\r\nContent-Length: 20000000\r\n\r\n"
        )
        connection.sendall(request.encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 413 ")


def test_a_bad_key_is_refused_before_the_body_is_read(site: Site) -> None:
    parts = urlsplit(site.server.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=60) as connection:
        request = (
            f"POST /api/v1/reports HTTP/1.1\r\nHost: {parts.netloc}\r\nX-API-Key: bsk_pub_x\r\n"
            "Content-Type: application/json\r\nContent-Length: 20000000\r\n\r\n"
        )
        connection.sendall(request.encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 401 ")


def test_a_chunked_body_that_grows_too_long_is_413(site: Site) -> None:
    answer = site.with_key().post("/api/v1/reports", content=(b"x" * 65536 for _ in range(100)), headers=JSON)
    assert answer.status_code == 413


def test_an_auth_body_is_at_most_4_kib(site: Site) -> None:
    """L-6"""
    body = {"email": "a@example.com", "password": "x" * 5000}
    assert site.http().post("/api/v1/auth/login", json=body).status_code == 413


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "validation_failed"),
        (b"{", 400, "malformed_json"),
        (b"nonsense", 400, "malformed_json"),
        (b"[]", 400, "malformed_json"),
        (b"null", 400, "malformed_json"),
        (b'{"title": NaN}', 400, "malformed_json"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, 422, "validation_failed"),
        (b"[" * 100_000, 400, "malformed_json"),
    ],
)
def test_a_body_that_is_no_report_is_told_so(site: Site, body: bytes, status: int, code: str) -> None:
    answer = site.with_key().post("/api/v1/reports", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["requestId"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": None}, "title"),
        ({"title": 3}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"description": "x" * 10_001}, "description"),
        ({"description": "\0"}, "description"),
        ({"severity": "worst"}, "severity"),
        ({"severity": None}, "severity"),
        ({"category": "feature"}, "category"),
        ({"reporter_identifier": "x" * 256}, "reporter_identifier"),
        ({"project_id": "not-a-uuid"}, "project_id"),
    ],
)
def test_a_bad_field_is_422_and_named(site: Site, change: dict[str, object], field: str) -> None:
    answer = site.with_key().post("/api/v1/reports", json=new_report(**change))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("missing", ["title", "severity", "category"])
def test_a_missing_field_is_422_and_named(site: Site, missing: str) -> None:
    body = {name: value for name, value in REPORT.items() if name != missing}
    answer = site.with_key().post("/api/v1/reports", json=body)
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(missing, "blank")]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (b'[{"message":"cut \\ud83d"}]', [{"message": "cut \ufffd"}]),
        (b'[{"message":"nul \\u0000"}]', [{"message": "nul \0"}]),
        (b'[{"n":1e999}]', [{"n": "1e999"}]),
        (b'[{"n":123456789012345678901234567890}]', [{"n": "123456789012345678901234567890"}]),
        (b'[{"message":"bad \xff utf-8"}]', [{"message": "bad \ufffd utf-8"}]),
        (b'[{"a":1,"a":2}]', [{"a": 2}]),
        (b'"a string"', "a string"),
        (b"[]", []),
        (b"null", None),
    ],
)
def test_no_report_is_lost_over_what_a_page_logged(site: Site, raw: bytes, kept: object) -> None:
    """Contract A12"""
    body = b'{"title":"%d","severity":"low","category":"ui","console_logs":%s}' % (next(REPORTERS), raw)
    answer = site.with_key().post("/api/v1/reports", content=body, headers=JSON)
    assert answer.status_code == 201
    shown = site.with_token().get(f"/api/v1/reports/{answer.json()['id']}")
    assert shown.json()["consoleLogs"] == answer.json()["consoleLogs"] == kept


def test_unknown_fields_and_both_spellings_are_taken(site: Site) -> None:
    """Contract A2"""
    body = REPORT | {"reporterIdentifier": "eve@example.com", "aNewerField": {"x": 1}, "consoleLogs": [1]}
    report = site.with_key().post("/api/v1/reports", json=body).json()
    assert (report["reporterIdentifier"], report["consoleLogs"]) == ("eve@example.com", [1])


def test_text_is_stored_as_given(site: Site) -> None:
    """Contract A12"""
    text = "<b>List<String></b> & \u202eright to left\u202c e\u0301 \U0001f41b 日本語 \r\n\t"
    report = site.with_key().post("/api/v1/reports", json=REPORT | {"description": text}).json()
    assert site.with_token().get(f"/api/v1/reports/{report['id']}").json()["description"] == text


def test_a_filled_honeypot_is_answered_and_not_stored(site: Site) -> None:
    """Contract A19"""
    answer = site.with_key().post("/api/v1/reports", json=REPORT | {"hpField": "I am a robot"})
    assert answer.status_code == 201
    assert site.with_token().get(f"/api/v1/reports/{answer.json()['id']}").status_code == 404


def test_an_unknown_screenshot_is_dropped_and_the_report_kept(site: Site) -> None:
    """Contract A13"""
    report = site.with_key().post("/api/v1/reports", json=new_report(screenshot_url="a/b/c.png")).json()
    assert report["screenshotUrl"] is None
    assert len(report["warnings"]) == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=0", 422),
        ("page=x", 422),
        ("page_size=0", 422),
        ("page_size=101", 422),
        ("page_size=100", 200),
        ("limit=5", 200),
        ("status=open", 200),
        ("status=new,closed", 200),
        ("status=nonsense", 422),
        ("severity=worst", 422),
        ("severity=low,high", 200),
        ("date_range=7d", 200),
        ("date_range=8d", 422),
        ("sort=oldest", 200),
        ("sort=best", 422),
        ("project_id=not-a-reference", 422),
        ("project_id=00000000-0000-7000-8000-000000000000", 404),
        ("search=%25_%5C%27%22%00", 200),
        ("search=" + "x" * 5000, 200),
        ("page=99999999999999999999", 422),
        ("unknown=1", 200),
    ],
)
def test_a_lists_query_is_checked(site: Site, query: str, status: int) -> None:
    """Contract A11"""
    answer = site.with_token().get(f"/api/v1/reports?{query}")
    assert answer.status_code == status, answer.text
    if status == 422:
        assert isinstance(answer.json()["detail"], str)


def test_a_stranger_meets_404_as_for_nothing(site: Site) -> None:
    """D7"""
    report = site.with_key().post("/api/v1/reports", json=new_report()).json()
    with site.http() as eve:
        body = {
            "name": "Eve",
            "email": f"eve{report['trackingId']}@example.com",
            "password": "securepassword123",
        }
        assert eve.post("/api/v1/auth/register", json=body).status_code == 201
        paths = [f"/api/v1/reports/{report['id']}", f"/api/v1/projects/{site.project.id}"]
        for path in paths:
            hidden = eve.get(path)
            nothing = eve.get(path.rpartition("/")[0] + "/00000000-0000-7000-8000-000000000000")
            assert hidden.status_code == nothing.status_code == 404
            assert {**hidden.json(), "requestId": ""} == {**nothing.json(), "requestId": ""}
        assert eve.get("/api/v1/reports").json()["total"] == 0
        assert eve.post(f"/api/v1/projects/{site.project.id}/tokens", json={"name": "x"}).status_code == 404


def test_an_answer_over_1_kb_is_compressed_when_accepted(site: Site) -> None:
    site.with_key().post("/api/v1/reports", json=REPORT | {"description": "x" * 3000})
    with site.with_token() as client:
        plain = client.get("/api/v1/reports", headers={"Accept-Encoding": "identity"})
        packed = client.build_request("GET", "/api/v1/reports", headers={"Accept-Encoding": "gzip"})
        raw = client.send(packed, stream=True)
        body = b"".join(raw.iter_raw())
    assert raw.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in raw.headers["vary"]
    assert gzip.decompress(body) == plain.content
    assert len(body) < len(plain.content) / 2


def test_an_answer_that_is_known_already_is_304(site: Site) -> None:
    client = site.with_token()
    first = client.get("/api/v1/projects")
    assert first.headers["etag"].startswith('W/"')
    again = client.get("/api/v1/projects", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_answers_like_get_without_a_body(site: Site) -> None:
    answer = site.with_token().head("/api/v1/projects")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("PUT", "/api/v1/reports", 405),
        ("DELETE", "/api/v1/auth/events", 405),
    ],
)
def test_unknown_paths_and_methods_answer_in_this_dialect(
    site: Site, method: str, path: str, status: int
) -> None:
    answer = site.with_token().request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert isinstance(answer.json()["detail"], str)
    if status == 405:
        assert "GET" in answer.headers["allow"]


def test_every_answer_carries_the_security_headers(site: Site) -> None:
    """K-5"""
    for path in ("/api/v1/projects", "/api/v1/nothing", "/health", "/static/favicon.svg"):
        headers = site.http().get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "permissions-policy" in headers
        assert "strict-transport-security" not in headers


def test_a_plain_request_id_is_kept_and_a_strange_one_replaced(site: Site) -> None:
    assert site.http().get("/health", headers={"X-Request-ID": "abc-12345678"}).headers["x-request-id"] == (
        "abc-12345678"
    )
    strange = site.http().get("/health", headers={"X-Request-ID": "a b<script>"}).headers["x-request-id"]
    assert "<" not in strange


def test_health_and_ready_answer(site: Site) -> None:
    assert site.http().get("/health").json()["status"] == "healthy"
    assert site.http().get("/ready").json()["status"] == "ready"


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_an_encoding_that_is_not_accepted_is_not_used(site: Site, accepted: str) -> None:
    answer = site.with_token().get("/api/v1/reports", headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in answer.headers
