"""A bare asyncio HTTP/1.1 client, so that what drives the load costs as little as it can."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


class Connection:
    """One keep-alive connection. Every call raises ConnectionError when the server has gone."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> Self:
        return cls(*await asyncio.open_connection(HOST, port))

    async def post(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self._writer.write(encode_post(path, headers, body))
        try:
            return await self._read_answer()
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError("the server closed the connection") from error

    def close(self) -> None:
        self._writer.close()

    async def _read_answer(self) -> Answer:
        head = await self._reader.readuntil(b"\r\n\r\n")
        status_line, *lines = head.decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines if line)
        return Answer(int(status_line.split(" ", 2)[1]), await self._read_body(fields))

    async def _read_body(self, fields: Mapping[str, str]) -> bytes:
        if fields.get("transfer-encoding") == "chunked":
            return await self._read_chunks()
        return await self._reader.readexactly(int(fields.get("content-length", "0")))

    async def _read_chunks(self) -> bytes:
        chunks = bytearray()
        while size := int(await self._reader.readline(), 16):
            chunks += await self._reader.readexactly(size)
            await self._reader.readline()
        await self._reader.readline()
        return bytes(chunks)


def encode_post(path: str, headers: Mapping[str, str], body: bytes) -> bytes:
    fields = {"Host": HOST, "Content-Type": "application/json", "Content-Length": str(len(body)), **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body
