"""What do more workers, and one more machine, bring? `benchmarks/scaling`.

Serves four databases of one PostgreSQL server at once: by 1, 2 and 4 workers, and by two servers of one worker each in
network namespaces of their own, behind nginx; and a folder, by one process. They are asked in turns, round after round,
so that whatever else the machine does meets all alike; what counts is each round's ratio to one worker, of which the
median is told. Clients read single participants of the main world, declare and void in it, and do so in a world each.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from client import Client
from lives import DECLARATIONS, PARTICIPANTS, asked
from servers import free_port, running

from tests import postgresql

PAGE: Final = Path(__file__).parents[1] / "docs" / "performance.md"
TITLE: Final = "## With more workers and machines\n"
CLIENTS: Final = 32
READS, WRITES, APART = (
    "reads of one participant",
    "declarations in one world",
    "declarations in a world for each client",
)
LOADS: Final = (READS, WRITES, APART)
TICKS: Final = os.sysconf("SC_CLK_TCK")
NET: Final = "10.213.0"


class Served:
    """One arrangement of servers over a database of its own, and the clients that ask it."""

    def __init__(self, name: str, url: str, processes: list[int]) -> None:
        self.name = name
        self.url = url
        self.processes = processes
        self.rates: dict[str, list[float]] = {load: [] for load in LOADS}
        self._clients: dict[str, list[tuple[Client, str]]] = {}

    async def prepare(self) -> None:
        """Have somebody to declare for each client, in the main world and in one of the client's own."""
        holder = Client(self.url)
        shared, apart = [], []
        for number in range(CLIENTS):
            shared.append((Client(self.url), await _ect(holder, "main")))
            world = f"bench-{number}"
            made = await asked(holder, "POST", "/sandbox/worlds", {"id": world})
            token = next(each["token"] for each in made["providers"] if each["name"].startswith("Northgate"))
            apart.append((Client(self.url, token), await _ect(holder, world)))
        holder.close()
        self._clients = {READS: shared, WRITES: shared, APART: apart}

    async def measure(self, load: str, seconds: float) -> None:
        """Answers per second of a load."""
        until, began = time.monotonic() + seconds, time.monotonic()
        people = [person for _, person in self._clients[READS]]
        turn: Callable[[Client, str], Awaitable[int]] = _declare_and_void
        if load == READS:

            async def turn(client: Client, _: str) -> int:
                await asked(client, "GET", f"{PARTICIPANTS}/{random.choice(people)}")
                return 1

        async def client(one: Client, person: str) -> int:
            answered = 0
            while time.monotonic() < until:
                answered += await turn(one, person)
            return answered

        answered = sum(await asyncio.gather(*(client(one, person) for one, person in self._clients[load])))
        self.rates[load].append(answered / (time.monotonic() - began))


async def _ect(holder: Client, world: str) -> str:
    body = {"provider": "northgate"}
    id: str = (await asked(holder, "POST", f"/sandbox/participants?world={world}", body))["participant"]["id"]
    return id


async def _declare_and_void(client: Client, person: str) -> int:
    attributes = {
        "participant_id": person,
        "declaration_type": "started",
        "declaration_date": "2024-11-14T09:00:00Z",
        "course_identifier": "ecf-induction",
    }
    made = await asked(client, "POST", DECLARATIONS, {"data": {"attributes": attributes}})
    await asked(client, "PUT", f"{DECLARATIONS}/{made['data']['id']}/void", {})
    return 2


@contextmanager
def workers(number: int, store: str) -> Iterator[Served]:
    """So many workers of one server."""
    port = free_port()
    with running([*SERVE, "--port", str(port), "--store", store, "--workers", str(number)], port) as (_, process):
        yield Served(f"{number} worker{'s' if number > 1 else ''}", f"http://127.0.0.1:{port}", [process])


@contextmanager
def alone(data: Path) -> Iterator[Served]:
    """One process and a folder."""
    port = free_port()
    with running([*SERVE, "--port", str(port), "--data", str(data)], port) as (_, process):
        yield Served("a folder, 1 process", f"http://127.0.0.1:{port}", [process])


SERVE: Final = (sys.executable, "-m", "sandbox", "serve")


