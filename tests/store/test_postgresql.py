"""Records kept in PostgreSQL: shared by processes, one writer at a time, and back after whatever happens."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import pytest

from sandbox.model import Declaration, Participant, School
from sandbox.store import database, links
from sandbox.store.engine import MemoryStore
from sandbox.store.postgresql import PostgresKeeper
from sandbox.store.protocol import Conflict, StoreProblem, Unavailable

from ..postgresql import Server, needs_postgresql
from .records import (
    EVERYTHING,
    declaration,
    end_connections,
    participant,
    people,
    put,
    school,
)

pytestmark = needs_postgresql


ROOT = Path(__file__).parents[2]


def test_everything_is_there_for_the_next_process(store: MemoryStore, url: str) -> None:
    put(store, *EVERYTHING)
    put(store, participant(7), participant(3))
    with store.write() as unit:
        unit.delete(Participant, "participant-2")
    put(store, participant(1, trn="7654321"))
    with MemoryStore(PostgresKeeper(url)) as again:
        assert again.dumped() == store.dumped()
        assert people(again) == ["1", "7", "3"]
        assert again.revision == store.revision == 4


def test_what_one_commits_the_other_finds(store: MemoryStore, other: MemoryStore) -> None:
    put(store, participant(1), participant(2))
    put(store, school(1))
    with store.write() as unit:
        unit.delete(Participant, "participant-1")
    other.refresh()
    assert other.dumped() == store.dumped()
    assert other.read().find(School, urn="100001") == [school(1)]
    assert other.revision == store.revision == 3
    changed = other.changed_since(0)
    assert changed is not None
    assert {key.id for key in changed} == {"participant-1", "participant-2", "school-1"}


def test_what_was_written_before_a_replacement_in_the_same_turn_is_replaced_as_well(
    store: MemoryStore, other: MemoryStore, url: str
) -> None:
    put(store, participant(1))
    fresh = MemoryStore()
    put(fresh, participant(2))
    with store.exclusive():
        put(store, participant(3))
        store.replace_with(fresh)
        put(store, participant(4))
    other.refresh()
    with MemoryStore(PostgresKeeper(url)) as again:
        assert people(again) == people(other) == people(store) == ["2", "4"]


def test_a_writer_has_seen_all_that_others_wrote(store: MemoryStore, other: MemoryStore) -> None:
    put(store, declaration(1))
    with other.write() as unit, pytest.raises(Conflict):
        unit.put(declaration(2))
    put(other, declaration(2, type="retained-1"))
    store.refresh()
    assert store.dumped() == other.dumped()
    assert store.revision == other.revision == 2


def test_what_is_replaced_is_replaced_for_everybody(store: MemoryStore, other: MemoryStore, url: str) -> None:
    put(store, participant(1), school(1))
    other.refresh()
    reader, fresh = other.read(), MemoryStore()
    put(fresh, participant(2))
    store.replace_with(fresh)
    other.refresh()
    assert [record.id for record in reader.all(Participant)] == ["participant-2"]
    assert reader.find(School, urn="100001") == []
    assert other.changed_since(1) is None
    put(other, participant(3))
    with MemoryStore(PostgresKeeper(url)) as again:
        assert people(again) == ["2", "3"]
        assert again.revision == other.revision == 3


def test_whoever_missed_more_than_is_logged_reads_everything_anew(
    store: MemoryStore, other: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOGGED", 3)
    for number in range(6):
        put(store, participant(number))
    other.refresh()
    assert other.dumped() == store.dumped()
    assert other.changed_since(0) is None


def test_a_database_that_was_put_back_is_read_anew(
    store: MemoryStore, other: MemoryStore, url: str, postgresql: Server
) -> None:
    put(store, participant(1))
    put(store, participant(2))
    other.refresh()
    postgresql.ask("DELETE FROM ecf_sandbox._changes WHERE revision = 2", url)
    postgresql.ask("DELETE FROM ecf_sandbox.participants WHERE id = 'participant-2'", url)
    other.refresh()
    assert people(other) == ["1"]
    put(store, participant(3))
    assert people(store) == ["1", "3"]


def test_writers_take_turns_so_that_times_follow_revisions(url: str) -> None:
    def work(name: int) -> None:
        with MemoryStore(PostgresKeeper(url)) as store:
            for number in range(25):
                with store.exclusive():
                    now = datetime.now(UTC)  # read in the turn, as requests do
                    put(store, msgspec.structs.replace(participant(100 * name + number), updated_at=now))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with MemoryStore(PostgresKeeper(url)) as store:
        times = [record.updated_at for record in store.read().all(Participant)]
        assert len(times) == store.revision == 100
        assert times == sorted(times)


def test_units_of_one_turn_are_kept_together_even_when_it_raises(store: MemoryStore, other: MemoryStore) -> None:
    with suppress(ZeroDivisionError), store.exclusive():
        put(store, participant(1))
        with store.write() as unit:
            unit.put(participant(2))
            raise ZeroDivisionError
    other.refresh()
    assert people(other) == people(store) == ["1"]


def test_a_unit_after_a_flush_in_the_same_block_is_kept_too(store: MemoryStore, other: MemoryStore) -> None:
    with store.exclusive():
        put(store, participant(1))
        store.flush()
        put(store, participant(2))
    other.refresh()
    assert people(other) == people(store) == ["1", "2"]


def test_nothing_is_committed_by_half(store: MemoryStore, other: MemoryStore) -> None:
    with store.exclusive():
        put(store, participant(1))
        other.refresh()
        assert people(other) == []


def test_a_record_may_take_another_s_place_within_a_unit(store: MemoryStore, url: str) -> None:
    put(store, declaration(1))
    with store.write() as unit:
        unit.put(declaration(2, state="voided"))
        unit.put(declaration(1, state="voided"))
        unit.put(declaration(2))
    with MemoryStore(PostgresKeeper(url)) as again:
        assert [record.id for record in again.read().all(Declaration) if record.is_live] == ["declaration-2"]


def test_the_database_itself_holds_one_live_declaration_for_a_milestone(
    store: MemoryStore, other: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, declaration(1, state="voided"), declaration(2))
    # As if the memory of a process did not know what others did:
    begin = other._keeper._database.begin  # type: ignore[attr-defined]
    monkeypatch.setattr(other._keeper._database, "begin", lambda _: begin(None) and ())  # type: ignore[attr-defined]
    other._memory.revision = 1
    with pytest.raises(Conflict, match=r"does not take this: .*unique_participant_id_course_identifier"):
        put(other, declaration(3))
    monkeypatch.undo()
    assert [record.id for record in other.read().all(Declaration)] == ["declaration-1", "declaration-2"]


def test_a_copy_is_in_memory_only(store: MemoryStore, url: str) -> None:
    put(store, participant(1))
    copy = store.fork()
    put(copy, participant(2))
    copy.close()
    with MemoryStore(PostgresKeeper(url)) as again:
        assert people(again) == people(store) == ["1"]
    assert people(copy) == ["1", "2"]
    assert json.loads(store.dumped())["participants"]["1"]["id"] == "participant-1"


async def put_durably(store: MemoryStore, number: int) -> None:
    put(store, participant(number))
    await store.durable()


@pytest.fixture
def ways(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What this process asked the database for, as it does so."""
    database = store._keeper._database  # type: ignore[attr-defined]
    ways: list[str] = []

    def noted(name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*given: Any) -> Any:
            ways.append(name)
            return ask(*given)

        return asked

    for name in ("since", "begin", "commit"):
        monkeypatch.setattr(database, name, noted(name, getattr(database, name)))
    return ways


