"""As deployed, an act moves the `updated_at` of what it changes, and of nothing else, whoever looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from sandbox.actors import dfe, school
from sandbox.model import Partnership, Placement, School
from sandbox.rules.visibility import newest_first
from tests.api import PROVIDERS, World
from tests.backstage import Backstage
from tests.rules.marks import accepts

from .mergers import moment, retire

OAKFIELD = "cd3a1234-7308-4879-942a-c4a70ced400a"
TIDEWAY = "af9d0057-760e-4807-b2be-d8ae7906acef"
ALL = {"page[per_page]": "3000"}
COHORTS = ("2021", "2022", "2023", "2024", "2025")
LISTS = {
    "v1 participants": ("v1", "/participants"),
    "participants": ("v3", "/participants/ecf"),
    "unfunded mentors": ("v3", "/unfunded-mentors/ecf"),
    "transfers": ("v3", "/participants/ecf/transfers"),
    "partnerships": ("v3", "/partnerships/ecf"),
    "declarations": ("v3", "/participant-declarations"),
    "statements": ("v3", "/statements"),
}


class Town:
    """A school, those who are there, and what three providers are shown of them."""

    def __init__(self) -> None:
        self.world = World(behaviour="deployed")
        self.backstage = Backstage(self.world)
        self.place = self.backstage.school()
        self.cohort = "2024"
        self.mentor = self.backstage.person("mentor", trn="7000101", place=self.place)
        self.other_mentor = self.backstage.person("mentor", trn="7000102", place=self.place)
        self.ada = self.backstage.person(trn="7000103", place=self.place, mentor_id=self.mentor)
        self.world.clock.at += timedelta(hours=1)

    @property
    def api(self) -> Any:
        """What Northgate asks."""
        return self.world.api("v3")

    @property
    def partnership(self) -> Partnership:
        """The school's, for the cohort."""
        (found,) = self.world.store.read().find(Partnership, school_id=self.place.id, cohort=self.cohort)
        return found

    def there(self, cohort: str | None = None) -> set[str]:
        """Everybody who is at the school and has not joined another since, of one cohort or of all."""
        reader, found = self.world.store.read(), set()
        for id in {placement.training_record_id for placement in reader.find(Placement, school_id=self.place.id)}:
            newest = newest_first(reader.find(Placement, training_record_id=id))[0]
            if newest.school_id == self.place.id and cohort in (None, newest.cohort):
                found.add(newest.participant_id)
        return found

    def moved(self, act: Callable[[], Any]) -> dict[str, set[str]]:
        """What is shown with another time once an act is done, list by list; what is not there before counts not."""
        before = self._times()
        self.world.clock.at += timedelta(seconds=10)
        with_rows = act()
        assert getattr(with_rows, "status", 200) in (200, 422)
        after = self._times()
        return {
            name: moved
            for name, times in after.items()
            if (moved := {id for id, at in times.items() if before[name].get(id, at) != at})
        }

    def _times(self) -> dict[str, dict[str, str]]:
        times: dict[str, dict[str, str]] = {}
        for provider in PROVIDERS:
            for name, (version, path) in LISTS.items():
                rows = self.world.api(version, provider).get(path, **ALL).data
                times.setdefault(name, {}).update({row["id"]: row["attributes"]["updated_at"] for row in rows})
        for cohort in COHORTS:
            query = {"filter[cohort]": cohort, **ALL}
            rows = self.world.api("v3").get("/schools/ecf", **query).data
            times[f"schools {cohort}"] = {row["id"]: row["attributes"]["updated_at"] for row in rows}
        return times

    def acting(self, act: Callable[..., Any], *things: Any, **more: Any) -> Any:
        """What a school or the DfE does."""
        with self.world.writing() as unit:
            return act(unit, moment(self.world), *things, **more)


def people(*ids: str) -> dict[str, set[str]]:
    """These people, in every version."""
    return {"v1 participants": set(ids), "participants": set(ids)}


def a_changed_partnership(town: Town) -> dict[str, set[str]]:
    """Everybody at the school, all its partnerships, and the school in every cohort."""
    listed = {row["id"] for p in PROVIDERS for row in _partnerships(town, p)}
    return {
        **people(*town.there()),
        "partnerships": listed,
        **{f"schools {cohort}": {town.place.id} for cohort in COHORTS},
    }


def _partnerships(town: Town, provider: str) -> list[Any]:
    rows = town.world.api("v3", provider).get("/partnerships/ecf", **ALL).data
    return [row for row in rows if row["attributes"]["school_id"] == town.place.id]


@pytest.mark.parametrize("act", ["defer", "withdraw"])
@accepts("read.updated-since")
def test_what_a_provider_reports_of_somebody_moves_them(act: str) -> None:
    town = Town()
    assert town.moved(lambda: getattr(town.api, act)(town.ada)) == people(town.ada)


@accepts("read.updated-since")
def test_a_change_of_schedule_moves_whom_it_is_about() -> None:
    town = Town()
    assert town.moved(lambda: town.api.change_schedule(town.ada, "ecf-extended-april")) == people(town.ada)


