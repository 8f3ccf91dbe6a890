"""What the deployed service sorts by: what its tables have, and not all of that."""

from __future__ import annotations

import pytest

from tests.api import Api, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal

ALL = {"page[per_page]": "3000"}


def listed(path: str, sort: str, key: str) -> list[str]:
    found = World(behaviour="deployed").api().get(path, sort=sort, **ALL).data
    return [resource["attributes"][key] for resource in found]


@pytest.mark.parametrize("sort", ["email", "-full_name", "created_at,-email"])
@refuses("read.sort")
def test_participants_cannot_be_sorted_by_what_belongs_to_the_person(sort: str) -> None:
    refused = refusal(World(behaviour="deployed").api(), Api.get, "/participants/ecf", sort=sort)
    assert refused == (400, ["Bad request"], ["read.sort"])
    assert World().api().get("/participants/ecf", sort=sort).status == 200


@pytest.mark.parametrize("sort", ["email", "-full_name"])
@accepts("read.sort")
def test_unfunded_mentors_can(sort: str) -> None:
    assert World(behaviour="deployed").api().get("/unfunded-mentors/ecf", sort=sort).status == 200


@accepts("read.sort")
def test_partnerships_are_sorted_by_any_column_of_their_own() -> None:
    cohorts = listed("/partnerships/ecf", "cohort_id", "cohort")
    assert cohorts == sorted(cohorts)
    assert listed("/partnerships/ecf", "-cohort_id", "cohort") == cohorts[::-1]
    challenged = [at is not None for at in listed("/partnerships/ecf", "challenged_at", "challenged_at")]
    assert challenged == sorted(challenged, reverse=True)
    assert True in challenged


@accepts("read.sort")
def test_a_bare_plus_makes_a_name_unknown_and_a_written_one_does_not() -> None:
    api = World(behaviour="deployed").api()
    by_update = api.get("/partnerships/ecf?sort=%2Bupdated_at", **{}).ids
    assert by_update == api.get("/partnerships/ecf?sort=updated_at").ids
    assert (
        api.get("/partnerships/ecf?sort=+updated_at,-created_at").ids
        == api.get("/partnerships/ecf?sort=-created_at").ids
    )
