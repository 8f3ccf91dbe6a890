"""How often a world was asked, and by whom, counted in PostgreSQL.

Each request is one small upsert: exact whichever process it reaches, and only in worlds that limit the rate, where a
token may ask three times a second at most. A bucket that processes draw from in lots would be cheaper, but the
thousand and first request would not always be the one that is refused, which is what the limit is switched on to see.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sandbox.store.links import Links
from sandbox.store.rows import SCHEMA

_ONE_MORE: Final = (
    f"INSERT INTO {SCHEMA}._tallies AS t (world, whose, span, requests) VALUES (%s, %s, %s, 1) ON CONFLICT "
    "(world, whose) DO UPDATE SET requests = CASE WHEN t.span = excluded.span THEN t.requests + 1 ELSE 1 END, "
    "span = excluded.span RETURNING requests"
)


def tables() -> Iterator[str]:
    """The statements that make what is not there yet. A crash of the database begins the counts again."""
    yield (
        f"CREATE UNLOGGED TABLE IF NOT EXISTS {SCHEMA}._tallies (world bigint NOT NULL, whose bytea NOT NULL, "
        "span bigint NOT NULL, requests int NOT NULL, PRIMARY KEY (world, whose))"
    )


class SharedTally:
    """Counts for the world with this number."""

    def __init__(self, links: Links, world: int) -> None:
        self._links = links
        self._world = world

    async def one_more(self, whose: bytes, window: int) -> int:
        """How many requests there have been of somebody in a window, with this one."""
        counted = self._world, whose, window
        ((requests,),) = await self._links.aside("written", lambda link: link.alone(_ONE_MORE, counted))
        return int(requests)

    async def clear(self) -> None:
        """Begin again."""
        forget = f"DELETE FROM {SCHEMA}._tallies WHERE world = %s"
        await self._links.aside("written", lambda link: link.alone(forget, (self._world,)))
