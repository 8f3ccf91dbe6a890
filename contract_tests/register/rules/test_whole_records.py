"""Every attribute of a record of each kind, in a world in which all is known: in the order in which it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.marks import accepts
from contract_tests.register.asking import (
    DECLARATIONS,
    ELSEWHERE,
    PARTICIPANTS,
    PARTNERS,
    PARTNERSHIPS,
    SCHOOLS,
    TRANSFERS,
    UNFUNDED,
    declare,
    school,
)
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage

OAKFIELD = "Oakfield Teaching School Hub"
TUTOR = {"induction_tutor_name": "Ann Field", "induction_tutor_email": "ann@riverbank.example.com"}


@dataclass(frozen=True)
class Known:
    """What there is."""

    partnership: str
    partner: str
    ect: str
    mentor: str
    unfunded: str


@pytest.fixture
def known(api: Api, stage: RegisterBackstage) -> Known:
    """An ECT with a mentor at Riverbank, and another mentor there who is not funded."""
    stage.act("PATCH", f"/schools/{RIVERBANK}", at="2025-06-01T08:00:00Z", **TUTOR)
    partner = next(each["id"] for each in api.get(PARTNERS).data if each["attributes"]["name"] == OAKFIELD)
    partnership = stage.partnership(delivery_partner_id=partner)
    ect = stage.registered(
        full_name="Jane Smith",
        trn="3333331",
        email="jane@riverbank.example.com",
        working_pattern="part_time",
        induction_starts_on="2025-09-02",
    )
    mentor = stage.registered(
        "mentor", "2025-09-03", full_name="Max Hall", trn="3333332", email="max@riverbank.example.com", mentee_id=ect
    )
    apart = stage.registered(on="2025-09-04", full_name="Ivy Lane", trn="3333333", email="ivy@riverbank.example.com")
    unfunded = stage.registered(
        "mentor",
        "2025-09-05",
        full_name="Una West",
        trn="3333334",
        email="una@riverbank.example.com",
        programme="school_led",
        mentee_id=apart,
    )
    return Known(partnership=partnership, partner=partner, ect=ect, mentor=mentor, unfunded=unfunded)


def is_just(api: Api, path: str, id: str, expected: dict[str, Any], *but: str, **query: str) -> None:
    """Raises ContractBroken unless a record shows just this, in this order; of `but` only that it is there."""
    shown = api.get(f"{path}/{id}", **query)
    told = {name: "…" if name in but else value for name, value in shown.attributes.items()}
    require_equal(list(expected.items()), list(told.items()), shown.exchange)


@accepts("vis.participant", "show.mentor", "show.eligible", "show.induction", "show.uplifts", "show.full-name")
def test_a_participant(api: Api, known: Known) -> None:
    shown = api.get(f"{PARTICIPANTS}/{known.ect}")
    (enrolment,) = shown.attributes["ecf_enrolments"]
    ects = {
        "training_record_id": enrolment["training_record_id"],
        "email": "jane@riverbank.example.com",
        "mentor_id": known.mentor,
        "school_urn": RIVERBANK,
        "participant_type": "ect",
        "cohort": "2025",
        "training_status": "active",
        "participant_status": "active",
        "eligible_for_funding": True,
        "pupil_premium_uplift": False,
        "sparsity_uplift": False,
        "schedule_identifier": "ecf-standard-september",
        "delivery_partner_id": known.partner,
        "withdrawal": None,
        "deferral": None,
        "created_at": "2025-09-02T09:00:00Z",
        "induction_end_date": None,
        "most_recent_induction_period_end_date": None,
        "overall_induction_start_date": "2025-09-02",
        "mentor_funding_end_date": None,
        "cohort_changed_after_payments_frozen": False,
        "mentor_ineligible_for_funding_reason": None,
        "working_pattern": "part_time",
    }
    require_equal(list(ects.items()), list(enrolment.items()), shown.exchange)
    person = {
        "full_name": "Jane Smith",
        "teacher_reference_number": "3333331",
        "updated_at": "2025-09-03T09:00:00Z",
        "ecf_enrolments": "…",
        "participant_id_changes": [],
    }
    is_just(api, PARTICIPANTS, known.ect, person, "ecf_enrolments")
    (mentors,) = api.get(f"{PARTICIPANTS}/{known.mentor}").attributes["ecf_enrolments"]
    differ = {
        "training_record_id": mentors["training_record_id"],
        "email": "max@riverbank.example.com",
        "mentor_id": None,
        "participant_type": "mentor",
        "created_at": "2025-09-03T09:00:00Z",
        "overall_induction_start_date": None,
        "working_pattern": None,
    }
    require_equal(list((ects | differ).items()), list(mentors.items()))


@accepts("vis.unfunded-mentor", "updated.unfunded-mentor")
def test_an_unfunded_mentor(api: Api, known: Known) -> None:
    registered = "2025-09-05T09:00:00Z"
    mentor = {
        "full_name": "Una West",
        "email": "una@riverbank.example.com",
        "teacher_reference_number": "3333334",
        "created_at": registered,
        "updated_at": registered,
    }
    is_just(api, UNFUNDED, known.unfunded, mentor)


@accepts("vis.declaration", "decl.records-context", "decl.eligible")
def test_a_declaration(api: Api, known: Known) -> None:
    made = declare(api.at("2026-09-14T08:00:00Z"), known.ect, evidence_held="training-event-attended")
    declaration = {
        "participant_id": known.ect,
        "declaration_type": "started",
        "course_identifier": "ecf-induction",
        "declaration_date": "2025-10-10T09:00:00Z",
        "mentor_id": known.mentor,
        "state": "eligible",
        "updated_at": "2026-09-14T08:00:00Z",
        "created_at": "2026-09-14T08:00:00Z",
        "delivery_partner_id": known.partner,
        "statement_id": "…",
        "clawback_statement_id": None,
        "ineligible_for_funding_reason": None,
        "uplift_paid": False,
        "evidence_held": "training-event-attended",
        "lead_provider_name": "Northgate Teaching Institute",
    }
    is_just(api, DECLARATIONS, made.id, declaration, "statement_id")


@accepts("vis.partnership", "part.training-count", "school.tutor")
def test_a_partnership(api: Api, known: Known) -> None:
    partnership = {
        "cohort": "2025",
        "urn": RIVERBANK,
        "school_id": school(api)["id"],
        "delivery_partner_id": known.partner,
        "delivery_partner_name": OAKFIELD,
        **TUTOR,
        "participants_currently_training": 3,
        "created_at": "2025-06-02T09:00:00Z",
        "updated_at": "…",
    }
    is_just(api, PARTNERSHIPS, known.partnership, partnership, "updated_at")


@pytest.mark.usefixtures("known")
@accepts("vis.school", "school.interest", "school.programme", "school.partnered", "school.tutor")
def test_a_school(api: Api, rival: Api) -> None:
    there = {
        "name": "Riverbank Primary School",
        "urn": RIVERBANK,
        "cohort": "2025",
        "in_partnership": True,
        "induction_programme_choice": "provider_led",
        "expression_of_interest": True,
        **TUTOR,
        "created_at": "…",
        "updated_at": "…",
    }
    id, when = str(school(api)["id"]), ("created_at", "updated_at")
    in_2025 = {"filter[cohort]": "2025"}
    is_just(api, SCHOOLS, id, there, *when, **in_2025)
    unknown = {"expression_of_interest": False, "induction_tutor_name": None, "induction_tutor_email": None}
    is_just(rival, SCHOOLS, id, there | unknown, *when, **in_2025)
    nothing_yet = {"in_partnership": False, "induction_programme_choice": "not_yet_known"}
    is_just(api, SCHOOLS, id, there | unknown | nothing_yet | {"cohort": "2026"}, *when, **{"filter[cohort]": "2026"})


@accepts("vis.delivery-partner")
def test_a_delivery_partner(api: Api, known: Known) -> None:
    years = ["2021", "2022", "2023", "2024", "2025", "2026"]
    partner = {"name": OAKFIELD, "created_at": "…", "updated_at": "…", "cohort": years}
    is_just(api, PARTNERS, known.partner, partner, "created_at", "updated_at")


@accepts("transfer.listed", "transfer.type", "transfer.status", "updated.transfer")
def test_a_move(api: Api, known: Known, stage: RegisterBackstage) -> None:
    stage.partnership(urn=ELSEWHERE)
    about = {"urn": ELSEWHERE, "on": "2026-10-05"}
    stage.act("POST", f"/participants/{known.ect}/join", at="2026-09-14T08:00:00Z", **about)
    (enrolment,) = api.get(f"{PARTICIPANTS}/{known.ect}").attributes["ecf_enrolments"]
    moved = {
        "training_record_id": enrolment["training_record_id"],
        "transfer_type": "new_school",
        "status": "incomplete",
        "created_at": "2025-09-02T09:00:00Z",
        "leaving": {"school_urn": RIVERBANK, "provider": "Northgate Teaching Institute", "date": "2026-10-04"},
        "joining": {"school_urn": ELSEWHERE, "provider": "Northgate Teaching Institute", "date": "2026-10-05"},
    }
    shown = api.get(TRANSFERS)
    (listed,) = shown.data
    require_equal((known.ect, "2026-09-14T08:00:00Z"), (listed["id"], listed["attributes"]["updated_at"]))
    (move,) = listed["attributes"]["transfers"]
    require_equal(list(moved.items()), list(move.items()), shown.exchange)
    require_equal(enrolment["email"], "jane@riverbank.example.com")
