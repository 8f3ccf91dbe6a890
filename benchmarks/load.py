"""Does it stay upright under very many clients, and does its memory stay flat? `benchmarks/load --clients 1000`.

Serves the sandbox from a folder, and has clients read and write for some minutes, each over a connection of its own,
one request after another without a pause: of ten requests seven read and three write. The clients share some
participants, who are declared and voided, deferred and resumed: the data grow by five declarations each, and by what is
kept of each deferral and return, some 700 bytes. Prints what was answered, how long it took, and the memory of the
server at the start of the measurement, at its end, and how fast it grew in the second half. Exits with 1 if any answer
was an error.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from client import Client, Unanswered
from crash_folder import Server, anew
from lives import DECLARATIONS, PARTICIPANTS, PARTNERSHIPS, Life, WrongAnswer, asked

from sandbox.serving import allow_connections

LIVES = 200
EVERY = 2.0  # seconds from one look at the memory to the next
READS = (
    f"{PARTICIPANTS}?page[per_page]=20",
    f"{PARTICIPANTS}?filter[cohort]=2024&sort=-updated_at&page[per_page]=10",
    f"{DECLARATIONS}?page[per_page]=10",
    f"{PARTNERSHIPS}?filter[cohort]=2024&page[per_page]=10",
)


class Load:
    """What the clients do, and what they were answered."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.lives: asyncio.Queue[Life] = asyncio.Queue()
        self.ids: list[str] = []
        self.counted: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.took: list[float] = []  # a sample, of a size that stays

    async def prepare(self) -> None:
        """Register those whom the clients share."""
        client = Client(self._url)
        for number in range(LIVES):
            life = await Life.begun(client, f"Ada Hart {number}")
            self.lives.put_nowait(life)
            self.ids.append(life.id)
        client.close()

    async def client(self, until: float) -> None:
        """One client, until the time is over."""
        client = Client(self._url)
        while time.monotonic() < until:
            begun = time.monotonic()
            try:
                await self._turn(client)
            except (WrongAnswer, Unanswered) as error:
                self.wrong[str(error)[:200]] += 1
            self._note(time.monotonic() - begun)
        client.close()

    async def _turn(self, client: Client) -> None:
        if random.random() < 0.3 and not self.lives.empty():
            life = self.lives.get_nowait()  # nobody else's meanwhile
            await life.step(client)
            self.lives.put_nowait(life)
            self.counted["writes"] += 1
            return
        if random.random() < 0.5:
            await asked(client, "GET", f"{PARTICIPANTS}/{random.choice(self.ids)}")
        else:
            await asked(client, "GET", random.choice(READS))
        self.counted["reads"] += 1

    def _note(self, seconds: float) -> None:
        if len(self.took) < 10_000:
            self.took.append(seconds)
        else:
            self.took[random.randrange(10_000)] = seconds


def memory(process: int) -> float:
    """The megabytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def watched(process: int, until: float) -> list[tuple[float, float]]:
    """The memory of a process, over and over: minutes and megabytes."""
    begun, seen = time.monotonic(), []
    while time.monotonic() < until:
        seen.append(((time.monotonic() - begun) / 60, memory(process)))
        await asyncio.sleep(EVERY)
    return seen


async def loaded(server: Server, clients: int, minutes: float) -> bool:
    """Put the load on it, and print what came of it; True if nothing was wrong."""
    url = server.ready()
    load = Load(url)
    await load.prepare()
    until = time.monotonic() + minutes * 60
    tasks = [asyncio.create_task(load.client(until)) for _ in range(clients)]
    seen = await watched(server.process, until)
    await asyncio.gather(*tasks)
    slope = statistics.linear_regression(*zip(*seen[len(seen) // 2 :], strict=True)).slope
    tenths = statistics.quantiles(load.took, n=100)
    answered = load.counted.total()
    print(f"{clients:,} clients for {minutes:g} minutes: {answered:,} answers, {answered / minutes / 60:,.0f}/s")
    print(f"of them writes: {load.counted['writes']:,}; errors: {load.wrong.total():,}")
    print(f"an answer took {tenths[49] * 1000:,.0f} ms, of 100 the slowest but one {tenths[98] * 1000:,.0f} ms")
    print(
        f"memory: {seen[0][1]:.0f} MB at first, {seen[-1][1]:.0f} MB at last, {max(m for _, m in seen):.0f} MB at most"
    )
    print(f"growth in the second half: {slope:+.2f} MB a minute")
    for error, count in load.wrong.most_common(5):
        print(f"{count:,} times: {error}", file=sys.stderr)
    return not load.wrong


def main() -> int:
    """Serve, load, print."""
    parser = argparse.ArgumentParser(prog="benchmarks/load", description=__doc__.partition("\n")[0])
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(["--data", folder], anew)
        allow_connections()
        well = asyncio.run(loaded(server, given.clients, given.minutes))
        server.signal(signal.SIGTERM)
        server.ended()
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