@accepts("read.updated-since")
def test_neither_a_declaration_nor_a_refusal_moves_anything() -> None:
    town = Town()
    assert town.moved(lambda: town.api.declare(town.ada, "started", "2024-10-14T09:00:00Z")) == {}
    assert town.moved(lambda: town.api.resume(town.ada)) == {}


@accepts("read.updated-since")
def test_a_mentor_assigned_moves_with_the_ect_and_the_mentor_before_does_not() -> None:
    town = Town()
    placement = town.backstage.placement(town.ada)
    moved = town.moved(lambda: town.acting(school.assign_mentor, placement, town.other_mentor))
    assert moved == people(town.ada, town.other_mentor)
    placement = town.backstage.placement(town.ada)
    assert town.moved(lambda: town.acting(school.assign_mentor, placement, None)) == people(town.ada)


@accepts("read.updated-since")
def test_somebody_registered_moves_nobody_not_even_their_mentor() -> None:
    town = Town()
    moved = town.moved(lambda: town.backstage.person(trn="7000109", place=town.place, mentor_id=town.mentor))
    assert moved == {}


@accepts("read.updated-since", "part.challenge")
def test_a_challenge_moves_the_school_all_its_partnerships_and_everybody_there() -> None:
    town = Town()
    expected = a_changed_partnership(town)
    moved = town.moved(lambda: town.backstage.challenge(town.partnership))
    still_seen = {id for p in PROVIDERS for id in town.world.api("v3", p).get("/participants/ecf", **ALL).ids}
    assert not still_seen & {town.ada, town.mentor}
    assert moved == expected | people(*expected["participants"] & still_seen)


@accepts("read.updated-since", "part.update-effect")
def test_another_delivery_partner_moves_as_much_and_the_same_one_nothing() -> None:
    town = Town()
    expected = a_changed_partnership(town)
    first = town.partnership.delivery_partner_id
    other = OAKFIELD if first != OAKFIELD else TIDEWAY
    assert town.moved(lambda: town.api.change_delivery_partner(town.partnership.id, other)) == expected
    assert town.moved(lambda: town.api.change_delivery_partner(town.partnership.id, other)) == {}


@accepts("read.updated-since")
def test_a_programme_moves_those_of_its_cohort_and_the_school_there_only() -> None:
    town = Town()
    moved = town.moved(lambda: town.acting(school.choose_programme, town.place, town.cohort, "provider_led"))
    assert moved == {**people(*town.there(town.cohort)), f"schools {town.cohort}": {town.place.id}}


@accepts("read.updated-since")
def test_the_dfe_s_findings_move_a_person_once() -> None:
    town = Town()
    assert town.moved(lambda: town.backstage.validate(town.ada, "checking_qts")) == people(town.ada)
    assert town.moved(lambda: town.backstage.validate(town.ada, "checking_qts")) == {}
    record = town.backstage.training_record(town.ada)
    assert town.moved(lambda: town.acting(dfe.end_induction, record, date(2024, 11, 1))) == people(town.ada)


@accepts("read.updated-since")
def test_what_a_school_reports_of_somebody_moves_them() -> None:
    town = Town()
    person = town.backstage.participant(town.ada)
    assert town.moved(lambda: town.acting(school.change_details, person, full_name="Ada Wood")) == people(town.ada)
    assert town.moved(lambda: town.acting(school.change_details, person, email="a@example.com")) == people(town.ada)
    placement = town.backstage.placement(town.ada)
    assert town.moved(lambda: town.acting(school.withdraw, placement)) == people(town.ada)


@accepts("read.updated-since")
def test_whoever_is_told_of_an_earlier_time_is_shown_the_latest_all_the_same() -> None:
    town = Town()
    shown = town.api.participant(town.ada)["updated_at"]
    assert town.api.at("2024-01-10T09:00:00Z").defer(town.ada).status == 200
    assert town.api.participant(town.ada)["updated_at"] == "2024-11-15T09:00:00Z" <= shown
    listed = town.api.get("/participants/ecf", **{"filter[updated_since]": "2024-11-15T00:00:00Z"}).ids
    assert town.ada not in listed


@accepts("read.updated-since")
def test_an_address_given_later_is_another_identity_that_only_v3_looks_at() -> None:
    town = Town()
    town.world.clock.at += timedelta(days=1)
    person = town.backstage.participant(town.ada)
    town.acting(school.change_details, person, email="a@example.com")
    assert town.api.at("2024-11-15T11:00:00Z").defer(town.ada).status == 200
    shown = [town.world.api(version).participant(town.ada)["updated_at"] for version in ("v1", "v3")]
    assert shown == ["2024-11-15T11:00:00Z", "2024-11-16T10:00:00Z"]


@accepts("read.updated-since", "id-change")
def test_a_merger_moves_the_one_who_remains() -> None:
    town = Town()
    moved = town.moved(lambda: retire(town.world, town.other_mentor, town.ada))
    assert moved == people(town.ada)


def test_the_school_of_the_tests_has_people_of_other_cohorts_too() -> None:
    town = Town()
    assert town.there() > town.there(town.cohort)
    assert isinstance(town.place, School)
