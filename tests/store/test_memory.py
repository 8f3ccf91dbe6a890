"""What a store finds, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.model import Declaration, Participant, Partnership, School

from .records import StoreOf, declaration, ids, participant


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
