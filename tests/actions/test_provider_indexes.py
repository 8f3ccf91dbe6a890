"""What is kept ready for reads is told of every kind of record."""

from __future__ import annotations

from sandbox.actions.provider_indexes import CONCERNED
from sandbox.store.tables import TABLES


def test_every_kind_of_record_says_whom_a_change_of_it_concerns() -> None:
    kept = {table.kind.__name__ for table in TABLES}
    assert {kind.__name__ for kind in CONCERNED} == kept, "say in CONCERNED of whom something changes with it"
