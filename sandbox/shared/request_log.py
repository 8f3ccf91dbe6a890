"""What was asked of a world, kept in PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import orjson

from sandbox.store.links import Links
from sandbox.store.rows import SCHEMA
from sandbox.worlds.remembered import REMEMBERED, Entry

_TRIMMED_EVERY: Final = 200  # requests
_WRITE_TIMES: Final = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
_KEEP: Final = (
    f"INSERT INTO {SCHEMA}._requests (world, id, status, is_refused, provider_id, provider_name, document) "
    "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::bool[], %s::text[], %s::text[], %s::json[])"
)
_FOUND: Final = (
    f"SELECT id, status, is_refused, provider_id, provider_name, document::text FROM {SCHEMA}._requests "
    "WHERE world = %s {} ORDER BY number DESC LIMIT %s"
)


def tables() -> Iterator[str]:
    """The statements that make what is not there yet."""
    yield (
        f"CREATE TABLE IF NOT EXISTS {SCHEMA}._requests (number bigint GENERATED ALWAYS AS IDENTITY, world bigint NOT "
        "NULL, id text NOT NULL, status int, is_refused bool NOT NULL, provider_id text NOT NULL, provider_name text "
        "NOT NULL, document json NOT NULL, PRIMARY KEY (world, number))"
    )


class Scribe:
    """Writes down what was asked of any world, for this process: requests that are at hand together at once."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._rows: list[tuple[Any, ...]] = []
        self._written: asyncio.Future[None] | None = None
        self._since_trimmed = 0

    async def note(self, world: int, entry: Entry) -> None:
        """Returns when everybody may read of a request. Raises StoreProblem."""
        loop = asyncio.get_running_loop()
        document = orjson.dumps(entry.show(), option=_WRITE_TIMES).decode()
        row = world, entry.id, entry.status, entry.is_refused, entry.provider_id, entry.provider_name, document
        if self._written is None or self._written.get_loop() is not loop:
            self._rows = []
            self._written = loop.create_future()
            loop.call_soon(self._write)
        self._rows.append(row)
        await asyncio.shield(self._written)

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
                self._links.noting.alone(
                    f"DELETE FROM {SCHEMA}._requests WHERE world = %s AND number <= (SELECT number FROM "
                    f"{SCHEMA}._requests WHERE world = %s ORDER BY number DESC OFFSET {REMEMBERED} LIMIT 1)",
                    (world, world),
                )


class SharedLog:
    """The last thousand requests of the world with this number."""

    def __init__(self, links: Links, scribe: Scribe, world: int) -> None:
        self._links = links
        self._scribe = scribe
        self._world = world

    async def keep(self, entry: Entry) -> None:
        """Remember one more. What a thousand requests ago was kept is forgotten a little later."""
        await self._scribe.note(self._world, entry)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._found("", REMEMBERED))

    def find(self, id: str) -> Entry | None:
        """The latest with this id."""
        known = "\x00" not in id
        return next(iter(self._found("AND id = %s", 1, id)), None) if known else None

    def clear(self) -> None:
        """Forget all of them."""
        with self._links.problems("written", self._links.noting):
            self._links.noting.alone(f"DELETE FROM {SCHEMA}._requests WHERE world = %s", (self._world,))

    def _found(self, condition: str, most: int, *values: str) -> list[Entry]:
        with self._links.problems("read", self._links.noting):
            rows = self._links.noting.alone(_FOUND.format(condition), (self._world, *values, most))
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
