"""Worlds in PostgreSQL that end, with all that was theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sandbox.store.links import Link
from sandbox.store.rows import SCHEMA
from sandbox.worlds.rate_limit import WINDOW

ENDED: Final = 1000  # worlds of which it is remembered that they were left alone
_UNUSED: Final = timedelta(hours=1)  # what no world begins with for so long is forgotten


def delete(link: Link, numbers: Sequence[int]) -> None:
    """Delete worlds, and what was asked of them. Who writes in one has their turn before that."""
    link.asked(f"DELETE FROM {SCHEMA}._worlds WHERE number = ANY(%s)", (numbers,))
    for name in ("_requests", "_strangers", "_tallies"):
        link.asked(f"DELETE FROM {SCHEMA}.{name} WHERE world = ANY(%s)", (numbers,))


def sweep(link: Link, before: datetime, now: datetime) -> Sequence[str]:
    """Within a transaction, end the worlds that were used last before a time, and forget what belongs to none.

    The ids of the worlds. What somebody holds just now is left.
    """
    over = link.asked(
        f"SELECT w.number, w.id FROM {SCHEMA}._uses u JOIN {SCHEMA}._worlds w ON w.number = u.world "
        "WHERE u.at < %s ORDER BY u.at LIMIT 1000 FOR UPDATE SKIP LOCKED",
        (before,),
    )
    ids = [id for _, id in over]
    if over:
        delete(link, [number for number, _ in over])
        link.asked(
            f"INSERT INTO {SCHEMA}._ended SELECT unnest(%s::text[]), %s "
            "ON CONFLICT (id) DO UPDATE SET at = excluded.at",
            (ids, now),
        )
        link.asked(
            f"DELETE FROM {SCHEMA}._ended WHERE id IN (SELECT id FROM {SCHEMA}._ended ORDER BY at DESC OFFSET {ENDED})"
        )
    link.asked(
        f"DELETE FROM {SCHEMA}._origins WHERE digest IN (SELECT digest FROM {SCHEMA}._origins o WHERE made_at < %s "
        f"AND NOT EXISTS (SELECT 1 FROM {SCHEMA}._worlds w WHERE w.origin = o.digest) FOR UPDATE SKIP LOCKED)",
        (now - _UNUSED,),
    )
    link.asked(
        f"DELETE FROM {SCHEMA}._tallies WHERE (world, whose) IN "
        f"(SELECT world, whose FROM {SCHEMA}._tallies WHERE span < %s FOR UPDATE SKIP LOCKED)",
        (int(now.timestamp()) // WINDOW,),
    )
    return ids
