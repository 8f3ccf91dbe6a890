"""Is anything lost that was acknowledged, in a folder? `benchmarks/crash --kills 200`.

Serves the sandbox from a folder, has clients register, declare, void, defer, resume, change partnerships and read, all
at once, and kills the server with SIGKILL: mostly under this load, at times while it stops or starts. After each kill
it serves again, and asks whether every change that was answered, or shown to a reader, is there; it reads the file, and
what the server exports, with plain TinyDB, and looks for records that one unit of work should have kept together. At
last it stops the server as one should, and looks in the file for everything ever done.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from client import Client, Unanswered
from lives import PARTNERSHIPS, Arrangement, Life, Seen, WrongAnswer, asked
from tinydb import TinyDB

from sandbox import cli

WRITERS = 8
READERS = 3
LONGEST = 0.5  # seconds of load before a kill
READY = b"ecf-sandbox reset"


Start = Callable[[list[str], int], int]
"""Starts the command with these arguments, writing to this descriptor; the process's id."""


class Server:
    """`ecf-sandbox serve` with these options on a free port, in a process of its own."""

    def __init__(self, options: list[str], start: Start) -> None:
        self._said, says = os.pipe()
        self.process = start(["serve", "--port", "0", *options], says)
        os.close(says)

    def ready(self) -> str:
        """Where it answers, once it does."""
        said, deadline = b"", time.monotonic() + 60
        while READY not in said:
            waiting = select.select([self._said], [], [], max(0.0, deadline - time.monotonic()))[0]
            part = os.read(self._said, 65536) if waiting else b""
            if not part:
                raise WrongAnswer(f"the sandbox did not start again: {said.decode()}")
            said += part
        address = re.search(r"http://[^/\s]+", said.decode())
        assert address
        return address[0]

    def signal(self, number: int) -> None:
        """Send it a signal; it may have ended already."""
        os.kill(self.process, number)

    def ended(self) -> None:
        """Wait for its end."""
        os.waitpid(self.process, 0)
        os.close(self._said)


def anew(arguments: list[str], says: int) -> int:
    """A Python of its own, as a user starts it."""
    command = [sys.executable, "-W", "ignore", "-m", "sandbox", *arguments]
    return os.posix_spawn(sys.executable, command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, says, 1)])


def warm(arguments: list[str], says: int) -> int:
    """The same command in a copy of this process, which has imported everything: it starts in half the time."""
    process = os.fork()
    if process == 0:
        os.dup2(says, 1)
        sys.stdout = os.fdopen(1, "w")
        try:
            cli.main(arguments)
        finally:
            os._exit(0)  # not through what this process has yet to tidy up
    return process


