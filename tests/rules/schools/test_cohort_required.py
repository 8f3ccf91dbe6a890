"""Schools are asked for as of one cohort: `filter[cohort]` has to be there."""

from __future__ import annotations

import pytest

from sandbox.seeding.ids import school_id
from tests.api import Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import NOT_FOUND, refusal

SCHOOLS, RIVERBANK = "/schools/ecf", f"/schools/ecf/{school_id('106286')}"
LIST_AND_SINGLE = pytest.mark.parametrize("path", [SCHOOLS, RIVERBANK, f"{SCHOOLS}/nothing"])
NO_COHORT = (400, ["Bad parameter"], ["read.cohort-required"])
ALL = {"page[per_page]": "3000"}


@LIST_AND_SINGLE
@pytest.mark.parametrize(
    "query",
    [
        "",
        "sort=name",
        "cohort=2024",
        "filter[urn]=106286",
        "filter[cohorts]=2024",
        "filter[Cohort]=2024",
        "filter[updated_since]=yesterday",
        "filters[cohort]=2024",
    ],
)
@refuses("read.cohort-required")
def test_without_a_cohort_schools_are_not_shown(path: str, query: str) -> None:
    assert refusal(World().api(), Api.send, "GET", f"{path}?{query}") == NO_COHORT


@LIST_AND_SINGLE
@refuses("read.filter-object")
def test_a_filter_that_is_no_object_is_refused_as_such(path: str) -> None:
    refused = refusal(World().api(), Api.send, "GET", f"{path}?filter=2024")
    assert refused == (400, ["Bad parameter"], ["read.filter-object"])


@pytest.mark.parametrize("query", ["", " ", "1999", "2099", "next", ",2024", "2024.0", "20242025", "-2024", "\u0662"])
@accepts("read.cohort-required")
def test_a_blank_or_a_year_without_a_cohort_matches_nothing(query: str) -> None:
    api, cohort = World().api(), {"filter[cohort]": query}
    assert api.get(SCHOOLS, **cohort).data == []
    assert refusal(api, Api.get, RIVERBANK, **cohort) == NOT_FOUND


@pytest.mark.parametrize("query", ["filter[cohort]", "filter[cohort][]=2024", "filter[cohort][a]=2024"])
@accepts("read.cohort-required")
def test_a_list_or_an_object_for_a_cohort_counts_as_a_blank(query: str) -> None:
    api = World().api()
    assert api.send("GET", f"{SCHOOLS}?{query}").data == []
    assert refusal(api, Api.send, "GET", f"{RIVERBANK}?{query}") == NOT_FOUND


@pytest.mark.parametrize("cohort", ["2021", "2024", "2025"])
@accepts("read.cohort-required")
def test_every_school_shown_echoes_the_cohort(cohort: str) -> None:
    api = World().api()
    listed = api.get(SCHOOLS, **ALL, **{"filter[cohort]": cohort}).data
    assert {school["attributes"]["cohort"] for school in listed} == {cohort}
    assert api.get(RIVERBANK, **{"filter[cohort]": cohort}).attributes["cohort"] == cohort


@pytest.mark.parametrize("cohorts", ["2021,2022", "2021,", " 2021 , 2024", "2021,1999"])
@accepts("read.cohort-required")
def test_of_several_cohorts_the_first_counts(cohorts: str) -> None:
    api = World().api()
    of_2021 = api.get(SCHOOLS, **ALL, **{"filter[cohort]": "2021"}).data
    assert api.get(SCHOOLS, **ALL, **{"filter[cohort]": cohorts}).data == of_2021
    assert api.get(RIVERBANK, **{"filter[cohort]": cohorts}).attributes["cohort"] == "2021"
