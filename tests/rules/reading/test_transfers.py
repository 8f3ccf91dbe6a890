"""The list of transfers: in what order, on which pages, and what changed since."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.api import Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal
from tests.rules.transfers.moving import ALL, TODAY, TOMORROW, TRANSFERS, join, leave

from .mergers import retire
from .test_polling import Poller, follow

MEGAN, CHARLOTTE = "87a14b73-4def-4de0-ac82-7c77ff1fb4cf", "5b5c4bcb-fe39-4317-88c8-3961f300f55e"


def since(time: str) -> dict[str, str]:
    return {"filter[updated_since]": time, **ALL}


@accepts("read.sort")
def test_those_registered_first_come_first() -> None:
    api = World().api()
    everyone = api.get("/participants/ecf", **ALL).ids
    listed = api.get(TRANSFERS, **ALL).ids
    assert listed == [id for id in everyone if id in listed]


@accepts("read.updated-since")
def test_those_who_changed_first_come_first_when_changes_are_asked_for() -> None:
    world = World()
    api = world.api()
    api.at("2024-12-01T10:00:02Z").defer(MEGAN)
    api.at("2024-12-01T10:00:01Z").defer(CHARLOTTE)
    assert api.get(TRANSFERS, **since("2024-12-01T00:00:00Z")).ids == [CHARLOTTE, MEGAN]
    times = [each["attributes"]["updated_at"] for each in api.get(TRANSFERS, **since("2021-01-01T00:00:00Z")).data]
    assert times == sorted(times)
    assert len(times) == len(api.get(TRANSFERS, **ALL).data)


@refuses("path.unknown")
@accepts("read.updated-since")
def test_to_the_second_someone_who_changed_is_there_at_that_time_and_not_after_it() -> None:
    api = World().api()
    api.at("2024-12-01T10:00:00Z").defer(MEGAN)
    one = f"/participants/ecf/{MEGAN}/transfers"
    assert api.get(one).attributes["updated_at"] == "2024-12-01T10:00:00Z"
    assert api.get(TRANSFERS, **since("2024-12-01T10:00:00Z")).ids == [MEGAN]
    assert api.get(TRANSFERS, **since("2024-12-01T10:00:01Z")).ids == []
    assert api.get(one, **since("2024-12-01T10:00:00Z")).id == MEGAN
    assert refusal(api, Api.get, one, **since("2024-12-01T10:00:01Z")) == NOT_FOUND


@pytest.mark.parametrize("per_page", [1, 2, 5])
@accepts("read.page")
def test_all_pages_together_are_the_whole_list(per_page: int) -> None:
    api = World().api()
    whole = api.get(TRANSFERS, **ALL).data
    assert len(whole) > 2 * per_page
    count = -(-len(whole) // per_page)
    asked = ({"page[page]": str(number), "page[per_page]": str(per_page)} for number in range(1, count + 2))
    pages = [api.get(TRANSFERS, **each).data for each in asked]
    assert [each for page in pages for each in page] == whole
    assert pages[-1] == []


@refuses("read.page")
def test_a_page_that_is_none_is_refused() -> None:
    refused = refusal(World().api(), Api.get, TRANSFERS, **{"page[page]": "0"})
    assert refused == (400, ["Bad request"], ["read.page"])


@accepts("read.updated-since")
def test_no_change_to_a_transfer_is_missed_whoever_made_it() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person(trn="7000011")
    twin = backstage.person(trn="7000012", full_name="Ada J Hart")
    first, others = backstage.placement(ada), backstage.placement(twin)
    follow(
        Poller(api, TRANSFERS),
        [
            lambda: leave(world, first, date(2024, 12, 20)),
            lambda: leave(world, first, TOMORROW),
            lambda: join(world, ada, backstage.school("harbour"), TOMORROW),
            lambda: leave(world, backstage.placement(ada), TOMORROW),
            lambda: join(world, ada, backstage.school(number=1), TOMORROW),
            lambda: leave(world, backstage.placement(ada), date(2025, 1, 10)),
            lambda: api.change_schedule(ada, "ecf-standard-september", cohort="2023"),
            lambda: leave(world, others, TODAY),
        ],
    )


@accepts("read.updated-since", "transfer.who-sees")
def test_a_provider_that_is_joined_learns_of_it_by_asking_what_changed() -> None:
    world = World()
    backstage, harbour = Backstage(world), world.api("v3", "harbour")
    ada = backstage.person()
    left = backstage.placement(ada)
    before = "2024-11-15T09:00:01Z"
    world.clock.at += timedelta(seconds=5)
    join(world, ada, backstage.school("harbour"), TOMORROW)
    assert harbour.get(TRANSFERS, **since(before)).ids == []
    world.clock.at += timedelta(seconds=5)
    leave(world, left, TODAY)
    assert harbour.get(TRANSFERS, **since("2024-11-15T09:00:10Z")).ids == [ada]


@accepts("read.updated-since", "id-change")
def test_transfers_that_come_under_another_id_are_found_by_asking_what_changed() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada, twin = backstage.person(trn="7000011"), backstage.person(trn="7000012")
    leave(world, backstage.placement(twin), TODAY)
    world.clock.at = datetime(2024, 11, 16, 12, tzinfo=UTC)
    retire(world, twin, ada)
    assert api.get(TRANSFERS, **since("2024-11-16T12:00:00Z")).ids == [ada]


@accepts("read.updated-since", "vis.validated-only")
def test_a_transfer_that_validation_brings_to_light_is_found_by_asking_what_changed() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    ada = backstage.person(validated="dfe_checking_eligibility")
    leave(world, backstage.placement(ada), TODAY)
    world.clock.at = datetime(2024, 11, 16, 12, tzinfo=UTC)
    assert ada not in api.get(TRANSFERS, **ALL).ids
    backstage.validate(ada, "eligible_to_start")
    assert api.get(TRANSFERS, **since("2024-11-16T12:00:00Z")).ids == [ada]
