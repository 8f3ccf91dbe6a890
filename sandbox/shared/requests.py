"""What lead providers asked of a world, whichever process they reached, to judge by what their clients can do."""

from __future__ import annotations

from typing import Final

import orjson

from sandbox.shared.request_log import KEPT, Scribe
from sandbox.store.links import Link, Links
from sandbox.store.rows import SCHEMA
from sandbox.worlds.logged_request import LoggedRequest
from sandbox.worlds.recalled import recalled
from sandbox.worlds.request_log import RequestLog

_ALL: Final = (
    f"SELECT document::text, aside::text FROM {SCHEMA}._requests WHERE world = %s AND aside IS NOT NULL "
    f"ORDER BY number DESC LIMIT {KEPT}"
)
_STRANGERS: Final = f"SELECT requests, tokens_in_urls FROM {SCHEMA}._strangers WHERE world = %s"


class SharedRequests:
    """Those of the world with this number that are kept with what is told of them."""

    def __init__(self, links: Links, scribe: Scribe, number: int, world: str) -> None:
        self._links = links
        self._scribe = scribe
        self._number = number
        self._world = world

    def append(self, request: LoggedRequest, /) -> None:
        """Nothing: it is kept when it is answered, with what is told of it."""

    def note_stranger(self, *, has_token: bool) -> None:
        """Count a request without a valid token, in whose URL there was one or not."""
        self._scribe.note_stranger(self._number, has_token=has_token)

    async def gathered(self) -> RequestLog:
        """All of it. Raises StoreProblem."""
        return await self._links.aside("read", self._gathered)

    async def clear(self) -> None:
        """Forget who came without a token; the rest is forgotten with what is told of it."""
        forget = f"DELETE FROM {SCHEMA}._strangers WHERE world = %s"
        await self._links.aside("written", lambda link: link.alone(forget, (self._number,)))

    def _gathered(self, link: Link) -> RequestLog:
        log = RequestLog()
        for document, aside in reversed(link.alone(_ALL, (self._number,))):
            log.append(recalled(self._world, orjson.loads(document), orjson.loads(aside)))
        for log.strangers, log.tokens_in_urls in link.alone(_STRANGERS, (self._number,)):
            pass
        return log
