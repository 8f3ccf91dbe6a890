"""Which schools are listed, and what is shown of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sandbox.actors import school
from sandbox.model import DeliveryPartner, Partnership, School
from sandbox.seeding.ids import school_id
from tests.api import PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.reading.mergers import moment
from tests.rules.refusal import NOT_FOUND, refusal

RIVERBANK, WEATHERVANE, SIGNPOST = "106286", "900403", "900404"
HILLTOP, STONEBRIDGE, FAIRFIELD = "900405", "900406", "900407"
INDEPENDENT, COLLEGE, VALDORIA, OVERSEAS = "900408", "900409", "900410", "900411"
OAKFIELD = "cd3a1234-7308-4879-942a-c4a70ced400a"


def listed(api: Api, cohort: str = "2024") -> dict[str, dict[str, Any]]:
    """Every school listed for a cohort, by its URN."""
    found = api.get("/schools/ecf", **{"filter[cohort]": cohort, "page[per_page]": "3000"}).data
    return {each["attributes"]["urn"]: each["attributes"] for each in found}


def shown(api: Api, urn: str, cohort: str = "2024") -> dict[str, Any]:
    """One school as it is shown for a cohort."""
    return api.get(f"/schools/ecf/{school_id(urn)}", **{"filter[cohort]": cohort}).attributes


def record(world: World, urn: str) -> School:
    found = world.store.read().get(School, school_id(urn))
    assert found is not None
    return found


def partnership(world: World, urn: str, cohort: str = "2024") -> Partnership:
    (found,) = world.store.read().find(Partnership, school_id=school_id(urn), cohort=cohort)
    return found


def agree(world: World, urn: str, cohort: str = "2024") -> Partnership:
    """Northgate confirms that it trains at the school."""
    assert world.api().confirm_partnership(school_id(urn), OAKFIELD, cohort).status == 200
    return partnership(world, urn, cohort)


def choose(world: World, urn: str, programme: str, cohort: str = "2024") -> None:
    with world.writing() as unit:
        school.choose_programme(unit, moment(world), record(world, urn), cohort, programme)


@accepts("vis.school")
def test_a_school_is_shown_with_what_it_does_in_the_cohort() -> None:
    assert World().api().get(f"/schools/ecf/{school_id(RIVERBANK)}", **{"filter[cohort]": "2024"}).data == {
        "id": school_id(RIVERBANK),
        "type": "school",
        "attributes": {
            "name": "Riverbank Primary School",
            "urn": "106286",
            "cohort": "2024",
            "in_partnership": True,
            "induction_programme_choice": "provider_led",
            "created_at": "2021-03-01T09:00:00Z",
            "updated_at": "2024-10-08T10:15:00Z",
        },
    }


@pytest.mark.parametrize("cohort", ["2020", "2021", "2022", "2023", "2024", "2025"])
@accepts("vis.school", "path.unknown")
def test_each_school_is_shown_alone_as_in_the_list(cohort: str) -> None:
    api = World().api()
    for urn, attributes in listed(api, cohort).items():
        assert shown(api, urn, cohort) == attributes


@accepts("vis.school", "auth.one-provider")
def test_every_provider_sees_the_same_schools() -> None:
    world = World()
    answers = [listed(world.api("v3", provider)) for provider in PROVIDERS]
    assert answers == [answers[0]] * 3
    assert len(answers[0]) == 56


@pytest.mark.parametrize("cohort", ["2020", "2021", "2024"])
@refuses("path.unknown")
@accepts("vis.school")
def test_schools_that_cannot_have_training_the_dfe_pays_for_are_left_out(cohort: str) -> None:
    world = World()
    api, all_there_are = world.api(), {found.urn for found in world.store.read().all(School)}
    assert all_there_are - listed(api, cohort).keys() == {INDEPENDENT, COLLEGE, VALDORIA, OVERSEAS}
    for urn in (INDEPENDENT, COLLEGE, VALDORIA, OVERSEAS):
        path = f"/schools/ecf/{school_id(urn)}"
        assert refusal(api, Api.get, path, **{"filter[cohort]": cohort}) == NOT_FOUND


@pytest.mark.parametrize("change", [{"eligible_for_funding": False}, {"school_led_only": True}])
@refuses("path.unknown")
@accepts("vis.school")
def test_one_that_no_longer_can_is_listed_where_it_has_a_live_partnership_all_the_same(change: dict[str, bool]) -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    backstage.change(record(world, RIVERBANK), **change)
    assert shown(api, RIVERBANK, "2024")["in_partnership"] is True
    assert RIVERBANK in listed(api, "2024")
    assert RIVERBANK not in listed(api, "2020")
    path = f"/schools/ecf/{school_id(RIVERBANK)}"
    assert refusal(api, Api.get, path, **{"filter[cohort]": "2020"}) == NOT_FOUND
    backstage.change(partnership(world, RIVERBANK), relationship=True)
    assert RIVERBANK not in listed(api, "2024"), "a partnership for one person's transfer does not count"
    backstage.change(partnership(world, RIVERBANK), relationship=False)
    backstage.challenge(partnership(world, RIVERBANK))
    assert RIVERBANK not in listed(api, "2024")
    assert RIVERBANK in listed(api, "2025")


@accepts("vis.school")
def test_in_partnership_means_with_any_provider_as_long_as_it_is_not_challenged() -> None:
    world = World()
    for provider in PROVIDERS:
        api = world.api("v3", provider)
        assert shown(api, RIVERBANK)["in_partnership"] is True, "with Northgate"
        assert shown(api, WEATHERVANE, "2023")["in_partnership"] is True, "challenged Northgate, then went to Harbour"
        assert shown(api, SIGNPOST, "2023")["in_partnership"] is True, "with Meadow"
        assert shown(api, SIGNPOST, "2024")["in_partnership"] is False, "challenged Meadow"
        assert shown(api, HILLTOP)["in_partnership"] is False
        assert shown(api, FAIRFIELD, "2023")["in_partnership"] is False, "the one through which Isobel keeps Meadow"


@accepts("vis.school")
def test_in_partnership_is_of_the_cohort_asked_for() -> None:
    api = World().api()
    in_2025 = {urn for urn, attributes in listed(api, "2025").items() if attributes["in_partnership"]}
    assert {RIVERBANK, "900101"} <= in_2025
    assert len(in_2025) == 4
    assert not any(attributes["in_partnership"] for attributes in listed(api, "2020").values())


@pytest.mark.parametrize(
    ("urn", "cohort", "choice"),
    [
        (RIVERBANK, "2024", "provider_led"),
        (HILLTOP, "2024", "provider_led"),
        (HILLTOP, "2023", "not_yet_known"),
        (STONEBRIDGE, "2024", "no_early_career_teachers"),
        (FAIRFIELD, "2024", "school_led"),
        (FAIRFIELD, "2025", "not_yet_known"),
        (SIGNPOST, "2024", "provider_led"),
    ],
)
@accepts("vis.school")
def test_the_programme_is_the_one_that_the_school_chose_for_the_cohort(urn: str, cohort: str, choice: str) -> None:
    assert shown(World().api(), urn, cohort)["induction_programme_choice"] == choice


@accepts("read.updated-since")
def test_updated_at_moves_with_the_programme_and_with_the_partnerships_of_the_cohort() -> None:
    world = World()
    api = world.api()

    def at(time: str) -> str:
        world.clock.at = datetime.fromisoformat(time)
        return time

    assert shown(api, HILLTOP)["updated_at"] == "2024-04-15T12:14:02Z"
    chosen = at("2024-11-16T10:00:00Z")
    choose(world, HILLTOP, "school_led", "2025")
    assert shown(api, HILLTOP, "2024")["updated_at"] == shown(api, HILLTOP, "2025")["updated_at"] == chosen
    agreed = at("2024-11-17T10:00:00Z")
    made = agree(world, HILLTOP)
    assert shown(api, HILLTOP)["updated_at"] == agreed
    challenged = at("2024-11-18T10:00:00Z")
    Backstage(world).challenge(made)
    assert shown(api, HILLTOP)["updated_at"] == challenged
    assert shown(api, HILLTOP)["created_at"] == "2021-03-01T09:00:00Z"
    assert shown(api, HILLTOP, "2025")["updated_at"] == chosen, "nothing has changed there"


@pytest.mark.parametrize("id", ["00000000-0000-4000-8000-000000000000", "riverbank", RIVERBANK, OAKFIELD, "%00"])
@refuses("path.unknown")
def test_an_id_that_is_no_schools_or_no_uuid_at_all_is_not_found(id: str) -> None:
    world = World()
    assert world.store.read().get(DeliveryPartner, OAKFIELD)
    assert refusal(world.api(), Api.get, f"/schools/ecf/{id}", **{"filter[cohort]": "2024"}) == NOT_FOUND


@accepts("path.unknown")
def test_an_id_may_be_written_in_capital_letters() -> None:
    path = f"/schools/ecf/{school_id(RIVERBANK).upper()}"
    assert World().api().get(path, **{"filter[cohort]": "2024"}).id == school_id(RIVERBANK)


@pytest.mark.parametrize("urn", [RIVERBANK, HILLTOP])
@accepts("vis.school")
def test_a_urn_finds_the_one_school_that_has_it(urn: str) -> None:
    api = World().api()
    assert api.get("/schools/ecf", **{"filter[cohort]": "2024", "filter[urn]": urn}).ids == [school_id(urn)]
    path = f"/schools/ecf/{school_id(urn)}"
    assert api.get(path, **{"filter[cohort]": "2024", "filter[urn]": urn}).attributes["urn"] == urn


@pytest.mark.parametrize("urn", ["1", "10628", "106286 ", "0106286", "106286,900405", VALDORIA])
@refuses("path.unknown")
@accepts("vis.school")
def test_a_urn_of_no_school_that_is_listed_finds_nothing(urn: str) -> None:
    api, query = World().api(), {"filter[cohort]": "2024", "filter[urn]": urn}
    assert api.get("/schools/ecf", **query).data == []
    assert refusal(api, Api.get, f"/schools/ecf/{school_id(RIVERBANK)}", **query) == NOT_FOUND


@accepts("vis.school")
def test_a_blank_urn_filters_nothing() -> None:
    api = World().api()
    query = {"filter[cohort]": "2024", "page[per_page]": "3000"}
    assert api.get("/schools/ecf", **query, **{"filter[urn]": ""}).ids == api.get("/schools/ecf", **query).ids


@refuses("path.unknown")
@accepts("read.updated-since")
def test_schools_that_changed_at_that_time_or_later_are_found() -> None:
    api = World().api()
    everything = listed(api)
    times = sorted(attributes["updated_at"] for attributes in everything.values())
    middle = times[len(times) // 2]
    query = {"filter[cohort]": "2024", "filter[updated_since]": middle}
    found = {school["attributes"]["urn"] for school in api.get("/schools/ecf", **query).data}
    assert found == {urn for urn, attributes in everything.items() if attributes["updated_at"] >= middle}
    assert middle in [everything[urn]["updated_at"] for urn in found]
    for urn in everything:
        path = f"/schools/ecf/{school_id(urn)}"
        if urn in found:
            assert api.get(path, **query).attributes == everything[urn]
        else:
            assert refusal(api, Api.get, path, **query) == NOT_FOUND
