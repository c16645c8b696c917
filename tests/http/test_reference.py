"""The documents and their pages as they are served."""

import msgspec
import pytest

from tests.http.conftest import Site
from tests.http.documented import DOCUMENTS


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/api/v1/openapi-tickets.json"])
def test_a_document_is_public_and_answers_304_to_its_entity_tag(site: Site, path: str) -> None:
    answer = site.http().get(path)
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")
    assert answer.headers["cache-control"] == "public, no-cache"
    again = site.http().get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_document_that_is_served_is_the_one_that_is_tested(site: Site) -> None:
    served = site.http().get("/api/v1/openapi-tickets.json").json()
    assert served == msgspec.json.decode(msgspec.json.encode(DOCUMENTS["bugtome"]))


@pytest.mark.parametrize(
    ("dialect", "path", "other"),
    [
        ("bugspark", "/api/reference", "/api/reference/tickets"),
        ("bugtome", "/api/reference/tickets", "/api/reference"),
    ],
)
def test_a_page_shows_every_operation_and_leads_to_the_other(
    site: Site, dialect: str, path: str, other: str
) -> None:
    answer = site.http().get(path)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    paths = DOCUMENTS[dialect]["paths"]
    names = [operation["operationId"] for item in paths.values() for operation in item.values()]
    assert [name for name in names if f'id="{name}"' not in answer.text] == []
    assert f'href="{other}"' in answer.text


def test_a_page_names_the_address_and_shows_code_as_code(site: Site) -> None:
    text = site.http().get("/api/reference").text
    assert f"http://localhost:{site.server.port}" in text
    assert "<code>bsk_pat_</code>" in text
    assert "`" not in text


@pytest.mark.parametrize(
    ("dialect", "path"), [("bugspark", "/api/v1/reports"), ("bugtome", "/api/v1/tickets")]
)
def test_an_answer_carries_the_headers_that_are_documented(site: Site, dialect: str, path: str) -> None:
    answer = site.with_token().get(path)
    told = DOCUMENTS[dialect]["paths"][path]["get"]["responses"]["200"]["headers"]
    assert {name for name in told if name not in answer.headers} <= {"X-Total-Capped"}


@pytest.mark.parametrize("path", ["/api/reference/", "/api/v1/openapi"])
def test_there_is_nothing_beside_them(site: Site, path: str) -> None:
    assert site.http().get(path).status_code == 404
