"""In which order lists come, by themselves and as they are told."""

from __future__ import annotations

from typing import Any, Final

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts
from contract_tests.register.asking import (
    DECLARATIONS,
    ELSEWHERE,
    MENTOR,
    PARTICIPANTS,
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    STATEMENTS,
    TRANSFERS,
    UNFUNDED,
    declare,
    listed,
)
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage

IN_2025: Final = {"filter[cohort]": "2025"}


@pytest.fixture
def people(stage: RegisterBackstage) -> list[str]:
    """Three, in the order in which they were registered; the first was corrected last, and the names go backwards."""
    stage.partnership()
    about = (("2025-09-02", "Carol", "3000001"), ("2025-09-03", "Bob", "3000003"), ("2025-09-04", "Ann", "3000002"))
    made = [stage.registered(on=on, full_name=f"{name} Smith", trn=trn) for on, name, trn in about]
    stage.act("PATCH", f"/participants/{made[0]}", at="2026-09-14T09:00:00Z", full_name="Carol Jones")
    return made


@accepts("read.sort")
def test_people_come_as_they_were_made_unless_told_otherwise(api: Api, people: list[str]) -> None:
    first, second, third = people
    orders = {
        "created_at": [first, second, third],
        "-created_at": [third, second, first],
        "+created_at": [first, second, third],
        "updated_at": [second, third, first],
        "-updated_at": [first, third, second],
        "+updated_at,-created_at": [second, third, first],
        "trn": [first, third, second],
        "-trn": [second, third, first],
        "-id": [third, second, first],
        "api_id": sorted(people),
        "no-such-thing": [first, second, third],
        "no-such-thing,-created_at": [third, second, first],
        "": [first, second, third],
    }
    listed(api, PARTICIPANTS, people)
    for sort, expected in orders.items():
        listed(api, PARTICIPANTS, expected, sort=sort)
    require_equal([first, second, third], api.send("GET", f"{PARTICIPANTS}?sort=+-created_at").ids)
    require_equal([first, second, third], api.send("GET", f"{PARTICIPANTS}?sort[]=-created_at").ids)


@accepts("read.sort", "read.page")
def test_pages_are_cut_from_what_is_sorted(api: Api, people: list[str]) -> None:
    for sort, expected in (("-created_at", people[::-1]), ("created_at", people)):
        for page in (1, 2, 3):
            query = {"page[page]": str(page), "page[per_page]": "1", "sort": sort}
            listed(api, PARTICIPANTS, expected[page - 1 : page], **query)


@accepts("read.sort", "transfer.listed")
def test_moves_come_by_the_person(api: Api, people: list[str], stage: RegisterBackstage) -> None:
    for at, person in zip(("08", "07", "06"), people, strict=True):
        stage.act("POST", f"/participants/{person}/leave", at=f"2026-09-15T{at}:00:00Z", on="2026-10-30")
    require_equal([api.get(f"{PARTICIPANTS}/{each}/transfers").data for each in people], api.get(TRANSFERS).data)
    listed(api, TRANSFERS, people[::-1], sort="-created_at")
    listed(api, TRANSFERS, people[::-1], sort="updated_at")


@accepts("read.sort", "vis.unfunded-mentor")
def test_unfunded_mentors_come_as_they_were_made(api: Api, people: list[str], stage: RegisterBackstage) -> None:
    days = ("2025-10-02", "2025-10-03", "2025-10-04")
    mentors = [
        stage.registered("mentor", day, programme="school_led", mentee_id=ect)
        for day, ect in zip(days, people, strict=True)
    ]
    stage.act("PATCH", f"/participants/{mentors[0]}", email="changed@riverbank.example.com")
    require_equal([api.get(f"{UNFUNDED}/{each}").data for each in mentors], api.get(UNFUNDED).data)
    listed(api, UNFUNDED, mentors[::-1], sort="-created_at")
    listed(api, UNFUNDED, [*mentors[1:], mentors[0]], sort="updated_at")
    listed(api, UNFUNDED, [mentors[0], *mentors[:0:-1]], sort="-updated_at")


@accepts("read.sort")
def test_declarations_come_as_they_were_made_whatever_is_said(api: Api, people: list[str]) -> None:
    made = [declare(api.at(f"2026-09-1{day}T09:00:00Z"), each).id for day, each in enumerate(people, start=1)]
    api.at("2026-09-15T08:00:00Z").void(made[0]).is_accepted()
    require_equal([api.get(f"{DECLARATIONS}/{each}").data for each in made], api.get(DECLARATIONS).data)
    for sort in ("-created_at", "updated_at"):
        listed(api, DECLARATIONS, made, sort=sort)


@accepts("read.sort", "vis.partnership")
def test_partnerships_come_as_they_were_made(api: Api, stage: RegisterBackstage) -> None:
    first = stage.partnership("2025")
    second = stage.partnership("2025", urn="900101", at="2025-06-03T09:00:00Z")
    stage.act(
        "PATCH",
        "/schools/106286",
        at="2026-09-14T09:00:00Z",
        induction_tutor_name="Ann Field",
        induction_tutor_email="ann@riverbank.example.com",
    )
    listed(api, PARTNERSHIPS, [first, second])
    listed(api, PARTNERSHIPS, [second, first], sort="-created_at")
    listed(api, PARTNERSHIPS, [second, first], sort="-id")
    listed(api, PARTNERSHIPS, [second, first], sort="updated_at")
    listed(api, PARTNERSHIPS, [first, second], sort="-updated_at")


