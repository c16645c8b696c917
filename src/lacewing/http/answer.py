"""From a value to a response: encoding, compression, entity tags, the dialect's own headers."""

import hashlib
import re
import zlib

import falcon.asgi
import msgspec

from lacewing.http.arrival import Headers, accepted_encodings
from lacewing.http.endpoint import Asked, Dialect, Endpoint, Reply
from lacewing.http.problems import Problem
from lacewing.kit import zstd
from lacewing.kit.errors import Allowance

COMPRESS_FROM_BYTES = 1024
_GZIP = 31
_VERSIONED = re.compile(r'(?:W/)?"([0-9]{1,18})-[0-9a-f]{1,64}"')
_encoder = msgspec.json.Encoder()


def versions_seen(asked: Headers) -> frozenset[int] | None:
    """Of the tags in `If-Match` that tell a version (`Reply.version`), that; None if any will do."""
    given = asked.get(b"if-match")
    if given is None or given.strip() == "*":
        return None
    tags = (_VERSIONED.fullmatch(item.strip()) for item in given.split(","))
    return frozenset(int(tag[1]) for tag in tags if tag)


def send_reply(
    response: falcon.asgi.Response,
    dialect: Dialect,
    endpoint: Endpoint,
    asked: Headers,
    reply: Reply,
    allowance: Allowance | None,
) -> None:
    response.status = reply.status or endpoint.status
    for name, value in reply.headers:
        response.append_header(name, value)
    _tell(response, dialect, allowance)
    if endpoint.accepts:
        response.append_header("Vary", "Authorization, Cookie, X-API-Key")
    is_told = response.get_header("Cache-Control") is not None
    if not is_told and (endpoint.is_secret or endpoint.accepts):
        response.set_header("Cache-Control", "no-store" if endpoint.is_secret else "private, no-cache")
    if reply.stream is not None:
        response.content_type = reply.media_type
        response.stream = reply.stream
    if reply.raw is None and reply.value is None:
        return
    data = reply.raw if reply.raw is not None else _encoder.encode(reply.value)
    response.content_type = reply.media_type
    has_tag = not endpoint.is_secret and (endpoint.method == "GET" or reply.version is not None)
    if has_tag:
        response.set_header("ETag", _tag(data, reply.version))
    if has_tag and endpoint.method == "GET" and _is_known(response, asked):
        response.status = 304
        return
    response.data = data if endpoint.is_secret else _compressed(response, asked, data)


def send_error(
    response: falcon.asgi.Response,
    dialect: Dialect,
    problem: Problem,
    asked: Asked,
    allowance: Allowance | None,
) -> None:
    reply = dialect.error(problem, asked)
    response.status = reply.status
    response.data = reply.body
    response.content_type = reply.media_type
    response.set_header("Cache-Control", "no-store")
    for name, value in (*reply.headers, *problem.headers):
        response.append_header(name, value)
    if problem.retry_after_seconds is not None:
        response.set_header("Retry-After", str(problem.retry_after_seconds))
    if problem.allow:
        response.set_header("Allow", ", ".join(problem.allow))
    _tell(response, dialect, problem.allowance or allowance)


def _tell(response: falcon.asgi.Response, dialect: Dialect, allowance: Allowance | None) -> None:
    if allowance is not None:
        for name, value in dialect.tell_allowance(allowance):
            response.set_header(name, value)


def _is_known(response: falcon.asgi.Response, asked: Headers) -> bool:
    given = asked.get(b"if-none-match")
    return given is not None and response.get_header("ETag") in {item.strip() for item in given.split(",")}


def _tag(data: bytes, version: int | None = None) -> str:
    """A weak entity tag (RFC 9110, 8.8.3): the same content, however it is compressed."""
    digest = hashlib.sha256(data).hexdigest()[:24]
    return f'W/"{digest}"' if version is None else f'W/"{version}-{digest}"'


def _compressed(response: falcon.asgi.Response, asked: Headers, data: bytes) -> bytes:
    if len(data) < COMPRESS_FROM_BYTES:
        return data
    response.append_header("Vary", "Accept-Encoding")
    accepted = accepted_encodings(asked.get(b"accept-encoding") or "")
    if "zstd" in accepted:
        response.set_header("Content-Encoding", "zstd")
        return zstd.compress(data)
    if "gzip" in accepted:
        response.set_header("Content-Encoding", "gzip")
        return zlib.compress(data, 1, _GZIP)
    return data
