"""The same of many worlds in PostgreSQL: `benchmarks/crash --postgresql --kills 50`.

Several workers serve a database of a PostgreSQL server of our own. Clients make worlds, register, declare, void, defer
and resume in all of them at once, and read; meanwhile a worker is killed with SIGKILL, or PostgreSQL with all that
serves it, or the sandbox as a whole. PostgreSQL writes to its disk as it does when it is not tried. After each kill
everything that was answered, or shown to a reader, is asked for again; at last all of it is, of a new process, and each
world's export is looked through for records that one unit of work should have kept together.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson
import psycopg
from client import NORTHGATE, Client, Unanswered
from crash_folder import Server, Start, halves
from lives import Life, WrongAnswer, asked

from tests.postgresql import Server as PostgreSQL

WRITERS: Final = 12
READERS: Final = 3
UNDER_WAY: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND state IN ('active', 'idle in transaction')"
)
KILLS: Final = {"of a worker": 5, "of PostgreSQL": 3, "of the whole sandbox": 1}  # how often, in proportion


class SharedCrash:
    """What was done, and what was found."""

    def __init__(self, database: PostgreSQL, start: Start, *, workers: int, worlds: int, longest: float) -> None:
        self._database = database
        self._url = database.new_database()
        self._start = start
        self._workers = workers
        self._worlds = worlds
        self._longest = longest
        self._tokens: dict[str, str] = {"main": NORTHGATE}
        self._lives: dict[str, list[Life]] = {"main": []}
        self._touched: dict[Life, str] = {}
        self._busy: set[Life] = set()
        self._is_over = False
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.lost = 0
        self.by_half = 0

    async def play(self, kills: int) -> None:
        """Everything, from the first start to the last look at every world."""
        server = self._served()
        url = server.ready()
        for _ in range(self._worlds):
            await self._make_world(Client(url))
        for _ in range(kills):
            what = random.choices(list(KILLS), list(KILLS.values()))[0]
            self._is_over = False
            load = [self._until_over(self._write, url) for _ in range(WRITERS)]
            load += [self._until_over(self._read, url) for _ in range(READERS)]
            load.append(self._until_over(self._make_world, url))
            tasks = [asyncio.create_task(each) for each in load]
            await asyncio.sleep(random.uniform(0.05, self._longest))
            if what == "of a worker":
                os.kill(random.choice(children(server.process)), signal.SIGKILL)
            elif what == "of PostgreSQL":
                await asyncio.to_thread(self._database.kill)
            else:
                server.signal(signal.SIGKILL)
                server.ended()
            self.counted[f"kills {what}"] += 1
            await asyncio.sleep(0.1)  # those whom it did not meet go on meanwhile
            self._is_over = True
            await asyncio.gather(*tasks)
            if what == "of the whole sandbox":
                server = self._served()
                url = server.ready()
            await self._look_at(url, self._touched)
            self._touched.clear()
        server.signal(signal.SIGTERM)
        server.ended()
        await asyncio.to_thread(self._database.kill)
        server = self._served()
        url = server.ready()
        await self._look_at(url, {life: world for world, lives in self._lives.items() for life in lives})
        for world in self._tokens:
            await self._look_through(url, world)
        server.signal(signal.SIGTERM)
        server.ended()

    def _served(self) -> Server:
        return Server(["--store", self._url, "--workers", str(self._workers)], self._start)

    async def _until_over(self, turn: Callable[[Client], Awaitable[None]], url: str) -> None:
        """Do something over and over, until a kill meets it or all is over."""
        clients: dict[str, Client] = {}
        try:
            while not self._is_over:
                world = random.choice(list(self._tokens))
                client = clients.setdefault(world, Client(url, self._tokens[world]))
                client.world = world
                await turn(client)
        except Unanswered:
            self.counted["requests cut off by a kill"] += 1
        except WrongAnswer as problem:
            if " was answered 503" in str(problem):  # the database was not there: it says so, and is not believed
                self.counted["requests answered 503 meanwhile"] += 1
            else:
                self.wrong.append(str(problem))
        finally:
            for client in clients.values():
                client.close()

    async def _make_world(self, client: Client) -> None:
        made = await asked(client, "POST", "/sandbox/worlds", {"scenario": "main"})
        token = next(each["token"] for each in made["providers"] if each["name"].startswith("Northgate"))
        self._tokens[made["id"]], self._lives[made["id"]] = token, []
        self.counted["worlds made"] += 1
        await asyncio.sleep(random.uniform(0.1, 0.5))

    async def _write(self, client: Client) -> None:
        idle = [life for life in self._lives[client.world] if life not in self._busy]
        if len(idle) < 2:
            life = await Life.begun(client, f"Ada Hart {random.getrandbits(48):x}", client.world)
            self._lives[client.world].append(life)
        else:
            life = random.choice(idle)
            self._busy.add(life)
            self._touched[life] = client.world
            try:
                await life.step(client)
            finally:
                if life.under_way is None:
                    self._busy.discard(life)
        self._touched[life] = client.world
        self.counted["writes acknowledged"] += 1

    async def _read(self, client: Client) -> None:
        theirs = [life for life in self._lives[client.world] if life in self._touched]
        if theirs:
            self._note(await random.choice(theirs).look(client))
            self.counted["looks while it was written"] += 1
        await asyncio.sleep(0)

    async def _look_at(self, url: str, lives: dict[Life, str]) -> None:
        """Ask after all of these, once everything is there again, and nothing goes on that was asked for before."""
        await asyncio.to_thread(self._come_to_rest)
        clients = {world: Client(url, token) for world, token in self._tokens.items()}
        for life, world in lives.items():
            try:
                self._note(await self._patiently(partial(life.look, clients[world])))
            except WrongAnswer as problem:
                self._note(str(problem))
            life.after_a_kill()
        self._busy.clear()
        for client in clients.values():
            client.close()

    def _come_to_rest(self) -> None:
        """Wait for what the database still does for workers that are gone, such as a commit on its way to the disk."""
        deadline = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(self._url, autocommit=True) as link:
                    while link.execute(UNDER_WAY).fetchone() != (0,) and time.monotonic() < deadline:
                        time.sleep(0.02)
                    return
            except psycopg.OperationalError:  # it is not there again yet
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    async def _patiently(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        """What is answered in the end: workers are replaced, and connections of PostgreSQL made again."""
        deadline = time.monotonic() + 60
        while True:
            try:
                return await ask()
            except (Unanswered, WrongAnswer) as problem:
                is_to_be_expected = isinstance(problem, Unanswered) or " was answered 503" in str(problem)
                if not is_to_be_expected or time.monotonic() > deadline:
                    raise WrongAnswer(f"there is no answer any more: {problem}") from problem
                await asyncio.sleep(0.05)

    async def _look_through(self, url: str, world: str) -> None:
        """Look for halves of units of work in all that a world exports."""
        status, content = await self._patiently(lambda: Client(url).fetch("GET", f"/sandbox/worlds/{world}/export"))
        if status != 200:
            self._note(f"the world {world}, which was made, is answered {status}")
            return
        tables = {name: list(kept.values()) for name, kept in orjson.loads(content).items() if name != "_checksum"}
        for problem in halves(tables):
            self.by_half += 1
            self.wrong.append(f"{world}: {problem}")

    def _note(self, loss: str | None) -> None:
        if loss is not None:
            self.lost += 1
            self.wrong.append(loss)


def children(process: int) -> list[int]:
    """The processes that a process has made."""
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))
