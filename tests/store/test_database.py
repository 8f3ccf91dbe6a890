"""The database itself: what a person finds in it, and what is said when it is lost, gone, wrong or broken."""

from __future__ import annotations

import pytest

from sandbox.store.engine import MemoryStore
from sandbox.store.postgresql import PostgresKeeper
from sandbox.store.protocol import StoreProblem

from ..postgresql import Server, needs_postgresql
from .records import (
    end_connections,
    participant,
    people,
    put,
)

pytestmark = needs_postgresql


def test_a_person_can_read_the_tables(store: MemoryStore, url: str, postgresql: Server) -> None:
    put(store, participant(1, trn="1234567"), participant(2))
    asked = "SELECT id, number FROM ecf_sandbox.participants WHERE document->>'trn' = '1234567'"
    assert postgresql.ask(asked, url) == [("participant-1", 1)]


def test_a_lost_connection_is_made_again_and_nobody_notices(
    store: MemoryStore, other: MemoryStore, postgresql: Server
) -> None:
    put(store, participant(1))
    postgresql.restart()
    other.refresh()
    assert people(other) == ["1"]
    put(store, participant(2))
    other.refresh()
    assert people(other) == ["1", "2"]


def test_a_unit_whose_connection_is_lost_is_dropped_whole_and_said_to_be(
    store: MemoryStore, url: str, postgresql: Server
) -> None:
    put(store, participant(1))
    with pytest.raises(StoreProblem, match=r"database test\d+ at /tmp/.* could not be written: .* ask again"):
        lose(store, url, postgresql)
    assert people(store) == ["1"]
    put(store, participant(3))
    with MemoryStore(PostgresKeeper(url)) as again:
        assert people(again) == people(store) == ["1", "3"]


def lose(store: MemoryStore, url: str, postgresql: Server) -> None:
    """Put a record, and have the connection end before it is committed."""
    with store.write() as unit:
        unit.put(participant(2))
        end_connections(url, postgresql)


def test_a_database_that_is_gone_is_said_to_be_until_it_is_back(store: MemoryStore, postgresql: Server) -> None:
    put(store, participant(1))
    postgresql.stop()
    try:
        with pytest.raises(StoreProblem, match=r"could not be read: .*The sandbox tries again"):
            store.refresh()
        with pytest.raises(StoreProblem, match="could not be read"):
            put(store, participant(2))
    finally:
        postgresql.start()
    store.refresh()
    put(store, participant(3))
    assert people(store) == ["1", "3"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://ecf@127.0.0.1:1/ecf", "database ecf at 127.0.0.1 could not be opened: .*Check --store"),
        ("postgresql://ecf:secret@127.0.0.1:1/ecf", "could not be opened"),
        ("postgresql://ecf:secret@127.0.0.1:port/ecf", "could not be opened"),
        ("postgresql://ecf:secret@127.0.0.1/ecf?colour=red", "address of the database cannot be read"),
    ],
)
def test_a_wrong_address_is_explained_without_its_password(address: str, said: str) -> None:
    with pytest.raises(StoreProblem, match=said) as problem:
        MemoryStore(PostgresKeeper(address))
    assert "secret" not in str(problem.value)


def test_a_database_that_is_not_there_is_said_not_to_be(postgresql: Server) -> None:
    with pytest.raises(StoreProblem, match='"nowhere" does not exist'):
        MemoryStore(PostgresKeeper(postgresql.url("nowhere")))


def test_a_database_of_another_format_is_left_alone(store: MemoryStore, url: str, postgresql: Server) -> None:
    put(store, participant(1))
    postgresql.ask("UPDATE ecf_sandbox._store SET format = 7", url)
    with pytest.raises(StoreProblem, match=r"is of format 7, .* knows format 1\. Nothing has been changed"):
        MemoryStore(PostgresKeeper(url))
    assert people(store) == ["1"]


def test_a_row_that_was_broken_by_hand_is_named(store: MemoryStore, url: str, postgresql: Server) -> None:
    put(store, participant(1), participant(2))
    postgresql.ask("UPDATE ecf_sandbox.participants SET document = '{\"id\": 2}' WHERE number = 2", url)
    with pytest.raises(StoreProblem, match=r"ecf_sandbox\.participants, number 2: Expected `str`, got `int`"):
        MemoryStore(PostgresKeeper(url))
    put(store, participant(3))  # and nobody is kept waiting
    assert people(store) == ["1", "2", "3"]
