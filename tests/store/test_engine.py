"""What a store finds, and how a unit of work keeps or drops its changes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime

import msgspec
import pytest

from sandbox.model import Declaration, LeadProvider, Participant, Partnership, Record, School
from sandbox.store.change import REMEMBERED_KEYS
from sandbox.store.engine import MemoryStore
from sandbox.store.postgresql import PostgresKeeper
from sandbox.store.protocol import Conflict, Key, Reader, Store, StoreProblem, Unit

from ..postgresql import needs_postgresql
from .records import declaration, participant, school

StoreOf = Callable[..., MemoryStore]


@pytest.fixture(params=["nothing", pytest.param("postgresql", marks=needs_postgresql)])
def store_of(request: pytest.FixtureRequest) -> Iterator[StoreOf]:
    """Makes stores of some records, over each keeper in turn."""
    with ExitStack() as stores:

        def made(*records: Record) -> MemoryStore:
            if request.param == "nothing":
                store = MemoryStore()
            else:
                store = MemoryStore(PostgresKeeper(request.getfixturevalue("postgresql").new_database()))
            stores.callback(store.close)
            if records:
                with store.write() as unit:
                    for record in records:
                        unit.put(record)
            return store

        yield made


def ids(records: object) -> list[str]:
    return [record.id for record in records]  # type: ignore[attr-defined]


def test_it_is_a_store_as_the_protocol_says(store_of: StoreOf) -> None:
    store: Store = store_of()
    reader: Reader = store.read()
    with store.write() as unit:
        given: Unit = unit
        assert given.count(Participant) == reader.count(Participant) == 0


def test_a_record_is_got_by_its_id(store_of: StoreOf) -> None:
    store = store_of(participant(1), participant(2))
    assert store.read().get(Participant, "participant-2") == participant(2)


def test_getting_an_unknown_id_gives_none(store_of: StoreOf) -> None:
    store = store_of(participant(1))
    assert store.read().get(Participant, "participant-2") is None
    assert store.read().get(School, "participant-1") is None


def test_records_are_found_by_an_index_of_one_field(store_of: StoreOf) -> None:
    store = store_of(declaration(1, participant=1), declaration(2, participant=2), declaration(3, 1, "retained-1"))
    assert ids(store.read().find(Declaration, participant_id="participant-1")) == ["declaration-1", "declaration-3"]
    assert store.read().find(Declaration, participant_id="participant-3") == []


def test_records_are_found_by_an_index_of_several_fields_named_in_any_order(store_of: StoreOf) -> None:
    partnership = Partnership(
        id="partnership-1",
        school_id="school-1",
        cohort="2021",
        lead_provider_id="provider-1",
        delivery_partner_id="partner-1",
        created_at=datetime(2021, 1, 1, tzinfo=UTC),
        updated_at=datetime(2021, 1, 1, tzinfo=UTC),
    )
    reader = store_of(partnership).read()
    assert reader.find(Partnership, cohort="2021", school_id="school-1") == [partnership]
    assert reader.find(Partnership, school_id="school-1", cohort="2021") == [partnership]
    assert reader.find(Partnership, school_id="school-1", cohort="2022") == []


def test_none_is_a_value_to_find_by(store_of: StoreOf) -> None:
    store = store_of(participant(1), participant(2, trn="1234567"))
    assert ids(store.read().find(Participant, trn=None)) == ["participant-1"]


@pytest.mark.parametrize("equal", [{"email": "x"}, {"participant_id": "x", "statement_id": "y"}, {}])
def test_finding_without_an_index_on_exactly_these_fields_is_refused(store_of: StoreOf, equal: dict[str, str]) -> None:
    store = store_of(declaration(1))
    with pytest.raises(LookupError, match="declarations has no index on"):
        store.read().find(Declaration, **equal)
    with store.write() as unit, pytest.raises(LookupError):
        unit.find(Declaration, **equal)


def test_all_and_find_keep_the_order_of_the_first_put(store_of: StoreOf) -> None:
    store = store_of(*(declaration(n, type=f"type-{n}", statement="march") for n in (3, 1, 2)))
    with store.write() as unit:
        unit.put(declaration(3, type="type-3", statement="april"))  # leaves the bucket…
    with store.write() as unit:
        unit.put(declaration(3, type="type-3", statement="march"))  # …and comes back to its old place
    expected = ["declaration-3", "declaration-1", "declaration-2"]
    assert ids(store.read().all(Declaration)) == expected
    assert ids(store.read().find(Declaration, statement_id="march")) == expected
    assert store.read().count(Declaration) == 3


def test_a_record_deleted_and_put_again_later_comes_last(store_of: StoreOf) -> None:
    store = store_of(participant(1), participant(2))
    with store.write() as unit:
        unit.delete(Participant, "participant-1")
    with store.write() as unit:
        unit.put(participant(1))
    assert ids(store.read().all(Participant)) == ["participant-2", "participant-1"]


def test_what_find_and_all_return_may_be_kept_while_the_store_changes(store_of: StoreOf) -> None:
    store = store_of(participant(1), participant(2))
    found, everybody = store.read().find(Participant, trn=None), store.read().all(Participant)
    with store.write() as unit:
        for record in unit.all(Participant):
            unit.delete(Participant, record.id)
    assert ids(found) == ids(everybody) == ["participant-1", "participant-2"]


def test_a_unit_reads_its_own_writes(store_of: StoreOf) -> None:
    store = store_of(participant(1), participant(2), participant(3))
    with store.write() as unit:
        unit.put(participant(1, trn="7654321"))
        unit.delete(Participant, "participant-2")
        unit.put(participant(4))
        assert unit.get(Participant, "participant-1") == participant(1, trn="7654321")
        assert unit.get(Participant, "participant-2") is None
        assert ids(unit.find(Participant, trn="7654321")) == ["participant-1"]
        assert ids(unit.find(Participant, trn=None)) == ["participant-3", "participant-4"]
        assert ids(unit.all(Participant)) == ["participant-1", "participant-3", "participant-4"]
        assert unit.count(Participant) == 3
        assert ids(store.read().all(Participant)) == ["participant-1", "participant-2", "participant-3"]
    assert ids(store.read().all(Participant)) == ["participant-1", "participant-3", "participant-4"]


def test_a_unit_that_raises_is_dropped_whole(store_of: StoreOf) -> None:
    store = store_of(participant(1), declaration(1))
    before = store.revision
    with suppress(ZeroDivisionError), store.write() as unit:
        unit.put(participant(1, trn="1234567"))
        unit.put(participant(2))
        unit.delete(Declaration, "declaration-1")
        raise ZeroDivisionError
    reader = store.read()
    assert list(reader.all(Participant)) == [participant(1)]
    assert reader.find(Participant, trn="1234567") == []
    assert reader.find(Declaration, participant_id="participant-1") == [declaration(1)]
    assert store.revision == before


def test_indexes_follow_updates_and_deletes(store_of: StoreOf) -> None:
    store = store_of(declaration(1, statement="march"), declaration(2, type="retained-1", statement="march"))
    reader = store.read()
    assert len(reader.find(Declaration, statement_id="march")) == 2
    with store.write() as unit:
        unit.put(declaration(1, statement="april"))
        unit.delete(Declaration, "declaration-2")
    assert reader.find(Declaration, statement_id="march") == []
    assert reader.find(Declaration, statement_id="april") == [declaration(1, statement="april")]
    assert ids(reader.find(Declaration, participant_id="participant-1")) == ["declaration-1"]


def test_deleting_what_is_not_there_does_nothing(store_of: StoreOf) -> None:
    store = store_of(participant(1))
    before = store.revision
    with store.write() as unit:
        unit.delete(Participant, "participant-2")
    assert store.revision == before


def test_a_second_live_declaration_for_the_same_milestone_is_refused(store_of: StoreOf) -> None:
    store = store_of(declaration(1))

    def declare_twice() -> None:
        with store.write() as unit:
            unit.put(participant(9))
            unit.put(declaration(2))

    with pytest.raises(Conflict, match="declaration-1"):
        declare_twice()
    assert store.read().count(Declaration) == 1
    assert store.read().get(Participant, "participant-9") is None


def test_a_second_live_declaration_within_one_unit_is_refused(store_of: StoreOf) -> None:
    store = store_of()
    with store.write() as unit:
        unit.put(declaration(1))
        with pytest.raises(Conflict):
            unit.put(declaration(2))
    assert ids(store.read().all(Declaration)) == ["declaration-1"]


def test_another_declaration_is_allowed_once_the_first_is_voided(store_of: StoreOf) -> None:
    store = store_of(declaration(1))
    with store.write() as unit:
        unit.put(declaration(1, state="voided"))
        unit.put(declaration(2))
    with store.write() as unit:
        unit.put(declaration(3, state="voided"))  # any number may be void
    live = store.read().find(
        Declaration, declaration_type="started", participant_id="participant-1", course_identifier="ecf-induction"
    )
    assert ids(live) == ["declaration-2"]


def test_a_voided_declaration_cannot_come_back_beside_a_live_one(store_of: StoreOf) -> None:
    store = store_of(declaration(1, state="voided"), declaration(2))
    with store.write() as unit, pytest.raises(Conflict):
        unit.put(declaration(1))


def test_a_live_declaration_may_be_put_again_with_other_fields(store_of: StoreOf) -> None:
    store = store_of(declaration(1))
    with store.write() as unit:
        unit.put(declaration(1, state="paid"))
    assert store.read().get(Declaration, "declaration-1") == declaration(1, state="paid")


def test_a_unique_value_is_free_again_once_its_holder_is_deleted(store_of: StoreOf) -> None:
    store = store_of(school(1, urn="100001"))
    with store.write() as unit:
        unit.delete(School, "school-1")
        unit.put(school(2, urn="100001"))
    assert ids(store.read().find(School, urn="100001")) == ["school-2"]


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


def test_a_unit_inside_another_is_refused(store_of: StoreOf) -> None:
    store = store_of()
    with store.write() as unit:
        with pytest.raises(RuntimeError, match="open already"), store.write():
            pass
        unit.put(participant(1))
    assert store.read().count(Participant) == 1


def test_a_unit_that_has_ended_takes_nothing_more(store_of: StoreOf) -> None:
    store = store_of()
    with store.write() as unit:
        pass
    with pytest.raises(RuntimeError, match="ended"):
        unit.put(participant(1))
    with pytest.raises(RuntimeError, match="ended"):
        unit.delete(Participant, "participant-1")


def test_a_record_that_would_not_be_read_back_as_it_is_cannot_be_put(store_of: StoreOf) -> None:
    store = store_of()
    with store.write() as unit:
        for wrong in (
            msgspec.structs.replace(declaration(1), state="bogus"),
            msgspec.structs.replace(declaration(1), history=[]),
            LeadProvider(id="provider-1", name=7),  # type: ignore[arg-type]
            LeadProvider(id="provider-1", name="half a pair \ud800"),
        ):
            with pytest.raises(TypeError, match="cannot be kept"):
                unit.put(wrong)
    assert store.is_empty


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


@pytest.mark.parametrize("seed", range(20))
def test_random_units_leave_what_a_plain_dict_would(store_of: StoreOf, seed: int) -> None:
    """Every answer of the store against one worked out by going through all records."""
    choose = random.Random(seed)
    store = store_of()
    committed: dict[str, Declaration] = {}
    for _ in range(60):
        draft: dict[str, Declaration | None] = dict(committed)  # None keeps the place of one deleted in this unit
        with suppress(ZeroDivisionError):
            with store.write() as unit:
                for _ in range(choose.randint(1, 6)):
                    change(unit, draft, committed, choose)
                    compare(unit, [kept for kept in draft.values() if kept is not None])
                if choose.random() < 0.2:
                    raise ZeroDivisionError
            committed = {id: kept for id, kept in draft.items() if kept is not None}
        compare(store.read(), list(committed.values()))


def change(
    unit: Unit, draft: dict[str, Declaration | None], committed: dict[str, Declaration], choose: random.Random
) -> None:
    new = declaration(
        choose.randint(1, 12),
        participant=choose.randint(1, 3),
        type=choose.choice(["started", "retained-1"]),
        state=choose.choice(["submitted", "voided", "paid"]),
        statement=choose.choice([None, "march", "april"]),
    )
    if choose.random() < 0.25:
        unit.delete(Declaration, new.id)
        if new.id in committed:
            draft[new.id] = None
        else:
            draft.pop(new.id, None)
    elif new.is_live and any(
        kept is not None
        and kept.id != new.id
        and kept.is_live
        and (kept.participant_id, kept.declaration_type) == (new.participant_id, new.declaration_type)
        for kept in draft.values()
    ):
        with pytest.raises(Conflict):
            unit.put(new)
    else:
        unit.put(new)
        draft[new.id] = new


def compare(reader: Reader, plain: list[Declaration]) -> None:
    assert list(reader.all(Declaration)) == plain
    assert reader.count(Declaration) == len(plain)
    for person in ("participant-1", "participant-2", "participant-3"):
        expected = [kept for kept in plain if kept.participant_id == person]
        assert reader.find(Declaration, participant_id=person) == expected
    for statement in (None, "march", "april"):
        expected = [kept for kept in plain if kept.statement_id == statement]
        assert reader.find(Declaration, statement_id=statement) == expected
