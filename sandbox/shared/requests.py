"""What lead providers asked of a world, whichever process they reached, to judge by what their clients can do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import orjson

from sandbox.model import LeadProvider
from sandbox.rules.rule import Breach
from sandbox.shared.request_log import KEPT, Scribe
from sandbox.store.links import Link, Links
from sandbox.store.rows import SCHEMA
from sandbox.worlds.logged_request import LoggedRequest
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
            log.append(_recalled(self._world, orjson.loads(document), orjson.loads(aside)))
        for log.strangers, log.tokens_in_urls in link.alone(_STRANGERS, (self._number,)):
            pass
        return log


def _recalled(world: str, told: Mapping[str, Any], aside: Mapping[str, Any]) -> LoggedRequest:
    """A request, of what was told of it and beside that."""
    sent, provider = told["sent"], told["provider"]
    request = LoggedRequest(
        id=told["id"],
        world=world,
        method=told["method"],
        path=told["path"],
        query_string=told["query"].encode("latin-1"),
        received_at=datetime.fromisoformat(aside["received_at"]),
        content_type=aside["content_type"],
        accept=aside["accept"],
        server_date=aside["server_date"],
        provider=LeadProvider(id=provider["id"], name=provider["name"]) if provider else None,
        operation=told["operation"],
        at=datetime.fromisoformat(told["at"]) if told["at"] else None,
        read_body=lambda: sent,
        status=told["status"],
        records=aside["records"],
        breaches=[Breach(each["rule"]) for each in told["broke"]],
        fault=told["fault"],
        is_remembered=True,
    )
    request.known = set(request.names()) - set(told["ignored"])
    return request
