"""What is done in one world has not happened in another."""

from __future__ import annotations

import pytest

from tests.api import JANE, Api, World

from .console import Console
from .test_registering import sees
from .test_schools import NOBODY


def test_someone_registered_in_one_is_unknown_in_another(console: Console, northgate: Api) -> None:
    with console.another() as (there, northgate_there):
        registered = there.register()
        assert sees(northgate_there, registered["id"])
        assert not sees(northgate, registered["id"])
        assert console.refused(404, f"/participants/{registered['id']}/leave")[0] == "participant_id"


def test_whoever_leaves_in_one_stays_in_another(console: Console, northgate: Api) -> None:
    before = northgate.get(f"/participants/ecf/{JANE}").json
    with console.another() as (there, northgate_there):
        there.post(f"/participants/{JANE}/leave")
        there.patch(f"/participants/{JANE}", full_name="Jane Jones")
        assert northgate_there.participant(JANE)["full_name"] == "Jane Jones"
        assert northgate.get(f"/participants/ecf/{JANE}").json == before
        console.patch(f"/participants/{JANE}", full_name="Jane Hill")
        assert northgate_there.participant(JANE)["full_name"] == "Jane Jones"


def test_a_cohort_closed_in_one_is_open_in_another(console: Console, northgate: Api) -> None:
    ect = console.register()["id"]
    with console.another() as (there, _):
        there.post("/cohorts/2024/close")
        there.post("/cohorts/2026/open")
        assert console.get("/statements")["statements"] != there.get("/statements")["statements"]
    assert northgate.declare(ect, "started", "2024-11-15T08:00:00Z").status == 200


@pytest.mark.parametrize("path", ["/participants", "/tokens", f"/participants/{NOBODY}/leave", "/cohorts/2024/close"])
def test_a_world_that_is_not_there_is_not_found(world: World, path: str) -> None:
    assert Console(world, "nowhere").refused(404, path)[0] == "world"
