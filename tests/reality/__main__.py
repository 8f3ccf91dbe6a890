"""How many recorded sessions are answered as the DfE's own service answered them; in what the others differ.

python -m tests.reality [--update] [--limit N] [ID-PREFIX …]
"""

from __future__ import annotations

import argparse
import asyncio

from .in_process import Service
from .recording import RECORDED, Session, differing, keep_differing, sessions
from .replay import Difference, replay


def main() -> None:
    """Print the table, or, of the sessions asked for, every difference."""
    parser = argparse.ArgumentParser(prog="python -m tests.reality", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("ids", nargs="*", metavar="ID-PREFIX", help="show the differences of these sessions")
    parser.add_argument("--limit", type=int, default=3, help="differences shown of each session (default: 3)")
    parser.add_argument("--update", action="store_true", help="take those answered alike off the list")
    asked = parser.parse_args()
    if asked.ids:
        asyncio.run(_show(tuple(asked.ids), asked.limit))
    else:
        differ = asyncio.run(_count())
        if asked.update:
            keep_differing(differing() & differ)


async def _count() -> set[str]:
    """Print the table; the ids of the sessions that differ."""
    service, differ = Service(), set[str]()
    print(f"{'recording':18} {'sessions':>8} {'alike':>8}")
    for recording in RECORDED:
        here = {session.id for session in sessions(recording) if await replay(service, session)}
        differ |= here
        _line(recording, len(sessions(recording)), len(here))
    _line("all", sum(len(sessions(recording)) for recording in RECORDED), len(differ))
    return differ


async def _show(ids: tuple[str, ...], limit: int) -> None:
    service, alike, asked = Service(), 0, _chosen(ids)
    for session in asked:
        if differences := await replay(service, session):
            _print(session, differences[:limit])
        else:
            alike += 1
    print(f"{alike} of {len(asked)} sessions answered as there")


def _chosen(ids: tuple[str, ...]) -> list[Session]:
    return [session for recording in RECORDED for session in sessions(recording) if session.id.startswith(ids)]


def _line(recording: str, sessions: int, differ: int) -> None:
    print(f"{recording:18} {sessions:8,} {sessions - differ:8,}", flush=True)


def _print(session: Session, differences: list[Difference]) -> None:
    print(session.id)
    for difference in differences:
        print("  " + str(difference).replace("\n", "\n  "))


if __name__ == "__main__":
    main()