@accepts("read.sort", "vis.partnership")
def test_an_id_of_the_services_own_is_how_old_something_is(api: Api, stage: RegisterBackstage) -> None:
    """It is a number that grows, and is never shown: whatever is shown as an `id` is to be sorted by as `api_id`."""
    made = [
        stage.partnership("2025", urn=urn, at=f"2025-06-0{day}T09:00:00Z")
        for day, urn in enumerate(("900101", RIVERBANK, ELSEWHERE, "900103"), start=1)
    ]
    listed(api, PARTNERSHIPS, made, sort="id")
    listed(api, PARTNERSHIPS, made[::-1], sort="-id")
    listed(api, PARTNERSHIPS, sorted(made), sort="api_id")
    listed(api, PARTNERSHIPS, sorted(made, reverse=True), sort="-api_id")
    shown = {each["id"]: each["attributes"]["created_at"] for each in api.get(SCHOOLS, **IN_2025).data}
    for backwards, sign in ((False, ""), (True, "-")):
        _ordered([shown[id] for id in api.get(SCHOOLS, **IN_2025, sort=f"{sign}id").ids], backwards=backwards)
        _ordered(api.get(SCHOOLS, **IN_2025, sort=f"{sign}api_id").ids, backwards=backwards)


@accepts("read.sort")
def test_people_come_by_the_name_that_was_corrected_and_by_their_number(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership()
    about = (("Bob", "3000002"), ("Ann", None), ("Dan", "3000001"), ("Eve", "3000003"))
    first, second, third, fourth = (
        stage.registered(on=f"2025-09-0{day}", full_name=f"{name} Smith", **({"trn": trn} if trn else {"trn": None}))
        for day, (name, trn) in enumerate(about, start=2)
    )
    for person, name in ((fourth, "Amy Jones"), (first, "Zoe Jones")):
        stage.act("PATCH", f"/participants/{person}", full_name=name)
    listed(api, PARTICIPANTS, [third, first, fourth, second], sort="trn")
    listed(api, PARTICIPANTS, [fourth, first], sort="corrected_name", **{"page[per_page]": "2"})


@accepts("read.sort", "vis.school")
def test_schools_come_as_they_were_made_and_by_urn(api: Api, stage: RegisterBackstage) -> None:
    stage.partnership("2025", urn="900101", at="2026-09-14T09:00:00Z")
    shown = {each["id"]: each["attributes"] for each in api.get(SCHOOLS, **IN_2025).data}
    for sort, name, backwards in (
        ("", "created_at", False),
        ("urn", "urn", False),
        ("-urn", "urn", True),
        ("-created_at", "created_at", True),
        ("updated_at", "updated_at", False),
        ("-updated_at", "updated_at", True),
        ("name", "created_at", False),
    ):
        ids = api.get(SCHOOLS, **IN_2025, sort=sort).ids
        require_equal(set(shown), set(ids))
        _ordered([shown[id][name] for id in ids], backwards=backwards)


@accepts("read.sort", "vis.delivery-partner")
def test_delivery_partners_come_as_they_were_made_and_by_name(api: Api, stage: RegisterBackstage) -> None:
    for number, name in enumerate("CADBE"):
        new = {"provider": "northgate", "cohort": "2026", "delivery_partner_name": f"{name} Learning"}
        stage.act("POST", "/relationships", at=f"2026-09-1{number}T09:00:00Z", **new)
    seen = api.get(PARTNERS).data
    shown = {each["id"]: {"id": each["id"], **each["attributes"]} for each in seen}
    again = {"provider": "harbour", "cohort": "2026", "delivery_partner_id": seen[-3]["id"]}
    for sort, name in (
        *(("", "created_at"), ("created_at", "created_at"), ("id", "created_at")),
        *(("api_id", "id"), ("name", "name"), ("updated_at", "updated_at")),
    ):
        if sort == "updated_at":
            stage.act("POST", "/relationships", at="2026-09-15T08:00:00Z", **again)
            shown = {each["id"]: each["attributes"] for each in api.get(PARTNERS).data}
        for backwards in (False, True) if sort else (False,):
            ids = api.get(PARTNERS, sort=f"-{sort}" if backwards else sort).ids
            require_equal(set(shown), set(ids))
            _ordered([shown[id][name] for id in ids], backwards=backwards)


@accepts("read.sort", "vis.statement")
@pytest.mark.usefixtures("stage")
def test_statements_come_by_their_payment_date(api: Api) -> None:
    for query in ({}, IN_2025):
        _ordered([each["attributes"]["payment_date"] for each in api.every(STATEMENTS, **query)], backwards=False)


@accepts("read.sort")
def test_both_roles_come_in_one_list(api: Api, people: list[str], stage: RegisterBackstage) -> None:
    mentor = stage.registered("mentor", "2025-10-02")
    declare(api, mentor, course_identifier=MENTOR).is_accepted()
    listed(api, PARTICIPANTS, [*people, mentor])


def _ordered(values: list[Any], *, backwards: bool) -> None:
    """Raises ContractBroken unless they come in order."""
    require_equal(sorted(values, reverse=backwards), values)
