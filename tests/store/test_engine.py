"""What a store tells of its changes, its copies, and what takes the place of its records; over each keeper."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from sandbox.model import Declaration, Participant, School
from sandbox.store.change import REMEMBERED_KEYS
from sandbox.store.protocol import Conflict, Key, Reader, Store, StoreProblem, Unit

from .records import StoreOf, declaration, ids, participant, school


def test_it_is_a_store_as_the_protocol_says(store_of: StoreOf) -> None:
    store: Store = store_of()
    reader: Reader = store.read()
    with store.write() as unit:
        given: Unit = unit
        assert given.count(Participant) == reader.count(Participant) == 0


def test_the_revision_grows_by_one_with_every_unit_that_changed_something(store_of: StoreOf) -> None:
    store = store_of(participant(1))
    assert store.revision == 1
    with store.write() as unit:
        unit.put(participant(1))  # as it was
        unit.put(participant(2))
        unit.delete(Participant, "participant-2")  # never there
    assert store.revision == 1
    with store.write() as unit:
        unit.put(participant(2))
        unit.put(participant(3))
    assert store.revision == 2


def test_changed_since_names_what_was_put_or_deleted(store_of: StoreOf) -> None:
    store = store_of(participant(1))
    start = store.revision
    with store.write() as unit:
        unit.put(participant(2))
        unit.put(school(1))
    with store.write() as unit:
        unit.delete(Participant, "participant-1")
    one, two = Key(Participant, "participant-1"), Key(Participant, "participant-2")
    assert store.changed_since(start) == frozenset({one, two, Key(School, "school-1")})
    assert store.changed_since(start + 1) == frozenset({one})
    assert store.changed_since(store.revision) == frozenset()


def test_made_since_names_what_there_was_not(store_of: StoreOf) -> None:
    store = store_of(participant(1))
    start = store.revision
    with store.write() as unit:
        unit.put(participant(2))
        unit.put(replace(participant(1), full_name="Other"))
    with store.write() as unit:
        unit.delete(Participant, "participant-1")
    assert store.made_since(start) == frozenset({Key(Participant, "participant-2")})
    assert store.made_since(start + 1) == frozenset()


def test_changed_since_says_none_when_it_no_longer_knows(store_of: StoreOf) -> None:
    store = store_of(participant(1))
    with store.write() as unit:
        for number in range(REMEMBERED_KEYS):
            unit.put(participant(number + 10))
    assert store.changed_since(0) is None
    assert store.changed_since(1) is not None
    with store.write() as unit:
        unit.put(participant(2))
    assert store.changed_since(1) is None
    assert store.changed_since(2) == frozenset({Key(Participant, "participant-2")})
    assert store.fork().changed_since(2) is None


def test_a_fork_and_its_origin_do_not_see_each_other_s_changes(store_of: StoreOf) -> None:
    store = store_of(participant(1), declaration(1))
    assert len(store.read().find(Declaration, participant_id="participant-1")) == 1
    fork = store.fork()
    with fork.write() as unit:
        unit.put(participant(2))
        unit.put(declaration(1, state="voided"))
        unit.put(declaration(2))
    with store.write() as unit:
        unit.delete(Participant, "participant-1")
    assert ids(fork.read().all(Participant)) == ["participant-1", "participant-2"]
    assert len(fork.read().find(Declaration, participant_id="participant-1")) == 2
    assert store.read().count(Participant) == 0
    assert store.read().find(Declaration, participant_id="participant-1") == [declaration(1)]


def test_a_fork_and_its_origin_keep_their_own_order(store_of: StoreOf) -> None:
    store = store_of(participant(1), participant(2))
    fork = store.fork()
    with fork.write() as unit:
        unit.delete(Participant, "participant-1")
        unit.put(participant(3))
        assert ids(unit.all(Participant)) == ["participant-2", "participant-3"]
    with store.write() as unit:
        unit.put(participant(4))
        assert ids(unit.all(Participant)) == ["participant-1", "participant-2", "participant-4"]


def test_a_fork_still_refuses_what_its_unique_indexes_forbid(store_of: StoreOf) -> None:
    with store_of(declaration(1)).fork().write() as unit, pytest.raises(Conflict):
        unit.put(declaration(2))


def test_forks_of_forks_find_by_their_indexes_what_each_holds_itself(store_of: StoreOf) -> None:
    chance = random.Random(1)
    stores = [store_of(*(declaration(n, type=f"type-{n}", statement="march") for n in range(20)))]
    for number in range(20, 220):
        if number % 20 == 0:
            stores.append(chance.choice(stores).fork())
        with chance.choice(stores).write() as unit:
            for n in chance.sample(range(number), 3):
                unit.delete(Declaration, f"declaration-{n}")
            for n in {number, *chance.sample(range(number), 3)}:
                unit.put(declaration(n, type=f"type-{n}", statement=chance.choice(["march", "april"])))
        for reader in (store.read() for store in stores):
            for statement in ("march", "april"):
                on_it = [each for each in reader.all(Declaration) if each.statement_id == statement]
                assert reader.find(Declaration, statement_id=statement) == on_it


def test_a_closed_store_takes_nothing_more(store_of: StoreOf) -> None:
    store = store_of(participant(1))
    store.close()
    with pytest.raises(StoreProblem, match="closed"), store.write():
        pass


def test_replacing_the_content_is_one_change_that_kept_readers_see(store_of: StoreOf) -> None:
    store, other = store_of(participant(1), school(1)), store_of(participant(2))
    reader, before = store.read(), store.revision
    store.replace_with(other)
    with other.write() as unit:
        unit.put(participant(3))
    assert ids(reader.all(Participant)) == ["participant-2"]
    assert reader.find(School, urn="100001") == []
    assert store.revision == before + 1
    assert store.changed_since(before) is None
