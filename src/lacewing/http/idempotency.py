"""A create that comes again under its Idempotency-Key is answered as before, and makes nothing."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec
import structlog

from lacewing.http.core import Core
from lacewing.http.endpoint import Call, Endpoint, Reply
from lacewing.http.problems import EdgeError
from lacewing.http.uploads import IncomingForm
from lacewing.idempotency import Attempt, attempt, claim, keep_answer, key_reused, let_go, recall_answer
from lacewing.kit import zstd
from lacewing.kit.errors import ErrorKind, LacewingError

HEADER = b"idempotency-key"
REPLAYED = "Idempotency-Replayed"
_NOT_KEPT = {"set-cookie"}
_log = structlog.get_logger(__name__)


class _Kept(msgspec.Struct, array_like=True):
    """`file` is the digest of what was uploaded."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    media_type: str
    file: bytes = b""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Kept).decode


async def answer_once(
    core: Core, endpoint: Endpoint, call: Call[Any, Any], key: str, request: bytes
) -> object:
    """Raises what the handler raises, INVALID and CONFLICT; after these the key is as free as before.

    What became of a unit that could not be reported (UNAVAILABLE) only the claim tells, so that one stays.
    """
    actor = call.actor
    own = attempt(actor, f"{endpoint.method} {endpoint.path}", key, request)
    kept = await recall_answer(core.db, actor, core.vault.ring, own)
    if kept is not None:
        return await _again(call, _decode(zstd.decompress(kept)))
    db = core.db.beginning_with(lambda tx: claim(tx, actor, own))
    try:
        answer = await endpoint.handler(replace(core, db=db), call)
    except (LacewingError, EdgeError) as error:
        if getattr(error, "kind", None) is not ErrorKind.UNAVAILABLE:
            with suppress(LacewingError):
                await let_go(core.db, actor, own)
        raise
    await _keep(core, endpoint, call, own, answer)
    return answer


async def _keep(core: Core, endpoint: Endpoint, call: Call[Any, Any], own: Attempt, answer: object) -> None:
    """What was made is answered also when its answer can not be kept."""
    told = answer if endpoint.told_again is None else endpoint.told_again(answer, call.actor)
    reply = told if isinstance(told, Reply) else Reply(told)
    headers = tuple(header for header in reply.headers if header[0].lower() not in _NOT_KEPT)
    body = msgspec.json.encode(reply.value) if reply.raw is None else reply.raw
    file = call.body.digest if isinstance(call.body, IncomingForm) else b""
    kept = _Kept(reply.status or endpoint.status, headers, body, reply.media_type, file)
    packed = zstd.compress(_encode(kept))
    try:
        await keep_answer(core.db, call.actor, core.vault.ring, own, packed)
    except LacewingError:
        _log.warning("answer not kept", request_id=call.visit.request_id, path=endpoint.path)


async def _again(call: Call[Any, Any], kept: _Kept) -> Reply:
    """Raises INVALID for another file: the form is read to its end to know that."""
    if isinstance(call.body, IncomingForm):
        async for _ in (await call.body.file()).chunks:
            pass
        if call.body.digest != kept.file:
            raise key_reused()
    headers = (*kept.headers, (REPLAYED, "true"))
    return Reply(status=kept.status, headers=headers, raw=kept.body, media_type=kept.media_type)
