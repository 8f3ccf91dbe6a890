"""What a store asks of the keeper beneath it, and in which order."""

from __future__ import annotations

from contextlib import suppress

import pytest

from sandbox.model import Participant, Record
from sandbox.store.change import Change, Commit
from sandbox.store.engine import MemoryStore
from sandbox.store.keeper import News, Nothing
from sandbox.store.memory import Memory
from sandbox.store.protocol import Key, StoreProblem

from .records import ids, participant, put


class Scribe(Nothing):
    """Notes what it is asked, and has news to tell."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.tells: News = ()
        self.refuses = False

    def begin(self, revision: int, /) -> News:
        self.asked.append(f"begin after {revision}")
        told, self.tells = self.tells, ()
        return told

    def append(self, commit: Commit) -> None:
        if self.refuses:
            raise StoreProblem("refused")
        self.asked.append(f"append {commit.revision}")

    def replace(self, memory: Memory) -> None:
        self.asked.append(f"replace {memory.revision}")

    def commit(self, memory: Memory, /) -> None:
        self.asked.append(f"commit {memory.revision}")

    def close(self, memory: Memory, /) -> None:
        self.asked.append(f"close {memory.revision}")


@pytest.fixture
def scribe() -> Scribe:
    return Scribe()


@pytest.fixture
def store(scribe: Scribe) -> MemoryStore:
    return MemoryStore(scribe)


def people(revision: int, *records: Record) -> Commit:
    """What another process committed."""
    changes = [Change(Key(type(record), record.id), number, record) for number, record in enumerate(records, 1)]
    return Commit(revision, changes)


def test_a_unit_is_begun_appended_and_committed(store: MemoryStore, scribe: Scribe) -> None:
    put(store, participant(1))
    assert scribe.asked == ["begin after 0", "append 1", "commit 1"]


def test_a_unit_that_raises_is_not_appended_but_what_was_begun_is_ended(store: MemoryStore, scribe: Scribe) -> None:
    with suppress(ZeroDivisionError), store.write() as unit:
        unit.put(participant(1))
        raise ZeroDivisionError
    assert scribe.asked == ["begin after 0", "commit 0"]


def test_what_the_keeper_does_not_take_is_not_in_memory(store: MemoryStore, scribe: Scribe) -> None:
    scribe.refuses = True
    with pytest.raises(StoreProblem, match="refused"):
        put(store, participant(1))
    assert ids(store.read().all(Participant)) == []
    assert store.revision == 0


def test_blocks_inside_each_other_are_committed_once(store: MemoryStore, scribe: Scribe) -> None:
    with store.exclusive():
        put(store, participant(1))
        with store.exclusive():
            put(store, participant(2))
    assert [asked for asked in scribe.asked if not asked.startswith("begin")] == ["append 1", "append 2", "commit 2"]


def test_a_unit_is_judged_by_the_news(store: MemoryStore, scribe: Scribe) -> None:
    scribe.tells = [people(1, participant(1)), people(2, participant(2))]
    with store.write() as unit:
        assert ids(unit.all(Participant)) == ["participant-1", "participant-2"]
    assert store.revision == 2
    assert store.changed_since(1) == frozenset({Key(Participant, "participant-2")})


def test_a_reader_that_was_kept_finds_what_is_read_anew(store: MemoryStore, scribe: Scribe) -> None:
    put(store, participant(1))
    reader, memory = store.read(), Memory()
    memory.revision = 7
    memory.tables[Participant].put(participant(3))
    scribe.tells = memory
    with store.exclusive():
        assert ids(reader.all(Participant)) == ["participant-3"]
    assert store.revision == 7
    assert store.changed_since(6) is None


def test_a_replacement_has_the_next_revision_and_is_committed(store: MemoryStore, scribe: Scribe) -> None:
    put(store, participant(1))
    scribe.asked.clear()
    store.replace_with(MemoryStore())
    assert scribe.asked == ["begin after 1", "replace 2", "commit 2"]


def test_a_fork_asks_nothing_of_the_keeper(store: MemoryStore, scribe: Scribe) -> None:
    with store.fork() as fork:
        put(fork, participant(1))
    assert scribe.asked == []


def test_a_store_is_closed_once(store: MemoryStore, scribe: Scribe) -> None:
    store.close()
    store.close()
    assert scribe.asked == ["close 0"]
