"""How a move from one school to another is shown, to whom, and who may declare after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import Unavailable, require
from contract_tests.marks import accepts, behaviour, refuses
from contract_tests.rules.partnership_offers import partnership, partnerships
from contract_tests.target.backstage import Backstage, Person

TRANSFERS = "/participants/ecf/transfers"
YESTERDAY, TODAY, TOMORROW = "2024-11-14", "2024-11-15", "2024-11-16"
SPRING = "2025-03-10T10:00:00Z"
FEW: Final = 3  # people whose transfers are looked at on several days


def every_transfer(api: Api) -> list[dict[str, Any]]:
    """Every transfer that a provider sees. Raises Unavailable."""
    found = [transfer for person in api.every(TRANSFERS) for transfer in person["attributes"]["transfers"]]
    if not found:
        raise Unavailable("nobody who moved to another school")
    return found


def the_one(api: Api, person: Person) -> dict[str, Any]:
    """Someone's only transfer, which the list has as well."""
    alone = api.get(f"/participants/ecf/{person.id}/transfers")
    listed = [each for each in api.every(TRANSFERS) if each["id"] == person.id]
    require(listed == [alone.data], "transfer.who-sees", f"{alone.data} in the list", listed, alone.exchange)
    (transfer,) = alone.attributes["transfers"]
    return dict(transfer)


