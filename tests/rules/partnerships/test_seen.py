"""Which partnerships a provider sees, and how lists of them are filtered, sorted, cut and polled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sandbox.model import DeliveryPartner, Partnership
from tests.api import PROVIDERS, Api, World
from tests.backstage import Backstage
from tests.rules.marks import accepts, refuses
from tests.rules.reading.test_polling import Poller, follow
from tests.rules.refusal import NOT_FOUND, Refusal, refusal

from .places import ALL, FELLSIDE, HILLTOP_VIEW, KESTREL, NOWHERE, OAKFIELD, RIVERBANK, TIDEWAY, school

PATH = "/partnerships/ecf"
EVERY_PROVIDER = pytest.mark.parametrize("provider", PROVIDERS)


def listed(api: Api, **query: str) -> list[dict[str, Any]]:
    return list(api.get(PATH, **ALL, **query).data)


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in found]


def shown(found: list[dict[str, Any]], name: str) -> list[Any]:
    return [each["attributes"][name] for each in found]


@EVERY_PROVIDER
@refuses("path.unknown")
@accepts("vis.partnership", "auth.one-provider")
def test_a_provider_sees_its_own_partnerships_and_no_others(provider: str) -> None:
    world = World()
    api, own = world.api("v3", provider), Backstage(world).provider(provider).id
    listed_ids = ids(listed(api))
    seen = [p.id for p in world.store.read().all(Partnership) if p.lead_provider_id == own and p.relationship is False]
    assert sorted(listed_ids) == sorted(seen) != []
    for partnership in world.store.read().all(Partnership):
        if partnership.id in seen:
            assert api.get(f"{PATH}/{partnership.id.upper()}").id == partnership.id
        else:
            assert refusal(api, Api.get, f"{PATH}/{partnership.id}") == NOT_FOUND


@pytest.mark.parametrize("id", [NOWHERE, "riverbank", RIVERBANK, "%00"])
@refuses("path.unknown")
def test_a_partnership_that_is_none_is_not_found(id: str) -> None:
    assert refusal(World().api(), Api.get, f"{PATH}/{id}") == NOT_FOUND


@accepts("vis.partnership")
def test_challenged_ones_are_listed_among_the_others() -> None:
    challenged = [p for p in listed(World().api()) if p["attributes"]["status"] == "challenged"]
    assert shown(challenged, "challenged_at") == ["2023-11-09T15:30:00.000Z"]
    assert shown(challenged, "challenged_reason") == ["another_provider"]


@accepts("vis.partnership")
def test_one_partnership_is_shown_as_the_list_shows_it_whatever_is_filtered_by() -> None:
    api = World().api()
    for one in listed(api)[:5]:
        assert api.get(f"{PATH}/{one['id']}", **{"filter[cohort]": "1066"}).data == one


@accepts("vis.partnership")
def test_a_school_without_an_induction_tutor_and_a_delivery_partner_that_is_gone_are_shown_as_null() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    (one, *_) = backstage.partnerships("northgate", "2025")
    place = school(world, one.school_id)
    backstage.change(place, induction_tutor_name=None, induction_tutor_email=None)
    with world.writing() as unit:
        unit.delete(DeliveryPartner, one.delivery_partner_id)
    assert [
        api.partnership(one.id)[name]
        for name in ("induction_tutor_name", "induction_tutor_email", "delivery_partner_name")
    ] == [None, None, None]


@pytest.mark.parametrize(
    ("cohort", "expected"),
    [
        ("2025", {"2025"}),
        ("2021,2025", {"2021", "2025"}),
        (" 2022 , 1066,", {"2022"}),
        ("", {"2021", "2022", "2023", "2024", "2025"}),
        ("1066", set()),
        ("twenty", set()),
    ],
)
@accepts("read.cohort-filter")
def test_a_list_may_be_of_some_cohorts(cohort: str, expected: set[str]) -> None:
    api = World().api()
    found = listed(api, **{"filter[cohort]": cohort})
    assert set(shown(found, "cohort")) == expected
    assert found == [each for each in listed(api) if each["attributes"]["cohort"] in expected]


@accepts("read.cohort-filter")
def test_without_a_cohort_the_list_begins_after_2020() -> None:
    world = World()
    (one, *_) = Backstage(world).partnerships("northgate", "2021")
    Backstage(world).change(one, cohort="2020")
    assert one.id not in ids(listed(world.api()))
    assert ids(listed(world.api(), **{"filter[cohort]": "2020"})) == [one.id]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (TIDEWAY, {TIDEWAY}),
        (f"{TIDEWAY.upper()}, {FELLSIDE}", {TIDEWAY, FELLSIDE}),
        (f"tideway,{FELLSIDE}", {FELLSIDE}),
        (NOWHERE, set()),
        ("tideway", set()),
        ("", {OAKFIELD, TIDEWAY, FELLSIDE}),
    ],
)
@accepts("read.participant-id")
def test_a_list_may_be_of_some_delivery_partners(wanted: str, expected: set[str]) -> None:
    api = World().api()
    found = listed(api, **{"filter[delivery_partner_id]": wanted})
    assert set(shown(found, "delivery_partner_id")) == expected
    assert found == [each for each in listed(api) if each["attributes"]["delivery_partner_id"] in expected]


@accepts("read.updated-since")
def test_the_list_of_what_changed_since_a_time_is_of_those_that_show_that_time_or_a_later_one() -> None:
    api = World().api()
    everything = listed(api)
    middle = sorted(shown(everything, "updated_at"))[len(everything) // 2]
    found = listed(api, **{"filter[updated_since]": middle})
    assert found == [each for each in everything if each["attributes"]["updated_at"] >= middle]
    assert middle in shown(found, "updated_at")


@accepts("read.updated-since")
def test_a_partnership_changes_with_its_school_and_its_delivery_partner() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    world.clock.at = datetime(2024, 11, 20, 10, tzinfo=UTC)
    backstage.choose_programme(school(world, KESTREL), "2026")
    now = {"filter[updated_since]": "2024-11-20T10:00:00Z"}
    assert set(shown(listed(api, **now), "school_id")) == {KESTREL}
    fellside = world.store.read().get(DeliveryPartner, FELLSIDE)
    assert fellside is not None
    backstage.change(fellside, name="Fellside Alliance", updated_at=world.clock.at)
    changed = listed(api, **now)
    assert set(shown(changed, "delivery_partner_name")) >= {"Fellside Alliance"}
    assert set(shown(changed, "updated_at")) == {"2024-11-20T10:00:00Z"}
    assert set(ids(listed(api, **{"filter[delivery_partner_id]": FELLSIDE}))) <= set(ids(changed))


@accepts("read.updated-since")
def test_whoever_polls_misses_no_change_of_a_partnership_whoever_made_it() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    made: list[str] = []

    def kestrels() -> Partnership:
        found = world.store.read().get(Partnership, made[0])
        assert found is not None
        return found

    def name_a_tutor() -> None:
        backstage.change(school(world, KESTREL), induction_tutor_name="Jo Bell", updated_at=world.clock.at)

    def rename_tideway() -> None:
        tideway = world.store.read().get(DeliveryPartner, TIDEWAY)
        assert tideway is not None
        backstage.change(tideway, name="Tideway", updated_at=world.clock.at)

    follow(
        Poller(api, PATH),
        [
            lambda: made.append(api.confirm_partnership(KESTREL, OAKFIELD).id),
            lambda: api.confirm_partnership(HILLTOP_VIEW, OAKFIELD, "2024"),
            lambda: api.change_delivery_partner(made[0], TIDEWAY),
            lambda: backstage.challenge(kestrels()),
            lambda: api.confirm_partnership(KESTREL, OAKFIELD),
            lambda: api.change_delivery_partner(made[0], TIDEWAY),
            name_a_tutor,
            rename_tideway,
        ],
    )


@accepts("read.updated-since")
def test_whoever_polls_participants_misses_none_who_come_with_a_partnership() -> None:
    world = World()
    backstage, api = Backstage(world), world.api()
    one = api.confirm_partnership(KESTREL, OAKFIELD).id
    backstage.person(cohort="2025", place=school(world, KESTREL))
    poller = Poller(api, "/participants/ecf")
    poller.poll()
    partnership = world.store.read().get(Partnership, one)
    assert partnership is not None
    backstage.challenge(partnership)
    poller.copy = {key: person for key, person in poller.copy.items() if key in api.get(poller.path, **ALL).ids}
    follow(
        poller,
        [
            lambda: api.confirm_partnership(KESTREL, OAKFIELD),
            lambda: api.change_delivery_partner(one, TIDEWAY),
        ],
    )


@refuses("read.updated-since", "read.page", "read.filter-object")
def test_filters_and_pages_of_another_form_are_refused() -> None:
    api = World().api()
    for query, title, rule in (
        ({"filter[updated_since]": "yesterday"}, "Bad request", "read.updated-since"),
        ({"page[page]": "0"}, "Bad request", "read.page"),
        ({"filter": "2024"}, "Bad parameter", "read.filter-object"),
    ):
        assert refusal(api, Api.get, PATH, **query) == Refusal(400, [title], [rule])
    one = f"{PATH}/{listed(api)[0]['id']}"
    assert refusal(api, Api.get, one, filter="2024") == Refusal(400, ["Bad parameter"], ["read.filter-object"])
    put = refusal(api, Api.send, "PUT", f"{one}?filter=2024", json={"data": {"attributes": {}}})
    assert put == Refusal(400, ["Bad parameter"], ["read.filter-object"])


@accepts("read.sort")
def test_without_sort_those_confirmed_first_come_first() -> None:
    world = World()
    api = world.api()
    before = listed(api)
    assert shown(before, "created_at") == sorted(shown(before, "created_at"))
    made = api.confirm_partnership(KESTREL, OAKFIELD)
    assert ids(listed(api)) == [*ids(before), made.id]
    assert listed(api, sort="created_at") == listed(api, sort="colour") == listed(api)


@accepts("read.sort")
def test_a_list_is_sorted_by_what_it_shows() -> None:
    api = World().api()
    everything = listed(api)
    for name in ("created_at", "updated_at"):
        times = shown(everything, name)
        assert shown(listed(api, sort=name), name) == sorted(times)
        assert shown(listed(api, sort=f"-{name}"), name) == sorted(times, reverse=True)
    assert ids(listed(api, sort="-id")) == sorted(ids(everything), reverse=True)


@pytest.mark.parametrize("sort", ["created_at", "-updated_at", "updated_at,-id"])
@accepts("read.sort", "read.page")
def test_pages_never_overlap_or_skip(sort: str) -> None:
    api = World().api()
    whole = listed(api, sort=sort)
    pages = [
        api.get(PATH, sort=sort, **{"page[page]": str(number), "page[per_page]": "7"}).data
        for number in range(1, len(whole) // 7 + 3)
    ]
    assert [each for page in pages for each in page] == whole
    assert pages[-1] == []
