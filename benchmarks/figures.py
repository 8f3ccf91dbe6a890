"""What is measured, and how."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import orjson
import servers
from asking import Connection, declaration
from beside import Beside, beside
from start_up import seconds_to_first_answer

LISTED: Final = "/api/v3/participants/ecf"
SELECTED: Final = (
    "filter[cohort]=2024&filter[training_status]=active&filter[updated_since]=2024-01-01T00:00:00Z&sort=-updated_at"
)
LIST, ONE, SELECTION = (
    "a list of 100 participants, v3",
    "one participant, v3",
    "a list with filter, sort and page of 50",
)
FLAT, FLAT_ONE = "a list of 100 participants, v1", "one participant, v1"
READS: Final = (LIST, ONE, SELECTION, FLAT, FLAT_ONE)
CHANGES: Final = 40


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How much is done to come to a figure."""

    participants: int
    few: int
    many: int
    turns: int
    seconds: float  # of a turn
    declarations: int
    starts: int
    soak_clients: int
    soak_seconds: float


FULL: Final = Effort(
    participants=10_000,
    few=1_000,
    many=100_000,
    turns=15,
    seconds=0.4,
    declarations=4_000,
    starts=7,
    soak_clients=1_000,
    soak_seconds=300,
)
SHORT: Final = Effort(
    participants=420,
    few=420,
    many=520,
    turns=1,
    seconds=0.05,
    declarations=40,
    starts=1,
    soak_clients=20,
    soak_seconds=0.5,
)


@dataclass(kw_only=True)
class Figures:
    """What came of it. Rates are answers per second, one after another over one connection, medians of the turns."""

    participants: int
    sandbox: dict[str, float] = field(default_factory=dict)
    bare: dict[str, float] = field(default_factory=dict)
    share: dict[str, float] = field(default_factory=dict)  # of bare Starlette in the same turn, the median
    others: dict[str, dict[str, float]] = field(default_factory=dict)  # by their names; shares of bare Starlette
    left_out: list[str] = field(default_factory=list)
    after_a_change: float = 0.0  # milliseconds
    declared: float = 0.0  # per second, by 32 clients
    growth: dict[str, float] = field(default_factory=dict)  # how much longer it takes with 100 times the participants
    start: dict[str, float] = field(default_factory=dict)  # seconds
    worlds: dict[str, float] = field(default_factory=dict)  # milliseconds
    megabytes: float = 0.0
    soak: dict[str, float] = field(default_factory=dict)
    beside: Beside = field(default_factory=lambda: Beside(participants=0))


async def measured(effort: Effort, *, with_others: bool) -> Figures:
    """Everything, one after another."""
    figures = Figures(participants=effort.participants)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with servers.sandbox(folder / "data", effort.participants) as (port, process):
            ours = Connection(port)
            questions = await asked_of(ours)
            contents = {f"/{number}": await ours.ask("GET", questions[read][0]) for number, read in enumerate(READS)}
            with servers.bare(folder, contents) as (bare_port, _):
                bare = Connection(bare_port)
                at = {read: f"/{number}" for number, read in enumerate(READS)}
                await reads(effort, figures, ours, bare, questions, at)
                if with_others:
                    await others(effort, figures, bare, folder, contents, at)
            figures.megabytes = servers.megabytes(process)
            figures.worlds = await worlds(ours, effort.turns * 2)
            figures.after_a_change = await after_a_change(ours)
            figures.declared = await declared(port, effort.declarations)
            figures.soak = await soak(port, process, effort)
        with servers.sandbox(folder / "both", effort.participants) as (port, process):
            figures.beside = await beside(port, process, folder, effort.participants, effort.turns, effort.seconds)
        figures.growth = await growth(effort, folder)
    figures.start = starts(effort.starts)
    return figures


