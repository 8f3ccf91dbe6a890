"""What worlds begin with is played once, and comes out of the cache the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.cache import VARIABLE
from sandbox.editions import ALL
from sandbox.seeding.creation import Creation
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