def _transfers_of(api: Api, id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(f"/participants/ecf/{id}/transfers").attributes["transfers"]
    return found


def unseen(api: Api, person: Person) -> None:
    """A provider sees no transfer of theirs."""
    api.get(f"/participants/ecf/{person.id}/transfers").is_refused(404)
    ids = {each["id"] for each in api.every(TRANSFERS)}
    require(person.id not in ids, "transfer.who-sees", f"no transfer of {person.id} in the list", "one")


def leaves(backstage: Backstage, person: Person, on: str) -> None:
    backstage.act("POST", f"/participants/{person.id}/leave", on=on)


def joins(backstage: Backstage, person: Person, urn: str, on: str) -> None:
    backstage.act("POST", f"/participants/{person.id}/join", urn=urn, on=on)


def shown(transfer: dict[str, Any], check: str, **expected: Any) -> None:
    """A transfer has these members."""
    found = {name: transfer[name] for name in expected}
    require(found == expected, check, str(expected), found)


@accepts("transfer.type")
def test_every_transfer_has_the_type_that_its_sides_give_it(api: Api) -> None:
    for transfer in every_transfer(api):
        left, joined = transfer["leaving"], transfer["joining"]
        if joined is None:
            expected = "unknown"
        else:
            between = {left["provider"], joined["provider"]} - {None}
            expected = "new_provider" if len(between) == 2 else "new_school"
        shown(transfer, "transfer.type", transfer_type=expected)


@accepts("transfer.status")
def test_some_day_parts_what_is_complete_from_what_is_not(api: Api) -> None:
    days: dict[str, list[str]] = {"complete": [], "incomplete": []}
    for transfer in every_transfer(api):
        sides = [side["date"] for side in (transfer["leaving"], transfer["joining"]) if side is not None]
        days[transfer["status"]].append(max(sides))
    last, first = max(days["complete"], default=""), min(days["incomplete"], default="9999-12-31")
    require(last < first, "transfer.status", "what is complete dated before what is not", f"{last} and {first}")


@accepts("transfer.who-sees")
def test_every_transfer_is_from_or_to_the_provider(api: Api) -> None:
    between = [
        {side["provider"] for side in (transfer["leaving"], transfer["joining"]) if side is not None}
        for transfer in every_transfer(api)
    ]
    require(bool(set.intersection(*between)), "transfer.who-sees", "one provider on a side of each transfer", between)


@accepts("transfer.who-sees", "transfer.type")
def test_the_provider_that_is_left_sees_it_first_and_both_once_both_sides_are_reported(
    api: Api, rival: Api, backstage: Backstage
) -> None:
    someone = backstage.person()
    from_urn = api.enrolment(someone.id)["school_urn"]
    to_urn = partnership(rival, cohort=someone.cohort)["attributes"]["urn"]
    unseen(api, someone)
    leaves(backstage, someone, TODAY)
    first = the_one(api, someone)
    shown(first, "transfer.type", transfer_type="unknown", joining=None)
    unseen(rival, someone)
    joins(backstage, someone, to_urn, TOMORROW)
    second = the_one(api, someone)
    shown(second, "transfer.type", transfer_type="new_provider")
    left, joined = second["leaving"], second["joining"]
    urns = left["school_urn"], joined["school_urn"]
    require(urns == (from_urn, to_urn), "transfer.type", f"from {from_urn} to {to_urn}", urns)
    theirs = the_one(rival, someone)
    require(theirs == second, "transfer.who-sees", f"{second} for both", theirs)


@behaviour("documented")
@accepts("transfer.who-sees")
def test_nobody_sees_one_of_which_the_joining_side_alone_is_reported(
    api: Api, rival: Api, backstage: Backstage
) -> None:
    someone = backstage.person()
    joins(backstage, someone, partnership(rival, cohort=someone.cohort)["attributes"]["urn"], TODAY)
    unseen(api, someone)
    unseen(rival, someone)


@accepts("transfer.type")
def test_between_two_schools_of_one_provider_it_is_a_new_school(api: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    here = api.enrolment(someone.id)["school_urn"]
    urns = (each["attributes"]["urn"] for each in partnerships(api, cohort=someone.cohort))
    leaves(backstage, someone, YESTERDAY)
    joins(backstage, someone, next(urn for urn in urns if urn != here), TODAY)
    shown(the_one(api, someone), "transfer.type", transfer_type="new_school")


@accepts("transfer.status")
def test_it_is_complete_once_the_later_of_its_days_has_come(api: Api, rival: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    leaves(backstage, someone, TODAY)
    shown(the_one(api, someone), "transfer.status", status="complete")
    joins(backstage, someone, partnership(rival, cohort=someone.cohort)["attributes"]["urn"], TOMORROW)
    for at, status in (("T23:59:59Z", "incomplete"), ("T00:00:00Z", "complete")):
        time = (TODAY if status == "incomplete" else TOMORROW) + at
        for provider in (api, rival):
            shown(the_one(provider.at(time), someone), "transfer.status", status=status)


@accepts("transfer.status")
def test_so_it_is_where_they_leave_after_they_have_joined(api: Api, rival: Api, backstage: Backstage) -> None:
    someone = backstage.person()
    leaves(backstage, someone, TOMORROW)
    joins(backstage, someone, partnership(rival, cohort=someone.cohort)["attributes"]["urn"], YESTERDAY)
    for at, status in ((f"{TODAY}T23:59:59Z", "incomplete"), (f"{TOMORROW}T00:00:00Z", "complete")):
        shown(the_one(api.at(at), someone), "transfer.status", status=status)


@accepts("transfer.status")
def test_of_each_it_is_said_on_its_day_and_not_on_the_day_before(api: Api) -> None:
    every_transfer(api)
    for id in [person["id"] for person in api.every(TRANSFERS)][:FEW]:
        for number, transfer in enumerate(_transfers_of(api, id)):
            last = date.fromisoformat(max(side["date"] for side in (transfer["leaving"], transfer["joining"]) if side))
            for day, status in ((last - timedelta(days=1), "incomplete"), (last, "complete")):
                told = _transfers_of(api.at(f"{day}T12:00:00Z"), id)[number]
                shown(told, "transfer.status", status=status)


@accepts("transfer.declare-after")
def test_each_provider_declares_for_its_own_time(api: Api, rival: Api, backstage: Backstage) -> None:
    someone = _moved(api, rival, backstage)
    late = api.at(SPRING).declare(someone.id, "retained-1", "2025-01-20T09:00:00Z")
    late.is_accepted().shows(declaration_type="retained-1", participant_id=someone.id)
    rival.at(SPRING).change_schedule(someone.id, "ecf-extended-september").is_accepted()
    new = rival.at(SPRING).declare(someone.id, "extended-1", "2025-03-03T09:00:00Z")
    new.is_accepted().shows(declaration_type="extended-1", participant_id=someone.id)


@refuses("decl.one-per-milestone")
@accepts("transfer.declare-after")
def test_a_milestone_that_one_declared_the_other_cannot_until_it_is_voided(
    api: Api, rival: Api, backstage: Backstage
) -> None:
    someone = _moved(api, rival, backstage)
    before, after = api.at(SPRING), rival.at(SPRING)
    late = before.declare(someone.id, "retained-1", "2025-01-20T09:00:00Z").is_accepted()
    with after.nothing_changes(someone.id):
        after.declare(someone.id, "retained-1", "2025-03-03T09:00:00Z").is_refused(422, "base")
    before.void(late.id).is_accepted()
    after.declare(someone.id, "retained-1", "2025-03-03T09:00:00Z").is_accepted()


def _moved(api: Api, rival: Api, backstage: Backstage) -> Person:
    """Someone who was declared started by one provider and moved to another in February 2025."""
    someone = backstage.person(declared=["started"])
    urn = partnership(rival.in_version("v3"), cohort=someone.cohort)["attributes"]["urn"]
    leaves(backstage, someone, "2025-02-03")
    joins(backstage, someone, urn, "2025-02-03")
    return someone