class Crash:
    """What was done, and what was found."""

    def __init__(self, data: Path, start: Start, longest: float) -> None:
        self._data = data
        self._options = ["--data", str(data)]
        self._start = start
        self._longest = longest
        self.lives: list[Life] = []
        self.arrangements: list[Arrangement] = []
        self._touched: list[Life] = []
        self.counted: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.lost = 0
        self.by_half = 0

    async def play(self, kills: int) -> None:
        """Everything, from the first start to the last look at the file."""
        server = Server(self._options, self._start)
        client = Client(server.ready())
        self.arrangements = await arrangements(client)
        for _ in range(kills):
            how = random.choices(("under load", "while stopping", "while starting"), (8, 1, 1))[0]
            if how == "while starting":
                self._kill_a_start(server)
            else:
                await self._kill(server, client, gently=how == "while stopping")
            self.counted[f"kills {how}"] += 1
            self._read_file(self._data / "main.json")
            client.close()
            server = Server(self._options, self._start)
            client = Client(server.ready())
            await self._look(client)
        client.close()
        server.signal(signal.SIGTERM)
        server.ended()
        self._compare(self._read_file(self._data / "main.json"))

    async def _kill(self, server: Server, client: Client, gently: bool) -> None:
        """Kill it under load; `gently`: having asked it to stop a moment before."""
        url = client.url
        load = [self._writing(Client(url), number) for number in range(WRITERS)]
        load += [self._arranging(Client(url)), *(self._reading(Client(url)) for _ in range(READERS))]
        tasks = [asyncio.create_task(task) for task in load]
        await asyncio.sleep(random.uniform(0.01, self._longest))
        if gently:
            server.signal(signal.SIGTERM)
            await asyncio.sleep(random.uniform(0, 0.05))
        server.signal(signal.SIGKILL)
        await asyncio.gather(*tasks)
        server.ended()

    def _kill_a_start(self, server: Server) -> None:
        """Kill it, start it again, and kill that before it is ready, or soon after."""
        server.signal(signal.SIGKILL)
        server.ended()
        starting = Server(self._options, self._start)
        time.sleep(random.uniform(0, 1))
        starting.signal(signal.SIGKILL)
        starting.ended()

    async def _until_killed(self, client: Client, turns: Callable[[], Any]) -> None:
        try:
            while True:
                await turns()
        except Unanswered:
            self.counted["requests cut off by a kill"] += 1
        except WrongAnswer as problem:
            self.wrong.append(str(problem))
        finally:
            client.close()

    async def _writing(self, client: Client, number: int) -> None:
        mine: list[Life] = self.lives[number::WRITERS][-2:]

        async def turn() -> None:
            if not mine or random.random() < 0.2:
                life = await Life.begun(client, f"Ada Hart {random.getrandbits(48):x}")
                mine.append(life)
                self.lives.append(life)
            else:
                life = random.choice(mine)
                self._touched.append(life)
                await life.step(client)
            self._touched.append(life)
            self.counted["writes acknowledged"] += 1

        await self._until_killed(client, turn)

    async def _arranging(self, client: Client) -> None:
        async def turn() -> None:
            await random.choice(self.arrangements).step(client)
            self.counted["writes acknowledged"] += 1

        await self._until_killed(client, turn)

    async def _reading(self, client: Client) -> None:
        async def turn() -> None:
            lately: list[Life | Arrangement] = [*self._touched[-20:], *self.arrangements[:5]]
            self._note(await random.choice(lately).look(client))
            self.counted["looks while it was written"] += 1

        await self._until_killed(client, turn)

    async def _look(self, client: Client) -> None:
        """Ask after everything that was touched since the last kill, and whether all the rest is whole."""
        touched: list[Life | Arrangement] = [*dict.fromkeys(self._touched), *self.arrangements]
        for one in touched:
            try:
                self._note(await one.look(client))
            except WrongAnswer as problem:
                self._note(str(problem))
            one.after_a_kill()
        self._touched.clear()
        with tempfile.TemporaryDirectory() as folder:
            export = Path(folder) / "export.json"
            export.write_bytes((await client.fetch("GET", "/sandbox/worlds/main/export"))[1])
            self._read_file(export)

    def _read_file(self, path: Path) -> dict[str, list[Any]]:
        """What a file holds, having looked for halves of units of work in it."""
        self.counted["files opened with TinyDB"] += 1
        with TinyDB(path) as database:
            tables = {
                name: list(documents.values())
                for name, documents in (database.storage.read() or {}).items()
                if name != "_checksum"
            }
        for problem in halves(tables):
            self.by_half += 1
            self.wrong.append(f"{path.name}: {problem}")
        return tables

    def _compare(self, tables: dict[str, list[Any]]) -> None:
        """Hold everything that was ever acknowledged against the file."""
        seen = {place["participant_id"]: Seen(place["training"]["status"]) for place in tables["placements"]}
        for declaration in tables["declarations"]:
            seen[declaration["participant_id"]].declared[declaration["id"]] = declaration["state"]
        for life in self.lives:
            self._note(life.compare(seen[life.id]) if life.id in seen else f"participant {life.id} is not in the file")
        partners = {partnership["id"]: partnership["delivery_partner_id"] for partnership in tables["partnerships"]}
        for arrangement in self.arrangements:
            self._note(arrangement.compare(partners[arrangement.id]))

    def _note(self, loss: str | None) -> None:
        if loss is not None:
            self.lost += 1
            self.wrong.append(loss)


async def arrangements(client: Client) -> list[Arrangement]:
    """Northgate's partnerships of 2024, and a delivery partner for them to change to."""
    body = {"delivery_partner_name": "Lindenwood Hub", "cohort": "2024"}
    partner = (await asked(client, "POST", "/sandbox/relationships", body))["relationship"]["delivery_partner"]["id"]
    found = (await asked(client, "GET", f"{PARTNERSHIPS}?filter[cohort]=2024"))["data"]
    return [
        Arrangement(one["id"], one["attributes"]["delivery_partner_id"], partner)
        for one in found
        if one["attributes"]["status"] == "active"
    ]


def halves(tables: dict[str, list[Any]]) -> Iterable[str]:
    """Records that lack the others they were made with, or stand on."""
    ids = {name: {record["id"] for record in records} for name, records in tables.items()}
    for name, field, other in (
        ("training_records", "participant_id", "participants"),
        ("placements", "training_record_id", "training_records"),
        ("placements", "partnership_id", "partnerships"),
        ("declarations", "training_record_id", "training_records"),
        ("declarations", "statement_id", "statements"),
        ("partnerships", "delivery_partner_id", "delivery_partners"),
    ):
        for record in tables[name]:
            if record[field] is not None and record[field] not in ids[other]:
                yield f"{name}: {record['id']} has a {field} that is nobody's"
    for name, other, field in (
        ("participants", "training_records", "participant_id"),
        ("training_records", "placements", "training_record_id"),
    ):
        for id in ids[name] - {record[field] for record in tables[other]}:
            yield f"{name}: {id} has none of {other}"