async def asked_of(ours: Connection) -> Mapping[str, Sequence[str]]:
    """What is asked for each read, over and over: many questions, so that no answer is kept from the time before."""
    people = [person["id"] for person in await ours.data(f"{LISTED}?page[per_page]=3000")]
    flat = LISTED.replace("v3", "v1")
    pages = range(1, max(2, len(people) // 100))
    return {
        LIST: [f"{LISTED}?page[page]={page}" for page in pages],
        ONE: [f"{LISTED}/{id}" for id in people],
        SELECTION: [f"{LISTED}?{SELECTED}&page[per_page]=50&page[page]={page}" for page in pages],
        FLAT: [f"{flat}?page[page]={page}" for page in pages],
        FLAT_ONE: [f"{flat}/{id}" for id in people],
    }


async def reads(
    effort: Effort,
    figures: Figures,
    ours: Connection,
    bare: Connection,
    questions: Mapping[str, Sequence[str]],
    at: Mapping[str, str],
) -> None:
    """The sandbox and bare Starlette in turns, so that whatever else the machine does hits both alike."""
    for read in READS:
        await ours.per_second(questions[read], effort.seconds)
        turns = [
            (
                await ours.per_second(questions[read], effort.seconds, begin=turn * 997),
                await bare.per_second([at[read]], effort.seconds),
            )
            for turn in range(effort.turns)
        ]
        figures.sandbox[read], figures.bare[read] = (statistics.median(rates) for rates in zip(*turns, strict=True))
        figures.share[read] = statistics.median(of_ours / of_bare for of_ours, of_bare in turns)


async def others(
    effort: Effort,
    figures: Figures,
    bare: Connection,
    folder: Path,
    contents: Mapping[str, bytes],
    at: Mapping[str, str],
) -> None:
    """Prism, Mockoon and WireMock, each beside bare Starlette; who cannot be had is left out with a word."""
    servers.install()
    for name in servers.PACKAGES:
        try:
            with servers.other(name, folder, contents) as (port, _):
                figures.others[name] = await shares(effort, Connection(port), bare, contents, at)
        except LookupError as error:
            figures.left_out.append(str(error))


async def shares(
    effort: Effort, theirs: Connection, bare: Connection, contents: Mapping[str, bytes], at: Mapping[str, str]
) -> dict[str, float]:
    """How fast another serves the same, as shares of bare Starlette."""
    found = {}
    for read in READS[:3]:
        served = await theirs.ask("GET", at[read])
        if orjson.loads(served) != orjson.loads(contents[at[read]]):
            raise LookupError("it does not serve the same")
        await theirs.per_second([at[read]], effort.seconds * 5)  # until it is warm
        turns = [
            await theirs.per_second([at[read]], effort.seconds) / await bare.per_second([at[read]], effort.seconds)
            for _ in range(effort.turns)
        ]
        found[read] = statistics.median(turns)
    return found


async def newcomers(ours: Connection, count: int, page: int = 1) -> list[str]:
    """ECTs of whom nothing has been declared."""
    query = f"filter[cohort]=2024&sort=-created_at&page[per_page]={min(count, 3000)}&page[page]={page}"
    people = await ours.data(f"{LISTED}?{query}")
    return [person["id"] for person in people if person["attributes"]["full_name"].startswith("Ada Hart")]


async def after_a_change(ours: Connection) -> float:
    """How long a list of 100 takes right after someone in it was deferred, in milliseconds."""
    spent = []
    for id in (await newcomers(ours, 3000))[-CHANGES:]:
        attributes = {"reason": "career-break", "course_identifier": "ecf-induction"}
        await ours.ask("PUT", f"{LISTED}/{id}/defer", {"data": {"attributes": attributes}})
        spent.append(await ours.milliseconds("GET", f"{LISTED}?sort=-updated_at"))
    return statistics.median(spent)


async def declared(port: int, count: int, clients: int = 32) -> float:
    """How many declarations a second so many clients get accepted, each of them on the disk before its answer."""
    ours = Connection(port)
    ids = [id for page in range(1, count // 3000 + 2) for id in await newcomers(ours, count + 1, page)][: count + 1]
    await ours.ask("POST", "/api/v3/participant-declarations", declaration(ids.pop()))  # indexes are made at first use

    async def client(number: int) -> None:
        connection = Connection(port)
        for id in ids[number::clients]:
            await connection.ask("POST", "/api/v3/participant-declarations", declaration(id))

    start = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(clients)))
    return len(ids) / (time.perf_counter() - start)


async def growth(effort: Effort, folder: Path) -> dict[str, float]:
    """How many times as long each read takes with many participants as with few, both asked in turns."""
    found = {}
    with (
        servers.sandbox(folder / "few", effort.few) as (few_port, _),
        servers.sandbox(folder / "many", effort.many) as (many_port, _),
    ):
        few, many = Connection(few_port), Connection(many_port)
        of_few, of_many = await asked_of(few), await asked_of(many)
        for read in READS[:3]:
            pages = of_few[read]  # both are asked for the same pages
            pair = (pages, of_many[read][: len(pages)])
            for connection, questions in zip((few, many), pair, strict=True):
                await connection.per_second(questions, effort.seconds * 2)
            turns = [
                await few.per_second(pair[0], effort.seconds) / await many.per_second(pair[1], effort.seconds)
                for _ in range(effort.turns)
            ]
            found[read] = statistics.median(turns)
        found["a declaration"] = await declared(few_port, effort.few // 4) / await declared(many_port, effort.few // 4)
    return found


async def worlds(ours: Connection, times: int) -> dict[str, float]:
    """How long it takes to make a world and to reset one, in milliseconds."""
    made, reset = [], []
    for number in range(times):
        made.append(await ours.milliseconds("POST", "/sandbox/worlds", {"id": f"w{number}", "scenario": "main"}))
        reset.append(await ours.milliseconds("POST", f"/sandbox/worlds/w{number}/reset"))
        await ours.ask("DELETE", f"/sandbox/worlds/w{number}")
    return {"a new world": statistics.median(made[1:] or made), "a reset": statistics.median(reset)}


async def soak(port: int, process: int, effort: Effort) -> dict[str, float]:
    """Many clients reading and writing at once for a while: how much was answered, and how the memory grew."""
    ours = Connection(port)
    ids = await newcomers(ours, 3000)
    ends = time.monotonic() + effort.soak_seconds
    answers = 0

    async def client(number: int) -> None:
        nonlocal answers
        connection, turn = Connection(port), number
        while time.monotonic() < ends:
            id, act = ids[turn % len(ids)], ("defer", "resume")[turn // len(ids) % 2]
            await connection.ask("GET", (f"{LISTED}/{id}", f"{LISTED}?page[page]={turn % 90 + 1}")[turn % 2])
            if turn % 4 == 0:
                attributes = {"reason": "career-break", "course_identifier": "ecf-induction"}
                await tolerant(connection, f"{LISTED}/{id}/{act}", attributes)
            answers, turn = answers + 1, turn + effort.soak_clients

    async def watch() -> list[float]:
        seen = []
        while time.monotonic() < ends:
            seen.append(servers.megabytes(process))
            await asyncio.sleep(max(0.1, effort.soak_seconds / 60))
        return seen

    watching = asyncio.create_task(watch())
    await asyncio.gather(*(client(number) for number in range(effort.soak_clients)))
    memory = await watching
    third = max(1, len(memory) // 3)
    return {
        "clients": effort.soak_clients,
        "seconds": effort.soak_seconds,
        "answers": answers,
        "megabytes after a third": memory[third - 1],
        "megabytes at the end": memory[-1],
    }


async def tolerant(connection: Connection, path: str, attributes: dict[str, str]) -> None:
    """Write, and take a refusal for an answer: that someone is deferred already is no error."""
    try:
        await connection.ask("PUT", path, {"data": {"attributes": attributes}})
    except RuntimeError as error:
        if ": http/1.1 422" not in str(error):
            raise


def starts(times: int) -> dict[str, float]:
    """How long the command takes until it answers, in seconds."""
    with TemporaryDirectory() as name:
        fresh = [seconds_to_first_answer(Path(name) / str(number)) for number in range(times)]
        again = [seconds_to_first_answer(Path(name) / str(number)) for number in range(times)]
    return {"fresh seeds": statistics.median(fresh), "data that are there": statistics.median(again)}
