"""The second edition beside the first, on one server: how fast it reads, and how much memory both need."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import servers
from asking import Connection
from start_up import seconds_to_first_answer

LISTED: Final = "/api/v3/participants"
LIST, ONE, SELECTION = (
    "Register: a list of 100 participants",
    "Register: one participant",
    "Register: a list with filter, sort and page of 50",
)
SELECTED: Final = (
    "filter[cohort]=2026&filter[training_status]=active&filter[updated_since]=2026-01-01T00:00:00Z&sort=-updated_at"
)
NORTHGATE: Final = "northgate-register-token"
WORLD: Final = "register"
AT_ONCE: Final = 16


@dataclass(kw_only=True)
class Beside:
    """Rates are answers per second, medians of the turns; shares are of bare Starlette in the same turn."""

    participants: int
    rate: dict[str, float] = field(default_factory=dict)
    share: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0.0  # with as many people in either edition
    start: float = 0.0  # seconds from the command to the first answer, with both editions


async def alone(participants: int, turns: int, seconds: float) -> Beside:
    """Just this, on a server of its own."""
    with TemporaryDirectory() as name, servers.sandbox(Path(name) / "data", participants) as (port, process):
        return await beside(port, process, Path(name), participants, turns, seconds)


async def beside(port: int, process: int, folder: Path, participants: int, turns: int, seconds: float) -> Beside:
    """What comes of as many people in the world of Register, beside those of ECF that are there."""
    figures, ours = Beside(participants=participants), Connection(port, NORTHGATE)
    await crowd(port, participants)
    questions = await asked_of(ours)
    contents = {f"/{number}": await ours.ask("GET", asked[0]) for number, asked in enumerate(questions.values())}
    place = folder / WORLD
    place.mkdir()
    with servers.bare(place, contents) as (bare_port, _):
        bare = Connection(bare_port)
        for number, (read, asked) in enumerate(questions.items()):
            await ours.per_second(asked, seconds)
            pairs = [
                (
                    await ours.per_second(asked, seconds, begin=turn * 997),
                    await bare.per_second([f"/{number}"], seconds),
                )
                for turn in range(turns)
            ]
            figures.rate[read] = statistics.median(rate for rate, _ in pairs)
            figures.share[read] = statistics.median(rate / of_bare for rate, of_bare in pairs)
    figures.megabytes = servers.megabytes(process)
    figures.start = statistics.median(seconds_to_first_answer(folder / f"start-{turn}") for turn in range(turns))
    return figures


async def crowd(port: int, participants: int) -> None:
    """Have schools register ECTs with Northgate until there are so many people."""
    there = Connection(port, NORTHGATE)
    known = [person for page in range(1, 3) for person in await there.data(f"{LISTED}?{_paged(page)}")]
    schools = await there.data("/api/v3/schools?filter[cohort]=2026")
    theirs = await there.data("/api/v3/partnerships?filter[cohort]=2026")
    urns = sorted(each["attributes"]["urn"] for each in schools)
    for urn in set(urns) - {each["attributes"]["urn"] for each in theirs}:
        body = {"provider": "northgate", "urn": urn, "cohort": "2026"}
        await there.ask("POST", f"/sandbox/partnerships?world={WORLD}", body)

    async def client(number: int) -> None:
        connection = Connection(port, NORTHGATE)
        for each in range(number, participants - len(known), AT_ONCE):
            body = {
                "participant_type": "ect",
                "urn": urns[each % len(urns)],
                "provider": "northgate",
                "full_name": f"Ada Hart {each}",
                "email": f"ada.{each}@example.com",
                "trn": f"{4_000_000 + each}",
                "induction_starts_on": "2026-09-15",
            }
            await connection.ask("POST", f"/sandbox/participants?world={WORLD}", body)

    await asyncio.gather(*(client(number) for number in range(AT_ONCE)))


async def asked_of(ours: Connection) -> Mapping[str, Sequence[str]]:
    """What is asked for each read, over and over: many questions, so that no answer is kept from the time before."""
    people = [person["id"] for person in await ours.data(f"{LISTED}?{_paged(1)}")]
    pages = range(1, max(2, len(people) // 100))
    return {
        LIST: [f"{LISTED}?page[page]={page}" for page in pages],
        ONE: [f"{LISTED}/{id}" for id in people],
        SELECTION: [f"{LISTED}?{SELECTED}&page[per_page]=50&page[page]={page}" for page in pages],
    }


def _paged(page: int) -> str:
    return f"page[per_page]=3000&page[page]={page}"
