"""Stores: over each keeper, and as two processes share one in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from sandbox.model import Record
from sandbox.store.engine import MemoryStore
from sandbox.store.postgresql import PostgresKeeper

from ..postgresql import Server, needs_postgresql
from .records import StoreOf


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


@pytest.fixture
def url(postgresql: Server) -> str:
    """The address of an empty database."""
    return postgresql.new_database()


@pytest.fixture
def store(url: str) -> Iterator[MemoryStore]:
    """One process's view of it."""
    with MemoryStore(PostgresKeeper(url)) as store:
        yield store


@pytest.fixture
def other(store: MemoryStore, url: str) -> Iterator[MemoryStore]:
    """Another's."""
    with MemoryStore(PostgresKeeper(url)) as other:
        yield other
