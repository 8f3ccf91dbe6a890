"""`filter[cohort]`."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import Unavailable, require_equal
from contract_tests.lists import PARTICIPANTS, alike, some, undisturbed
from contract_tests.marks import accepts, behaviour, only
from contract_tests.target.backstage import Backstage

YEARS: Final = ("2021", "2022", "2023", "2024", "2025")


@accepts("read.cohort-filter")
def test_a_year_in_which_no_cohort_starts_matches_nobody(api: Api) -> None:
    some(api, PARTICIPANTS, 1)
    for year in ("1066", "2100", "next", "1066,2100"):
        require_equal([], api.get(PARTICIPANTS, **{"filter[cohort]": year}).data)


@accepts("read.cohort-filter")
def test_several_years_find_whom_each_of_them_finds(api: Api) -> None:
    def of(*years: str) -> list[str]:
        return sorted({person["id"] for person in api.every(PARTICIPANTS, **{"filter[cohort]": ",".join(years)})})

    def is_the_union(found: tuple[list[str], list[str]]) -> None:
        first, second = found
        require_equal(sorted({*first, *second}), of(YEARS[2], YEARS[3]))

    undisturbed(lambda: (of(YEARS[2]), of(YEARS[3])), is_the_union)


@behaviour("documented")
@accepts("read.cohort-filter")
def test_a_space_between_them_makes_no_difference(api: Api) -> None:
    some(api, PARTICIPANTS, 1)
    alike(
        api, PARTICIPANTS, {"filter[cohort]": f"{YEARS[2]},{YEARS[3]}"}, {"filter[cohort]": f"{YEARS[2]}, {YEARS[3]}"}
    )


@accepts("read.cohort-filter")
def test_without_it_those_of_every_cohort_are_listed(api: Api) -> None:
    undisturbed(
        lambda: {person["id"] for person in api.every(PARTICIPANTS)},
        lambda everyone: require_equal(
            set(), {person["id"] for person in api.every(PARTICIPANTS, **{"filter[cohort]": YEARS[2]})} - everyone
        ),
    )


@accepts("read.cohort-filter")
def test_someone_is_found_by_their_cohort_and_by_no_other(api: Api, backstage: Backstage) -> None:
    someone = backstage.person(cohort="2023")
    for year in YEARS:
        found = [person["id"] for person in api.every(PARTICIPANTS, **{"filter[cohort]": year})]
        require_equal(year == "2023", someone.id in found)
    several = [person["id"] for person in api.every(PARTICIPANTS, **{"filter[cohort]": "2022,2023"})]
    require_equal(True, someone.id in several)
    require_equal(True, someone.id in [person["id"] for person in api.every(PARTICIPANTS)])


@accepts("read.cohort-filter")
def test_someone_who_changed_cohorts_is_found_by_the_one_they_left_in_v1_and_v2_alone(
    api: Api, backstage: Backstage, version: str
) -> None:
    id = backstage.act("POST", "/participants", cohort="2024")["participant"]["id"]
    api.change_schedule(id, "ecf-standard-april", cohort="2023").is_accepted()

    def finds(year: str) -> bool:
        return id in [person["id"] for person in api.every(PARTICIPANTS, **{"filter[cohort]": year})]

    require_equal(True, finds("2023"))
    require_equal(version != "v3", finds("2024"))


@only("v3")
@accepts("read.cohort-filter")
def test_partnerships_and_statements_are_of_the_cohorts_asked_for(api: Api) -> None:
    proved = 0
    for path in ("/partnerships/ecf", "/statements"):
        for years in ("2022", "2022,2023", "1066"):
            found: list[Any] = api.get(path, **{"filter[cohort]": years}).data
            proved += len(found)
            require_equal(set(), {each["attributes"]["cohort"] for each in found} - set(years.split(",")))
    if not proved:
        raise Unavailable("no partnership and no statement of 2022 or 2023")


@only("v3")
@accepts("read.cohort-filter")
def test_what_is_of_2020_is_shown_to_whoever_asks_for_that_year_alone(api: Api, stage: Backstage) -> None:
    related = stage.act("POST", "/relationships", delivery_partner_name="Ferry Lane Learning", cohort="2020")
    partner = related["relationship"]["delivery_partner"]["id"]
    (school, *_) = some(api, "/schools/ecf", 1, **{"filter[cohort]": "2020"})
    stage.act("POST", f"/schools/{school['attributes']['urn']}/programme", programme="provider_led", cohort="2020")
    made = api.confirm_partnership(school["id"], partner, "2020").is_accepted().id
    for path, id in (("/partnerships/ecf", made), ("/delivery-partners", partner)):
        for query, found in (({}, False), ({"filter[cohort]": "2020"}, True), ({"filter[cohort]": "2020,2021"}, True)):
            require_equal(found, id in [each["id"] for each in api.every(path, **query)])
        api.get(f"{path}/{id}").is_accepted()