def test_writers_at_hand_share_one_turn_and_one_commit(store: MemoryStore, other: MemoryStore, ways: list[str]) -> None:
    async def story() -> None:
        await asyncio.gather(*(put_durably(store, number) for number in range(32)))
        other.refresh()
        assert other.dumped() == store.dumped()
        put(other, participant(32))  # nobody is kept waiting

    asyncio.run(asyncio.wait_for(story(), 10))
    assert ways == ["begin", "commit"]
    assert store.revision == 32


def test_nothing_is_durable_before_it_is_committed(store: MemoryStore, other: MemoryStore) -> None:
    async def story() -> None:
        put(store, participant(1))
        reading = asyncio.create_task(store.durable())
        assert people(store) == ["1"]
        other.refresh()
        assert people(other) == []
        await reading
        other.refresh()
        assert people(other) == ["1"]

    asyncio.run(story())


def test_readers_at_hand_share_one_look_and_the_next_look_again(
    store: MemoryStore, other: MemoryStore, ways: list[str]
) -> None:
    async def seen() -> list[str]:
        store.refresh()
        return people(store)

    async def story() -> None:
        assert await asyncio.gather(*(seen() for _ in range(32))) == [[]] * 32
        assert ways == ["since"]
        with other.exclusive():
            put(other, participant(1))
            other.flush()
        assert await asyncio.create_task(seen()) == ["1"]

    asyncio.run(story())
    assert ways == ["since", "since"]


