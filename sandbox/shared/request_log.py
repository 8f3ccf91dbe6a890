"""What was asked of a world, kept in PostgreSQL."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

import orjson

from sandbox.store.links import Links
from sandbox.store.protocol import StoreProblem
from sandbox.store.rows import SCHEMA
from sandbox.worlds.remembered import REMEMBERED, Entry

KEPT: Final = 5000  # requests of a world, of which as many are shown as elsewhere: the rest tell what clients can do
_TRIMMED_EVERY: Final = 200  # requests
_WRITE_TIMES: Final = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
_KEEP: Final = (
    f"INSERT INTO {SCHEMA}._requests (world, id, status, is_refused, provider_id, provider_name, document, aside) "
    "SELECT * FROM unnest("
    "%s::bigint[], %s::text[], %s::int[], %s::bool[], %s::text[], %s::text[], %s::json[], %s::json[])"
)
_STRANGERS: Final = (
    f"INSERT INTO {SCHEMA}._strangers AS s VALUES (%s, %s, %s) ON CONFLICT (world) DO UPDATE SET "
    "requests = s.requests + excluded.requests, tokens_in_urls = s.tokens_in_urls + excluded.tokens_in_urls"
)
_FOUND: Final = (
    f"SELECT id, status, is_refused, provider_id, provider_name, document::text FROM {SCHEMA}._requests "
    "WHERE world = %s {} ORDER BY number DESC LIMIT %s"
)

_TRIM: Final = (
    f"DELETE FROM {SCHEMA}._requests WHERE world = %s AND number IN (SELECT number FROM {SCHEMA}._requests "
    f"WHERE world = %s AND number <= (SELECT number FROM {SCHEMA}._requests WHERE world = %s "
    f"ORDER BY number DESC OFFSET {KEPT} LIMIT 1) FOR UPDATE SKIP LOCKED)"
)


def tables() -> Iterator[str]:
    """The statements that make what is not there yet."""
    yield (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}._requests (number bigint GENERATED ALWAYS AS IDENTITY, world bigint NOT "
        "NULL, id text NOT NULL, status int, is_refused bool NOT NULL, provider_id text NOT NULL, provider_name text "
        "NOT NULL, document json NOT NULL, PRIMARY KEY (world, number))"
    )
    yield f"ALTER TABLE {SCHEMA}._requests ADD COLUMN IF NOT EXISTS aside json"
    yield (
        f"CREATE UNLOGGED TABLE IF NOT EXISTS {SCHEMA}._strangers "
        "(world bigint PRIMARY KEY, requests bigint NOT NULL, tokens_in_urls bigint NOT NULL)"
    )


class Scribe:
    """Writes down what was asked of any world, for this process: requests that are at hand together at once."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._rows: list[tuple[Any, ...]] = []
        self._written: asyncio.Future[None] | None = None
        self._since_trimmed = 0
        self._strangers: Counter[int] = Counter()
        self._in_urls: Counter[int] = Counter()

    async def note(self, world: int, entry: Entry) -> None:
        """Returns when everybody may read of a request. Raises StoreProblem."""
        loop = asyncio.get_running_loop()
        told = (orjson.dumps(each(), option=_WRITE_TIMES).decode() for each in (entry.show, entry.aside))
        row = world, entry.id, entry.status, entry.is_refused, entry.provider_id, entry.provider_name, *told
        if self._written is None or self._written.get_loop() is not loop:
            self._rows = []
            self._written = loop.create_future()
            loop.call_soon(self._write)
        self._rows.append(row)
        await asyncio.shield(self._written)

    def note_stranger(self, world: int, *, has_token: bool) -> None:
        """Count a request of somebody without a token, soon."""
        is_first = not self._strangers
        self._strangers[world] += 1
        self._in_urls[world] += has_token
        if is_first:
            self._links.noters.submit(self._count_strangers)

    def _count_strangers(self) -> None:
        """Write down how many have come, in the thread that notes. They may be lost when the database is away."""
        counted, self._strangers = self._strangers, Counter()
        in_urls, self._in_urls = self._in_urls, Counter()
        with suppress(StoreProblem), self._links.problems("written", self._links.noting):
            for world, requests in counted.items():
                self._links.noting.alone(_STRANGERS, (world, requests, in_urls[world]))

    def _write(self) -> None:
        """Have a thread write down what there is, and then tell those who wait."""
        written, self._written = self._written, None
        rows, self._rows = self._rows, []
        assert written is not None

        def tell(noted: asyncio.Future[None]) -> None:
            if (problem := noted.exception()) is None:
                written.set_result(None)
            else:
                written.set_exception(problem)
                written.exception()  # nobody has to have waited

        asyncio.wrap_future(self._links.noters.submit(self._write_down, rows)).add_done_callback(tell)

    def _write_down(self, rows: list[tuple[Any, ...]]) -> None:
        with self._links.problems("written", self._links.noting):
            self._links.noting.alone(_KEEP, [list(column) for column in zip(*rows, strict=True)])
            self._trim(rows)

    def _trim(self, rows: list[tuple[Any, ...]]) -> None:
        """Now and then forget the oldest."""
        self._since_trimmed += len(rows)
        if self._since_trimmed >= _TRIMMED_EVERY:
            self._since_trimmed = 0
            for world in {row[0] for row in rows}:
                self._links.noting.alone(_TRIM, (world, world, world))


class SharedLog:
    """The last thousand requests of the world with this number."""

    def __init__(self, links: Links, scribe: Scribe, world: int) -> None:
        self._links = links
        self._scribe = scribe
        self._world = world

    async def keep(self, entry: Entry) -> None:
        """Remember one more. What a thousand requests ago was kept is forgotten a little later."""
        await self._scribe.note(self._world, entry)

    async def all(self) -> Sequence[Entry]:
        """Each of them, the latest first."""
        return await self._found("", REMEMBERED)

    async def find(self, id: str) -> Entry | None:
        """The latest with this id."""
        known = "\x00" not in id
        return next(iter(await self._found("AND id = %s", 1, id)), None) if known else None

    async def clear(self) -> None:
        """Forget all of them."""
        forget = f"DELETE FROM {SCHEMA}._requests WHERE world = %s"
        await self._links.aside("written", lambda link: link.alone(forget, (self._world,)))

    async def _found(self, condition: str, most: int, *values: str) -> list[Entry]:
        asked = (self._world, *values, most)
        rows = await self._links.aside("read", lambda link: link.alone(_FOUND.format(condition), asked))
        return [
            Entry(
                id=id,
                status=status,
                is_refused=is_refused,
                provider_id=provider_id,
                provider_name=name,
                show=partial(orjson.loads, document),
            )
            for id, status, is_refused, provider_id, name, document in rows
        ]
