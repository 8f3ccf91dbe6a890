"""Processes killed while they write: what they acknowledged is there, and nothing by half."""

from __future__ import annotations

import random
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sandbox.model import Participant, School
from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper

from .records import participant, school

ROOT = Path(__file__).parents[2]

# Eight writers, each putting a participant and a school in one unit and printing the number once it is durable.
# The journal is checkpointed every few dozen units, so that kills fall into checkpoints as well.
WRITE = """
import asyncio, sys
from pathlib import Path
from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper
from tests.store.records import participant, school

async def writer(store, numbers):
    for number in numbers:
        with store.write() as unit:
            unit.put(participant(number))
            unit.put(school(number))
        await store.durable()
        print(number, flush=True)

async def main():
    store = MemoryStore(FolderKeeper(Path(sys.argv[1]), checkpoint_after=20_000))
    start = int(sys.argv[2])
    await asyncio.gather(*(writer(store, range(start + n, start + 1_000_000, 8)) for n in range(8)))

asyncio.run(main())
"""

# The whole content replaced over and over, a unit of work after each.
REPLACE = """
import sys
from pathlib import Path
from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper
from tests.store.records import participant

store = MemoryStore(FolderKeeper(Path(sys.argv[1]), checkpoint_after=5_000))
for turn in range(int(sys.argv[2]), 1_000_000):
    seeded = MemoryStore()
    with seeded.write() as unit:
        for number in range(50):
            unit.put(participant(number, name=f"turn {turn}"))
    store.replace_with(seeded)
    print(turn, flush=True)
    with store.write() as unit:
        unit.put(participant(50, name=f"turn {turn}"))
    store.flush()
    print(turn, flush=True)
"""


def run_and_kill(program: str, folder: Path, start: int, seconds: float) -> list[int]:
    """The numbers a process printed before it was killed, `seconds` after the first of them."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(folder), str(start)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 10)[0], "it did not begin to write"
    time.sleep(seconds)
    process.kill()
    printed, errors = process.communicate()
    assert process.returncode == -9, errors.decode()
    whole_lines = printed[: printed.rfind(b"\n") + 1]
    return [int(line) for line in whole_lines.split()]


def test_whatever_was_acknowledged_before_a_kill_is_there_after_it(tmp_path: Path) -> None:
    choose = random.Random(2021)
    acknowledged: set[int] = set()
    for turn in range(18):
        printed = run_and_kill(WRITE, tmp_path, turn * 1_000_000, choose.uniform(0.0, 0.15))
        acknowledged.update(printed)
        store = MemoryStore(FolderKeeper(tmp_path))
        reader = store.read()
        for number in acknowledged if turn == 17 else printed:
            assert reader.get(Participant, f"participant-{number}") == participant(number)
        people = {record.id.removeprefix("participant-") for record in reader.all(Participant)}
        schools = {record.id.removeprefix("school-") for record in reader.all(School)}
        assert people == schools, "a unit of work was kept by half"
        assert all(reader.find(School, urn=school(int(number)).urn) for number in schools)
        if turn % 2:
            store.close()
        else:
            store._keeper.release()  # type: ignore[attr-defined]  # as if this process had been killed, too
    assert len(acknowledged) > 500


@pytest.mark.parametrize("seed", range(6))
def test_a_kill_during_a_replacement_leaves_the_old_records_or_the_new(tmp_path: Path, seed: int) -> None:
    printed = run_and_kill(REPLACE, tmp_path, 0, random.Random(seed).uniform(0.0, 0.1))
    with MemoryStore(FolderKeeper(tmp_path)) as store:
        people = list(store.read().all(Participant))
        (turn,) = {person.full_name for person in people}
        assert len(people) in (50, 51)
        assert int(turn.removeprefix("turn ")) in (printed[-1], printed[-1] + 1)
        if printed.count(printed[-1]) == 2 and turn == f"turn {printed[-1]}":
            assert len(people) == 51
