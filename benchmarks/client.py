"""A client of a running sandbox: one kept-alive connection, and as little work as possible beside asking."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import orjson

NORTHGATE = "northgate-sandbox-token"


class Unanswered(Exception):
    """The connection ended before the answer did: nobody was told what came of the request."""


class Client:
    """Asks as Northgate, one request after another; as somebody else, with another token."""

    def __init__(self, url: str, token: str = NORTHGATE) -> None:
        self.url = url
        self.world = "main"  # for whoever has clients of several
        self._token = token
        self._address = urlsplit(url)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """The status and the content of an answer. Raises Unanswered."""
        status, answer = await self.fetch(method, path, b"" if body is None else orjson.dumps(body))
        return status, orjson.loads(answer) if answer else None

    async def fetch(self, method: str, path: str, content: bytes = b"") -> tuple[int, bytes]:
        """The status and the bytes of an answer. Raises Unanswered."""
        try:
            return await self._fetch(method, path, content)
        except (OSError, EOFError) as error:
            self.close()
            raise Unanswered(repr(error)) from error

    def close(self) -> None:
        """End the connection; the next request makes another."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _fetch(self, method: str, path: str, content: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._address.hostname, self._address.port)
        reader, writer = self._streams
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self._address.netloc}\r\nAuthorization: Bearer {self._token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        writer.write(head.encode() + content)
        answered = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(answered.split(b"content-length: ")[1].split(b"\r\n")[0])
        return int(answered[9:12]), await reader.readexactly(length)
