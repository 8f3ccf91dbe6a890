"""What do 10,000 worlds of one scenario take? `benchmarks/worlds`: in memory beside a folder, and in PostgreSQL.

One server makes them, one after the other; then they are listed, one of them is read and written, and the server is
started anew where they are still there. Times are told as seconds on the clock, and as time on a processor, which a
busy machine changes less. With `--into`, or by default, the section of the page is written anew.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from client import NORTHGATE, Client
from lives import PARTICIPANTS, asked
from scaling import seconds_of
from servers import free_port, megabytes, running

from tests import postgresql

PAGE: Final = Path(__file__).parents[1] / "docs" / "performance.md"
TITLE: Final = "## With many worlds\n"
NEXT: Final = "## With more workers and machines\n"
TABLES: Final = "_worlds", "_world_changes", "_world_records", "_uses", "_origins"


@dataclass(slots=True)
class Found:
    """What was measured of one way to keep worlds."""

    made: float  # processor milliseconds for each of the first hundred
    made_late: float  # of the last hundred
    memory: float  # bytes for each in the process
    disk: float | None  # bytes for each in the database
    first: int | None  # bytes there for the first, with what all begin with
    listed: float  # seconds
    listed_busy: float  # processor seconds
    read: float  # milliseconds
    begun: float | None  # seconds until a new server answers


@contextmanager
def served(options: list[str]) -> Iterator[tuple[Client, int]]:
    """A server with these options, and a client of it."""
    port = free_port()
    command = [sys.executable, "-m", "sandbox", "serve", "--port", str(port), *options]
    with running(command, port) as (_, process):
        client = Client(f"http://127.0.0.1:{port}")
        try:
            yield client, process
        finally:
            client.close()


async def measured(
    served: Callable[[], AbstractContextManager[tuple[Client, int]]],
    number: int,
    disk: Callable[[], int] | None,
) -> Found:
    """Make so many, and look at them."""
    with served() as (client, process):
        empty = disk() if disk else 0
        for warming in ("a", "b"):
            token = await _make(client, warming)
        before = megabytes(process), disk() if disk else 0
        spent, token = [], NORTHGATE
        for _ in range(0, number, 100):
            began = seconds_of(process)
            for _ in range(100):
                token = await _make(client)
            spent.append(seconds_of(process) - began)
        memory = (megabytes(process) - before[0]) * (1 << 20) / number
        on_disk = (disk() - before[1]) / number if disk else None
        began, began_busy = time.perf_counter(), seconds_of(process)
        listed = (await asked(client, "GET", "/sandbox/worlds"))["worlds"]
        took, took_busy = time.perf_counter() - began, seconds_of(process) - began_busy
        assert len(listed) >= number, len(listed)
        of_last = Client(client.url, token)
        await asked(of_last, "GET", PARTICIPANTS)
        began = time.perf_counter()
        await asked(of_last, "GET", f"{PARTICIPANTS}?page[per_page]=99")
        read = (time.perf_counter() - began) * 1000
        of_last.close()
    begun = None
    if disk is not None:
        began = time.perf_counter()
        with served() as (client, _):
            assert (await client.ask("GET", "/ready"))[0] == 200
            begun = time.perf_counter() - began
    first = before[1] - empty if disk else None
    return Found(spent[0] * 10, spent[-1] * 10, memory, on_disk, first, took, took_busy, read, begun)


async def _make(client: Client, id: str | None = None) -> str:
    """Northgate's token in a new world."""
    made = await asked(client, "POST", "/sandbox/worlds", {"id": id} if id else {})
    return next(str(each["token"]) for each in made["providers"] if each["name"].startswith("Northgate"))


def section(number: int, found: dict[str, Found]) -> str:
    """What was found, as Markdown."""

    def row(name: str, show: Callable[[Found], str]) -> str:
        return f"| {name} | {' | '.join(show(each) for each in found.values())} |"

    return "\n".join(
        [
            TITLE,
            f"`benchmarks/worlds`, on {datetime.now(UTC):%d %B %Y}, {os.cpu_count()} processors, shared with whatever",
            f"else ran there: {number:,} worlds of the scenario `main`, made one after the other by one process.",
            "",
            f"| {number:,} worlds | {' | '.join(found)} |",
            f"|---|{'---|' * len(found)}",
            row("a new one, of the first hundred, on a processor", lambda each: f"{each.made:.1f} ms"),
            row("a new one, of the last hundred", lambda each: f"{each.made_late:.1f} ms"),
            row("memory of the process, each", lambda each: f"{each.memory / 1000:.1f} KB"),
            row("in the database, each", lambda each: "" if each.disk is None else f"{each.disk / 1000:.1f} KB"),
            row(
                "the first there, with what all begin with",
                lambda each: "" if not each.first else f"{each.first >> 10} KB",
            ),
            row("`GET /sandbox/worlds`", lambda each: f"{each.listed:.2f} s"),
            row("the same, on a processor", lambda each: f"{each.listed_busy:.2f} s"),
            row("a list of 100 participants in the last of them", lambda each: f"{each.read:.1f} ms"),
            row("a new server's start", lambda each: "" if each.begun is None else f"{each.begun:.1f} s"),
            "",
            *_in_words(number, found["in PostgreSQL"]),
            "",
        ]
    )


def _in_words(number: int, there: Found) -> list[str]:
    """What the figures of PostgreSQL come to."""
    assert there.disk is not None
    assert there.first is not None
    disk, memory, first = number * there.disk / 1e6, number * there.memory / 1e6, there.first / 1e6
    return [
        f"So {number:,} take {disk:.0f} MB in the database and {memory:.0f} MB of the process, where the first takes "
        f"{first:.1f} MB with",
        "what all begin with: of each there are its tokens, its clock and a row. To list all of them takes the",
        "longest, in a thread; who is invited has only their own looked for.",
    ]


def main() -> None:
    """Measure, write, and print what was written."""
    parser = argparse.ArgumentParser(prog="benchmarks/worlds", description=__doc__.partition("\n")[0])
    parser.add_argument("--worlds", type=int, default=10_000)
    parser.add_argument("--into", type=Path, default=PAGE, metavar="FILE", help="default: docs/performance.md")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        database = stack.enter_context(postgresql.running(durable=True))
        url, names = database.new_database(), ", ".join(f"'{name}'" for name in TABLES)

        def disk() -> int:
            query = (
                f"SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class WHERE relname IN ({names})"
            )
            return int(str(database.ask(query, url)[0][0]))

        found = {
            "in memory": asyncio.run(measured(lambda: served(["--data", f"{folder}/data"]), given.worlds, None)),
            "in PostgreSQL": asyncio.run(measured(lambda: served(["--store", url]), given.worlds, disk)),
        }
    made = section(given.worlds, found)
    text = given.into.read_text() if given.into.exists() else ""
    before, _, after = text.partition(NEXT)
    before = before.partition(TITLE)[0].rstrip()
    given.into.write_text(f"{before}\n\n{made}\n{NEXT}{after}".lstrip() if after else f"{before}\n\n{made}".lstrip())
    print(made)


if __name__ == "__main__":
    main()
