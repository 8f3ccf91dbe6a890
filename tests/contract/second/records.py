"""Who is in training here, what has been declared of them, and how v3 shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from tests.contract.second.programme import SCHEDULES, Window

LIVE: Final = frozenset({"submitted", "eligible", "payable", "paid"})
COURSES: Final = {"ect": "ecf-induction", "mentor": "ecf-mentor"}


def id_of(kind: str, number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"{kind}/{number}"))


PARTNER: Final = id_of("partner", 1)


@dataclass(eq=False)
class Person:
    """Someone in training for one course. `eligible` is None while the DfE does not know."""

    number: int
    role: str
    cohort: str
    schedule: str
    eligible: bool | None
    joined_at: datetime

    @property
    def id(self) -> str:
        return id_of("person", self.number)

    @property
    def course(self) -> str:
        return COURSES[self.role]

    @property
    def windows(self) -> Mapping[str, Window]:
        return SCHEDULES[self.cohort, self.schedule]

    def shown(self, now: datetime) -> dict[str, Any]:
        enrolment = {
            "training_record_id": id_of("training", self.number),
            "email": f"person-{self.number}@example.org",
            "mentor_id": None,
            "school_urn": "123456",
            "participant_type": self.role,
            "cohort": self.cohort,
            "training_status": "active",
            "participant_status": "active" if self.joined_at.date() <= now.date() else "joining",
            "teacher_reference_number_validated": True,
            "eligible_for_funding": self.eligible,
            "pupil_premium_uplift": False,
            "sparsity_uplift": False,
            "schedule_identifier": self.schedule,
            "delivery_partner_id": PARTNER,
            "withdrawal": None,
            "deferral": None,
            "created_at": _written(self.joined_at),
            "induction_end_date": None,
            "mentor_funding_end_date": None,
            "cohort_changed_after_payments_frozen": False,
            "mentor_ineligible_for_funding_reason": None,
        }
        attributes = {
            "full_name": f"Person {self.number}",
            "teacher_reference_number": f"{1_000_000 + self.number}",
            "updated_at": _written(self.joined_at),
            "ecf_enrolments": [enrolment],
            "participant_id_changes": [],
        }
        return {"id": self.id, "type": "participant", "attributes": attributes}


@dataclass(eq=False)
class Declaration:
    """What was declared. `first_shown` is how it was answered when it was."""

    number: int
    person: Person
    type: str
    dated: datetime
    evidence: str | None
    state: str
    created_at: datetime
    updated_at: datetime
    first_shown: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return id_of("declaration", self.number)

    def shown(self) -> dict[str, Any]:
        attributes = {
            "participant_id": self.person.id,
            "declaration_type": self.type,
            "declaration_date": _written(self.dated),
            "course_identifier": self.person.course,
            "state": self.state,
            "updated_at": _written(self.updated_at),
            "created_at": _written(self.created_at),
            "delivery_partner_id": PARTNER,
            "statement_id": id_of("statement", int(self.person.cohort)) if self.state == "eligible" else None,
            "clawback_statement_id": None,
            "ineligible_for_funding_reason": None,
            "mentor_id": None,
            "uplift_paid": False,
            "evidence_held": self.evidence,
            "has_passed": None,
            "lead_provider_name": "The second server's provider",
        }
        return {"id": self.id, "type": "participant-declaration", "attributes": attributes}


def people() -> Iterator[Person]:
    """On each schedule an ECT and a mentor who are paid for, and two ECTs of whom that is not known yet."""
    number = 0
    for cohort, schedule in SCHEDULES:
        for role, eligible in (("ect", True), ("mentor", True), ("ect", None), ("ect", None)):
            number += 1
            joined_at = datetime(int(cohort), 9, 1, 9, number, tzinfo=UTC)
            yield Person(number, role, cohort, schedule, eligible, joined_at)


def taken_back(person: Person) -> Declaration:
    """What was once declared of someone, too early, and has been voided."""
    at = person.joined_at
    return Declaration(person.number, person, "started", at, None, "voided", at, at)


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
