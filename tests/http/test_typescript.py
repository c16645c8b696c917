"""The dashboard's types are those of the API."""

from tests.http.typescript import FILE, typescript


def test_the_types_of_the_client_follow_the_openapi_document() -> None:
    assert FILE.read_text("utf-8") == typescript(), "make api-types writes them anew"
