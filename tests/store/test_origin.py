"""What worlds begin with is one thing to every process, however each of them orders a set."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Final

from sandbox.store.engine import MemoryStore
from sandbox.store.origin import Origin
from sandbox.store.shared_layout import Origins

from .records import EVERYTHING, put

DIGEST_OF_A_SCHOOL_WITH_INTEREST: Final = """
from datetime import datetime, UTC
from sandbox.model import SchoolCohort
from sandbox.store.engine import MemoryStore
store = MemoryStore()
with store.write() as unit:
    interested = frozenset(f"provider-{number}" for number in range(20))
    unit.put(SchoolCohort(
        id="2025/1", school_id="1", cohort="2025", interested=interested, updated_at=datetime(2025, 6, 1, tzinfo=UTC)
    ))
print(store.difference()[0].digest)
"""


def test_processes_that_order_sets_otherwise_give_an_origin_the_same_digest() -> None:
    digests = {_printed(DIGEST_OF_A_SCHOOL_WITH_INTEREST, hash_seed) for hash_seed in range(3)}
    assert len(digests) == 1, digests


def test_an_origin_is_found_by_the_digest_that_it_was_stored_with() -> None:
    store = MemoryStore()
    put(store, *EVERYTHING)
    content = store.difference()[0].content
    origins = Origins({"of an older version": content.decode()}.get)
    assert origins["of an older version"].digest == Origin.loaded(content).digest
    assert origins["of an older version"] is origins["of an older version"]


def _printed(program: str, hash_seed: int) -> str:
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed)}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout
