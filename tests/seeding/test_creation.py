"""What worlds begin with is played once, and comes out of the cache the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sandbox.actions.training import schedule_of
from sandbox.cache import VARIABLE
from sandbox.editions import ALL
from sandbox.model import TrainingRecord
from sandbox.seeding.creation import Creation, exported
from sandbox.seeding.files import SEEDS

from .played import BEGAN_AT, everything, played


def test_a_played_scenario_is_cached_where_the_user_says_and_not_beside_the_seeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    before = sorted(SEEDS.rglob("*"))
    first = Creation(ALL).fresh("first-cohort", "documented", BEGAN_AT)
    (cached,) = tmp_path.iterdir()
    written = cached.stat().st_mtime_ns
    second = Creation(ALL).fresh("first-cohort", "documented", BEGAN_AT)
    assert everything(first) == everything(second) == everything(played("first-cohort"))
    assert cached.stat().st_mtime_ns == written
    assert sorted(SEEDS.rglob("*")) == before


def test_a_world_exported_before_records_kept_their_past_opens_still() -> None:
    store = Creation(ALL).fresh("main", "deployed", BEGAN_AT)
    tables = json.loads(exported(store, BEGAN_AT))
    later = {
        "placements": ("began_at", "ended_at", "updated_at"),
        "training_records": ("schedule_id", "withdrawn_by_school", "updated_at"),
        "participants": ("identity_updated_at", "identities_updated_at"),
        "schools": ("programmes_updated_at",),
    }
    for table, fields in later.items():
        for document in tables[table].values():
            for field in fields:
                del document[field]
    opened = Creation(ALL).from_file(json.dumps(tables).encode(), BEGAN_AT).read()
    for record in opened.all(TrainingRecord):
        assert schedule_of(opened, record) is not None
