"""How a unit of work keeps or drops its changes, and what it refuses."""

from __future__ import annotations

import random
from contextlib import suppress

import msgspec
import pytest

from sandbox.model import Declaration, LeadProvider, Participant, School
from sandbox.store.protocol import Conflict, Reader, Unit

from .records import StoreOf, declaration, ids, participant, school


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