def test_a_commit_that_fails_is_told_to_everybody_in_it_and_none_of_it_is_kept(
    store: MemoryStore, other: MemoryStore, url: str, postgresql: Server
) -> None:
    async def story() -> None:
        await put_durably(store, 1)
        writers = [asyncio.create_task(put_durably(store, number)) for number in (2, 3)]
        asyncio.get_running_loop().call_soon(end_connections, url, postgresql)
        outcomes = await asyncio.gather(*writers, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [Unavailable] * 2
        assert people(store) == ["1"]
        await put_durably(store, 4)

    asyncio.run(story())
    other.refresh()
    assert people(other) == people(store) == ["1", "4"]


WRITE = """
import sys
from sandbox.store.engine import MemoryStore
from sandbox.store.postgresql import PostgresKeeper
from tests.store.records import participant, school

store = MemoryStore(PostgresKeeper(sys.argv[1]))
for number in range(int(sys.argv[2]), 1_000_000):
    with store.write() as unit:
        unit.put(participant(number))
        unit.put(school(number))
    print(number, flush=True)
"""


def test_whatever_was_acknowledged_before_a_kill_is_there_after_it(store: MemoryStore, url: str) -> None:
    acknowledged: list[str] = []
    for turn in range(3):
        command = [sys.executable, "-c", WRITE, url, str(turn * 10_000)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
            assert process.stdout is not None
            acknowledged += (process.stdout.readline().strip() for _ in range(50))
            process.kill()
            rest = process.stdout.read()
            acknowledged += rest[: rest.rfind("\n") + 1].split()
    store.refresh()
    assert set(acknowledged) <= set(people(store))
    assert people(store) == [record.id.removeprefix("school-") for record in store.read().all(School)]
    put(store, participant(1_000_000))  # nobody holds the database who is no more


def test_while_somebody_else_writes_those_who_read_do_not_wait(postgresql: Server) -> None:
    url = postgresql.new_database()
    first, second = MemoryStore(PostgresKeeper(url)), MemoryStore(PostgresKeeper(url))
    put(first, participant(1))

    async def write() -> None:
        await second.turn()
        with second.exclusive():
            put(second, participant(2))
        await second.durable()

    async def together() -> None:
        await first.turn()
        with first.exclusive():
            writing = asyncio.create_task(write())
            for _ in range(20):
                await asyncio.sleep(0.01)
                second.refresh()
                assert people(second) == people(first)
            assert not writing.done()
            put(first, participant(3))
        await first.durable()
        await writing

    asyncio.run(together())
    first.refresh()
    second.refresh()
    assert people(first) == people(second)
    assert len(people(first)) == 3
    first.close()
    second.close()


def test_nobody_waits_for_ever_for_somebody_who_keeps_the_row(
    postgresql: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql.new_database()
    keeper = PostgresKeeper(url)
    store = MemoryStore(keeper)
    monkeypatch.setattr(links, "PATIENCE", "100ms")
    keeper.disconnect()
    holder = psycopg.connect(url)
    holder.execute("SELECT format FROM ecf_sandbox._store FOR UPDATE")

    async def write() -> None:
        await store.turn()

    with pytest.raises(StoreProblem, match="held by somebody else for too long"):
        asyncio.run(write())
    assert store.problem is None, "the database is well"
    holder.close()
    put(store, participant(1))
    assert people(store)
    store.close()
