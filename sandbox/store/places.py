"""The places that records can be kept in: a folder, or a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

from sandbox.store.engine import MemoryStore
from sandbox.store.folder import FolderKeeper
from sandbox.store.keeper import Keeper
from sandbox.store.protocol import Store, StoreProblem


def store_at(place: Path | str) -> Store:
    """The records kept in a folder, or in the PostgreSQL database with an address; none as yet in a new one.

    Raises StoreProblem.
    """
    keeper: Keeper = FolderKeeper(place) if isinstance(place, Path) else _database(place)
    return MemoryStore(keeper)


def _database(address: str) -> Keeper:
    try:
        from sandbox.store.postgresql import PostgresKeeper
    except ImportError as error:
        raise StoreProblem(
            f"PostgreSQL is reached with psycopg, which cannot be imported ({error}). Install it: "
            "pip install 'psycopg[binary]'"
        ) from error
    return PostgresKeeper(address)
