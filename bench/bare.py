"""The ceiling: an ASGI application that does nothing, below the same HTTP server as Lacewing.

`/bytes/<n>` is answered with n bytes: a GET with 200, a POST, once it is read, with 201; all else with none.
"""

import argparse
from collections.abc import Awaitable, Callable, MutableMapping
from functools import lru_cache
from typing import Any, Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MODULE: Final = "bench.bare"


async def app(scope: Message, receive: Receive, send: Send) -> None:
    status = 200
    if scope["method"] == "POST":
        status = 201
        while (await receive()).get("more_body"):
            pass
    headers, body = _answer(scope["path"])
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def path(answer_bytes: int) -> str:
    """Where an answer of that size is found."""
    return f"/bytes/{answer_bytes}"


@lru_cache(maxsize=64)
def _answer(asked: str) -> tuple[list[tuple[bytes, bytes]], bytes]:
    body = b"x" * int(asked.rpartition("/")[2]) if asked.startswith("/bytes/") else b""
    return [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))], body


def main() -> None:
    options = argparse.ArgumentParser(prog=f"python -m {MODULE}")
    options.add_argument("command", choices=["serve"])
    options.add_argument("--host")
    options.add_argument("--port", type=int)
    options.add_argument("--data", help="as Lacewing has it; nothing is kept")
    chosen = options.parse_args()
    Granian(
        f"{MODULE}:app",
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGINL,
        workers=1,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
