"""What is asked of a server under load, tried once by hand before, so that the load is known to be good."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import httpx

from bench import payload
from bench.seeding import SUBMIT

PAGE_SIZE: Final = 20
_LIST: Final = f"/api/v1/reports?page_size={PAGE_SIZE}"
UPLOAD: Final = "/api/v1/upload/screenshot"
_MOST_PAGES: Final = 500
_STYLE_SHEET: Final = re.compile(r'<link[^>]*href="(/[^"]+\.css[^"]*)"')


class Ask(StrEnum):
    SUBMIT = "submit 1 KB"
    UPLOAD = "100 KB and report"
    LIST = "list 20"
    GET = "get one"
    ME = "me"
    STATIC = "static file"
    HEALTH = "health"
    FILTERED = "list, one filter"
    DEEP = "list, midway by cursor"
    COMMON = "search, in all"
    RARE = "search, in few"
    NOWHERE = "search, in none"


# What of lists is compared between amounts of reports: on one number of connections.
LISTS: Final = (Ask.FILTERED, Ask.DEEP, Ask.COMMON, Ask.RARE, Ask.NOWHERE)
# Uploads last: their pictures are decoded for a while afterwards.
MEASURED: Final = (Ask.SUBMIT, Ask.LIST, Ask.GET, Ask.ME, Ask.STATIC, Ask.UPLOAD)


@dataclass(frozen=True, slots=True)
class Operation:
    """One request: a POST of the payload with a title of its own, or a GET; or, when it `uploads`, two in
    turn: a picture, then a report with it."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    posts: bool = False
    uploads: bool = False
    status: int = 200
    answer_bytes: int = 0


def try_all(url: str, key: str, token: str) -> dict[Ask, Operation]:
    """Every operation, with the size of its answer. RuntimeError if one is not answered as it should."""
    with httpx.Client(base_url=url, timeout=30.0, trust_env=False, verify=False) as http:
        return {ask: _try(http, operation) for ask, operation in _describe(http, key, token).items()}


def _describe(http: httpx.Client, key: str, token: str) -> dict[Ask, Operation]:
    bearer = {"Authorization": f"Bearer {token}"}
    newest = http.get(_LIST, headers=bearer).raise_for_status().json()["items"][0]["id"]
    return {
        Ask.SUBMIT: Operation(SUBMIT, {"X-API-Key": key}, posts=True, status=201),
        Ask.UPLOAD: Operation(UPLOAD, {"X-API-Key": key}, uploads=True),
        Ask.LIST: Operation(_LIST, bearer),
        Ask.GET: Operation(f"/api/v1/reports/{newest}", bearer),
        Ask.ME: Operation("/api/v1/auth/me", bearer),
        Ask.STATIC: Operation(_find_style_sheet(http)),
        Ask.HEALTH: Operation("/health"),
        Ask.FILTERED: Operation(f"{_LIST}&severity=high", bearer),
        Ask.DEEP: Operation(f"{_LIST}{_midway(http, bearer)}", bearer),
        Ask.COMMON: Operation(f"{_LIST}&search=spinner", bearer),
        Ask.RARE: Operation(f"{_LIST}&search=seeded+report+77", bearer),
        Ask.NOWHERE: Operation(f"{_LIST}&search=nowhere", bearer),
    }


def _midway(http: httpx.Client, bearer: Mapping[str, str]) -> str:
    """The parameter that leads to the middle of the list, or as deep as so many pages lead."""
    path, onward = "/api/v1/reports?page_size=100", ""
    pages = http.get(path, headers=bearer).raise_for_status().json()["total"] // 200
    for _ in range(min(pages, _MOST_PAGES)):
        page = http.get(path + onward, headers=bearer).raise_for_status().json()
        onward = f"&cursor={page['nextCursor']}"
    return onward


def _find_style_sheet(http: httpx.Client) -> str:
    found = _STYLE_SHEET.search(http.get("/login").raise_for_status().text)
    if found is None:
        raise RuntimeError("GET /login names no style sheet")
    return found[1]


def _try(http: httpx.Client, operation: Operation) -> Operation:
    headers = {**operation.headers, "Accept-Encoding": "identity"}
    if operation.uploads:
        form = {"Content-Type": f"multipart/form-data; boundary={payload.BOUNDARY}"}
        answer = http.post(operation.path, headers=headers | form, content=payload.form())
    elif operation.posts:
        json = headers | {"Content-Type": "application/json"}
        answer = http.post(operation.path, headers=json, content=payload.body("Tried by hand"))
    else:
        answer = http.get(operation.path, headers=headers)
    if answer.status_code != operation.status:
        raise RuntimeError(
            f"{operation.path} answered {answer.status_code}, not {operation.status}: {answer.text}"
        )
    return replace(operation, answer_bytes=len(answer.content))