@contextmanager
def machines(store: str, folder: Path) -> Iterator[Served]:
    """Two servers of one worker each, in network namespaces of their own, behind nginx."""
    port = free_port()
    with ExitStack() as stack:
        processes, addresses = [], []
        for number in (1, 2):
            namespace, address = stack.enter_context(_namespace(number))
            command = ["ip", "netns", "exec", namespace, *SERVE, "--host", address, "--store", store]
            environment = {**os.environ, "ECF_SANDBOX_CONTROL_TOKEN": "northgate-sandbox-token"}
            process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
            stack.callback(_end, process)
            processes.append(process.pid)
            addresses.append(address)
        configuration = folder / "nginx.conf"
        servers = "".join(f"server {address}:8080; " for address in addresses)
        configuration.write_text(
            f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{}} http {{ access_log off; "
            f"upstream both {{ {servers} keepalive 64; }} server {{ listen 127.0.0.1:{port}; location / {{ "
            "proxy_pass http://both; proxy_http_version 1.1; proxy_set_header Connection ''; } } }"
        )
        with running(["nginx", "-c", str(configuration)], port) as (_, nginx):
            for address in addresses:
                _wait_for(address)
            yield Served("2 machines of 1 worker, nginx", f"http://127.0.0.1:{port}", [*processes, nginx])


@contextmanager
def _namespace(number: int) -> Iterator[tuple[str, str]]:
    """A network namespace, and its address."""
    name, here, there = f"ecf-bench-{number}", f"ecfb{number}", f"ecfn{number}"
    gateway, address = f"{NET}.{number * 4 + 1}", f"{NET}.{number * 4 + 2}"
    for command in (
        f"ip netns add {name}",
        f"ip link add {here} type veth peer name {there} netns {name}",
        f"ip addr add {gateway}/30 dev {here}",
        f"ip link set {here} up",
        f"ip -n {name} addr add {address}/30 dev {there}",
        f"ip -n {name} link set {there} up",
        f"ip -n {name} link set lo up",
    ):
        subprocess.run(command.split(), check=True)
    try:
        yield name, address
    finally:
        subprocess.run(["ip", "netns", "delete", name], check=False)


def _wait_for(address: str) -> None:
    import socket

    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            socket.create_connection((address, 8080), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at {address}")


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def seconds_of(process: int) -> float:
    """The time on a processor that a process and those that it made have had."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(map(seconds_of, map(int, children)))


async def measured(arrangements: list[Served], database: int, rounds: int, seconds: float) -> dict[str, float]:
    """Measure all of them in turns; the share of the processors' time that the database had, by load."""
    for served in arrangements:
        await served.prepare()
    ours: dict[str, float] = dict.fromkeys(LOADS, 0.0)
    theirs: dict[str, float] = dict.fromkeys(LOADS, 0.0)
    for _ in range(rounds):
        for load in LOADS:
            before = seconds_of(database), sum(seconds_of(p) for each in arrangements for p in each.processes)
            for served in random.sample(arrangements, len(arrangements)):
                await served.measure(load, seconds)
            theirs[load] += seconds_of(database) - before[0]
            ours[load] += sum(seconds_of(p) for each in arrangements for p in each.processes) - before[1]
    return {load: theirs[load] / (theirs[load] + ours[load]) for load in LOADS}


def section(arrangements: list[Served], shares: dict[str, float], rounds: int) -> str:
    """What was found, as Markdown."""
    one, *_, two_machines = arrangements

    def ratio(served: Served, load: str) -> float:
        return statistics.median(
            theirs / single for theirs, single in zip(served.rates[load], one.rates[load], strict=True)
        )

    lines = [
        TITLE,
        f"`benchmarks/scaling`, on {datetime.now(UTC):%d %B %Y}, {os.cpu_count()} processors that {CLIENTS} clients,",
        "the servers, nginx and PostgreSQL (which waits for its disk) share with whatever else runs there. So rates",
        f"say little; the ratios are medians of {rounds} rounds, in each of which all were asked in turns.",
        "",
        f"| ratio to one worker | {' | '.join(LOADS)} |",
        f"|---|{'---|' * len(LOADS)}",
    ]
    for served in arrangements:
        cells = [
            f"{statistics.median(served.rates[load]):,.0f}/s" if served is one else f"{ratio(served, load):.2f}"
            for load in LOADS
        ]
        lines.append(f"| {served.name} | {' | '.join(cells)} |")
    lines.append(f"| the database's share of processor time | {' | '.join(f'{shares[load]:.0%}' for load in LOADS)} |")
    lines += [
        "",
        f"One more machine brings {ratio(two_machines, READS):.2f} times the reads, {ratio(two_machines, WRITES):.2f} "
        "times the declarations of one world, whose writers",
        f"take turns, and {ratio(two_machines, APART):.2f} times those of many worlds, which share nothing but the "
        "database. Here it had no",
        "processors of its own: it shared those there are with the first, with the clients and with the database.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure, write, and print what was written."""
    parser = argparse.ArgumentParser(prog="benchmarks/scaling", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each load in each round")
    parser.add_argument("--into", type=Path, default=PAGE, metavar="FILE", help="default: docs/performance.md")
    given = parser.parse_args()
    with postgresql.running(durable=True) as server, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        arrangements = [stack.enter_context(workers(number, server.new_database())) for number in (1, 2, 4)]
        arrangements.append(stack.enter_context(alone(Path(folder) / "data")))
        arrangements.append(stack.enter_context(machines(server.new_database(), Path(folder))))
        shares = asyncio.run(measured(arrangements, server.process, given.rounds, given.seconds))
    found = section(arrangements, shares, given.rounds)
    text = given.into.read_text() if given.into.exists() else ""
    given.into.write_text(f"{text.partition(TITLE)[0].rstrip()}\n\n{found}".lstrip())
    print(found)


if __name__ == "__main__":
    main()
