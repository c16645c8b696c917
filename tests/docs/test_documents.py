"""What the documents name exists: files, settings, endpoints."""

import importlib
import re
from dataclasses import fields
from typing import Final

import pytest

from lacewing import http
from lacewing.http.endpoint import Dialect
from lacewing.settings import Settings, variable
from tests.docs.documents import DOCUMENTS
from tests.docs.requirements import ROOT

FENCE: Final = re.compile(r"^```.*?^```", re.M | re.S)
LINK: Final = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
HEADING: Final = re.compile(r"^#+ (.+)$", re.M)
ANCHOR: Final = re.compile(r"\]\(([^)#\s]*)#([^)]+)\)")
SETTING: Final = re.compile(r"\bLACEWING_[A-Z0-9_]+\b")
ENDPOINT: Final = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (/[^\s`?]*)")
FILE: Final = re.compile(r"`((?:docs|src|tests)/[\w./-]+)`")
EXAMPLE: Final = re.compile(r"https?://localhost:8080(/(?:api|oauth|\.well-known)[^\s\"'?)]*)")
# A part of a path that stands for any: {id}, ID, $TOKEN_ID, WEB-1
ANY: Final = re.compile(r"\{[^/]+\}|\$?[A-Z][A-Z_]*(?:-[0-9]+)?")
OF_THE_CLIENT: Final = frozenset(
    {"LACEWING_KEY", "LACEWING_PAGER", "LACEWING_PROFILE", "LACEWING_TOKEN", "LACEWING_URL"}
)

each_document = pytest.mark.parametrize("name", DOCUMENTS)


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def shape(path: str) -> str:
    return "/".join("*" if ANY.fullmatch(part) else part for part in path.rstrip("/").split("/"))


def endpoints() -> set[tuple[str, str]]:
    """Of every dialect that there is: each is a package of its own."""
    found = set()
    for folder in ROOT.joinpath("src/lacewing/http").glob("*/dialect.py"):
        module = importlib.import_module(f"{http.__name__}.{folder.parent.name}.dialect")
        for dialect in vars(module).values():
            if isinstance(dialect, Dialect):
                found |= {(endpoint.method, shape(endpoint.path)) for endpoint in dialect.endpoints}
    return found


ENDPOINTS: Final = endpoints()


@each_document
def test_a_link_leads_somewhere(name: str) -> None:
    here = (ROOT / name).parent
    targets = {target for target in LINK.findall(FENCE.sub("", text_of(name))) if "://" not in target}
    assert {target for target in targets if not (here / target).exists()} == set()


@each_document
def test_a_link_to_a_heading_leads_to_one(name: str) -> None:
    for file, anchor in ANCHOR.findall(text_of(name)):
        if "://" not in file:
            target = (ROOT / name).parent / file if file else ROOT / name
            headings = HEADING.findall(FENCE.sub("", target.read_text("utf-8")))
            assert anchor in {
                re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings
            }


@each_document
def test_a_file_that_is_named_exists(name: str) -> None:
    assert {path for path in FILE.findall(text_of(name)) if not (ROOT / path).exists()} == set()


@each_document
def test_a_setting_that_is_named_exists(name: str) -> None:
    known = {variable(item.name) for item in fields(Settings)} | OF_THE_CLIENT
    assert {found for found in SETTING.findall(text_of(name)) if not found.endswith("_")} <= known


@each_document
def test_an_endpoint_that_is_named_exists(name: str) -> None:
    """`/api/v1` may be left out."""
    named = {(method, shape(path)) for method, path in ENDPOINT.findall(text_of(name))}
    missing = {(m, p) for m, p in named if not {(m, p), (m, f"/api/v1{p}")} & ENDPOINTS}
    assert missing == set()


@each_document
def test_an_example_asks_a_path_that_exists(name: str) -> None:
    known = {path for _, path in ENDPOINTS}
    asked = {shape(path) for path in EXAMPLE.findall(text_of(name))}
    assert {path for path in asked if path not in known} == set()
