"""Asking over kept-alive connections, as Northgate, with as little work as can be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

import orjson

PATIENCE: Final = 3  # seconds that any server keeps an idle connection open


class Connection:
    """One kept-alive connection of whoever has a token."""

    def __init__(self, port: int, token: str = "northgate-sandbox-token") -> None:
        self._port = port
        self._headers = f"Authorization: Bearer {token}\r\n"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used = 0.0

    async def ask(self, method: str, path: str, content: Any = None) -> bytes:
        """The content of an answer, which must be a good one."""
        if self._streams is None or time.monotonic() - self._used > PATIENCE:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        reader, writer = self._streams
        body = b"" if content is None else orjson.dumps(content)
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{self._headers}"
            + (f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else "")
            + "\r\n"
        )
        writer.write(head.encode() + body)
        answered = (await reader.readuntil(b"\r\n\r\n")).lower()
        self._used = time.monotonic()
        if b" 204 " in answered[:13]:
            return b""
        if b"content-length: " in answered:
            received = await reader.readexactly(int(answered.split(b"content-length: ")[1].split(b"\r\n")[0]))
        else:
            received = b"".join([chunk async for chunk in _chunks(reader)])
        if not answered.startswith(b"http/1.1 20"):
            raise RuntimeError(f"{method} {path}: {answered.decode()}{received.decode()}")
        return received

    async def data(self, path: str) -> Any:
        """The `data` of an answer."""
        return orjson.loads(await self.ask("GET", path))["data"]

    async def per_second(self, paths: Sequence[str], seconds: float, begin: int = 0) -> float:
        """How many answers come in a second, when one path after another is asked for."""
        count, start = 0, time.perf_counter()
        while (spent := time.perf_counter() - start) < seconds:
            await self.ask("GET", paths[(begin + count) % len(paths)])
            count += 1
        return count / spent

    async def milliseconds(self, method: str, path: str, content: Any = None) -> float:
        """How long one answer takes."""
        start = time.perf_counter()
        await self.ask(method, path, content)
        return (time.perf_counter() - start) * 1000


async def _chunks(reader: asyncio.StreamReader) -> Any:
    while length := int(await reader.readline(), 16):
        yield await reader.readexactly(length)
        await reader.readexactly(2)
    await reader.readexactly(2)


def declaration(participant_id: str) -> dict[str, Any]:
    """A declaration that an ECT of this cohort has started."""
    attributes = {
        "participant_id": participant_id,
        "declaration_type": "started",
        "declaration_date": "2024-10-01T09:00:00Z",
        "course_identifier": "ecf-induction",
    }
    return {"data": {"attributes": attributes}}
