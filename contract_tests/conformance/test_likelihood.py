"""What no document promises of one record, and what cannot be otherwise for all of them."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Callable
from itertools import chain
from typing import Any, Final

import pytest

from contract_tests.api import Api, enrolments
from contract_tests.checks import members
from contract_tests.conformance.endpoints import DECLARATIONS, STATEMENTS, endpoints
from contract_tests.errors import require
from contract_tests.forms import form
from contract_tests.lists import undisturbed
from contract_tests.marks import checks, only

SCHOOLS: Final = ("/schools/ecf", "/schools")
MONTHS: Final = tuple(calendar.month_name)
NAMES: Final = ("full_name", "name", "delivery_partner_name")
UNLIKELY: Final[tuple[Callable[[str], str], ...]] = (str.upper, str.lower, lambda name: f"{name.strip()} ")
ADDRESSES: Final = ("email", "induction_tutor_email")
FEW: Final = 5  # names that may well all be written alike

# Members that may be null, and in how many of a list they cannot all be. Not those that so many may well lack.
KNOWN_OF_SOMEBODY: Final = {
    "delivery_partner_id": 6,
    "email": 6,
    "induction_tutor_email": 6,
    "induction_tutor_name": 6,
    "mentor_id": 20,
    "overall_induction_start_date": 20,
    "reason": 3,
    "teacher_reference_number": 6,
}


@checks("check.references")
@only("v3")
def test_a_statement_is_called_by_a_month_that_its_days_are_about(seen: Api) -> None:
    for record in seen.every(STATEMENTS):
        shown = record["attributes"]
        months = sorted(str(shown[name])[:7] for name in ("cut_off_date", "payment_date"))
        known = shown["month"] in MONTHS[1:]
        called = f"{shown['year']}-{MONTHS.index(shown['month']):02}" if known else ""
        expected = f"{record['id']}: a month from {months[0]} to {months[1]}"
        require(months[0] <= called <= months[1], "check.references", expected, f"{shown['month']} {shown['year']}")


@checks("check.references")
@only("v3")
def test_what_is_paid_is_not_all_to_be_paid_later_than_what_is_not(seen: Api) -> None:
    days: dict[bool, list[str]] = {True: [], False: []}
    for record in seen.every(STATEMENTS):
        days[record["attributes"]["paid"]].append(record["attributes"]["payment_date"])
    inverted = min(map(len, days.values())) > 1 and min(days[True]) > max(days[False])
    require(not inverted, "check.references", "a paid statement before one that is not", f"none by {days[True][:1]}")


@checks("check.references")
@only("v3")
def test_statements_are_paid_after_the_last_day_that_they_are_about(seen: Api) -> None:
    days = [(one["attributes"]["cut_off_date"], one["attributes"]["payment_date"]) for one in seen.every(STATEMENTS)]
    turned = any(paid < last for last, paid in days) and not any(last < paid for last, paid in days)
    require(not turned, "check.references", "a payment_date later than its cut_off_date", f"none of {len(days)}")


@checks("check.references")
@only("v3")
@pytest.mark.parametrize("path", [DECLARATIONS, STATEMENTS, "partnerships"])
def test_each_is_of_one_cohort_and_several_cohorts_have_those_of_each(seen: Api, path: str) -> None:
    path = form().partnerships if path == "partnerships" else path

    def read() -> dict[str, list[str]]:
        cohorts = sorted({record["attributes"]["cohort"] for record in seen.every(STATEMENTS)})
        asked = (*cohorts, ",".join(cohorts))
        return {each: _ids(seen.every(path, **{"filter[cohort]": each})) for each in asked if each}

    def holds(found: dict[str, list[str]]) -> None:
        alone = Counter(chain.from_iterable(ids for cohort, ids in found.items() if "," not in cohort))
        several = sorted(id for id, number in alone.items() if number > 1)
        require(not several, "check.references", f"each in {path} to be of one cohort", several[:FEW])
        for cohorts, ids in found.items():
            if "," in cohorts:
                odd = sorted(alone.keys() ^ {*ids})
                require(not odd, "check.references", f"in {path} for {cohorts} those of each", f"not so: {odd[:FEW]}")

    undisturbed(read, holds)


@checks("check.references")
@only("v3")
def test_what_may_be_null_is_not_so_for_everybody(seen: Api) -> None:
    """Much may be declared of few people, so these are counted."""
    for known in endpoints("v3"):
        values: dict[str, dict[str, list[Any]]] = {name: {} for name in KNOWN_OF_SOMEBODY}
        records = seen.every(known.path, **known.query)  # schools tell tutors only to those in whom they are interested
        for record in [each for each in records if each["attributes"].get("expression_of_interest", True)]:
            whose = record["attributes"].get("participant_id", record["id"])
            for name, value in members([record]):
                if name in values:
                    values[name].setdefault(whose, []).append(value)
        for name, found in values.items():
            nobodys = all(value is None for own in found.values() for value in own)
            unknown = len(found) >= KNOWN_OF_SOMEBODY[name] and nobodys
            require(not unknown, "check.references", f"a {name} of some record of {known}", f"null in all {len(found)}")


@checks("check.references")
def test_records_of_a_kind_have_the_same_members(seen: Api) -> None:
    """Whether one that documents leave open is shown is a matter of the service, not of the record."""
    for known in endpoints(seen.version):
        kinds: dict[str, set[frozenset[str]]] = {}
        for record in seen.every(known.path, **known.query):
            kinds.setdefault("record", set()).add(frozenset(record["attributes"]))
            for each in enrolments(record):
                kinds.setdefault("training", set()).add(frozenset(each))
        for kind, shapes in kinds.items():
            odd = sorted(frozenset.union(*shapes) - frozenset.intersection(*shapes)) if shapes else []
            require(not odd, "check.references", f"the same members of each {kind} in {known}", f"only some have {odd}")


@checks("check.references")
def test_names_and_addresses_are_written_as_people_write_them(seen: Api) -> None:
    for known in endpoints(seen.version):
        records = seen.every(known.path, **known.query)
        names = [value for name, value in members(records) if name in NAMES and value]
        for written in UNLIKELY:
            alike = len(names) > FEW and all(name == written(name) for name in names)
            require(not alike, "check.references", f"names in {known} as people write them", names[:FEW])
        addresses = [value for name, value in members(records) if name in ADDRESSES and value]
        wrong = len(addresses) > 1 and not any("@" in address for address in addresses)
        require(not wrong, "check.references", f"addresses in {known} with an @", addresses[:FEW])
        loud = len(addresses) > FEW and all(address.isupper() for address in addresses)
        require(not loud, "check.references", f"addresses in {known} not all in capitals", addresses[:FEW])


@checks("check.references")
@only("v3")
def test_schools_are_in_partnership_for_a_programme_that_providers_lead(seen: Api) -> None:
    (known,) = [each for each in endpoints("v3") if each.path in SCHOOLS]
    schools = [record["attributes"] for record in seen.every(known.path, **known.query)]
    led = [each["induction_programme_choice"] == "provider_led" for each in schools if each["in_partnership"]]
    require(not led or any(led), "check.references", "some school in partnership that is provider-led", "none")
    others = [each["in_partnership"] for each in schools if each["induction_programme_choice"] != "provider_led"]
    require(len(others) < 2 or not all(others), "check.references", "schools without a partnership", "none")


@checks("check.references")
@only("v3")
def test_each_move_is_there_once(seen: Api) -> None:
    for record in seen.every(f"{form().participants}/transfers"):
        moves = record["attributes"]["transfers"]
        twice = [each for place, each in enumerate(moves) if each in moves[:place]]
        require(not twice, "check.references", f"{record['id']}: each move once", twice)


@checks("check.references")
@only("v3")
def test_each_provider_is_called_by_one_name(seen: Api) -> None:
    told = [*seen.every(DECLARATIONS), *seen.every(f"{form().participants}/transfers")]
    names = {value for name, value in members(told) if name in ("lead_provider_name", "provider") and value}
    alike = [name for name in names if any(name != other and _letters(name) == _letters(other) for other in names)]
    require(not alike, "check.references", "one name for each provider", sorted(alike))


@checks("check.references")
@only("v3")
def test_whoever_moved_is_at_a_school_that_was_left_or_joined(seen: Api) -> None:
    def holds(read: tuple[list[Any], list[Any]]) -> None:
        people, moved = read
        schools: dict[str, set[str | None]] = {}
        for record in moved:
            for each in record["attributes"]["transfers"]:
                sides = schools.setdefault(each["training_record_id"], set())
                sides |= {side and side["school_urn"] for side in (each["leaving"], each["joining"])}
        for person in people:
            for enrolment in enrolments(person):
                known = schools.get(enrolment["training_record_id"], {None})
                at = enrolment["school_urn"]
                require(None in known or at in known, "check.references", f"{person['id']} at one of {known}", at)

    people = form().participants
    undisturbed(lambda: (seen.every(people), seen.every(f"{people}/transfers")), holds)


def _letters(name: str) -> str:
    """A name without what is written in one way or another."""
    return "".join(filter(str.isalnum, name.casefold()))


def _ids(records: list[Any]) -> list[str]:
    return [record["id"] for record in records]
