"""People and declarations shown otherwise than they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from sandbox.edition import Defect
from sandbox.editions.register.presented import Participant, PresentedSchool
from sandbox.model import Mentorship, Teacher, TrainingPeriod
from sandbox.model.people import ParticipantType
from sandbox.rules.parts import altered, becoming

Json = dict[str, Any]
Status = Callable[[TrainingPeriod, date | None, date], str]
Shown = Callable[[Any], Json]


def _deferred_whatever_came_later(training: TrainingPeriod) -> str:
    if training.deferred_at is not None:
        return "deferred"
    return "withdrawn" if training.withdrawn_at is not None else "active"


def _left_the_day_after(status: Status) -> Status:
    def derived(training: TrainingPeriod, completed_on: date | None, today: date) -> str:
        return "leaving" if training.ends_on == today else status(training, completed_on, today)

    return derived


def _active_before_it_begins(status: Status) -> Status:
    def derived(training: TrainingPeriod, completed_on: date | None, today: date) -> str:
        found = status(training, completed_on, today)
        return "active" if found == "joining" else found

    return derived


def _not_once_exempt(teacher: Teacher, role: ParticipantType) -> bool | None:
    known = teacher.as_role(role)
    if known.ineligible_from is not None:
        return False
    return True if known.became_eligible_at is not None else None


def _the_first_mentor(mentorships: Iterable[Mentorship], _now: datetime) -> Mentorship | None:
    return min(mentorships, key=lambda each: each.starts_on, default=None)


def _showing(**others: Callable[[Json, Any], Any]) -> Callable[[Shown], Shown]:
    """A view in which some attributes are others, made of those that are shown and of the record."""

    def change(view: Shown) -> Shown:
        def shown(record: Any) -> Json:
            json = view(record)
            attributes = json["attributes"]
            return json | {"attributes": attributes | {name: of(attributes, record) for name, of in others.items()}}

        return shown

    return change


def _as_first_known(view: Shown) -> Shown:
    """Names are shown without what was corrected in them."""

    def shown(person: Participant) -> Json:
        return view(replace(person, teacher=msgspec.structs.replace(person.teacher, corrected_name=None)))

    return shown


def _enrolments(alter: Callable[[Json], Json]) -> Callable[[Shown], Shown]:
    return _showing(ecf_enrolments=lambda shown, _: [each | alter(each) for each in shown["ecf_enrolments"]])


def _as_created(shown: Json, _: Any) -> Any:
    return shown["created_at"]


def _as_registered(_: Json, person: Participant) -> Any:
    return person.teacher.created_at


def _of_the_school_alone(_: Json, school: PresentedSchool) -> Any:
    return school.school.updated_at


SHOWING: Final = (
    Defect(
        name="deferral-shown-for-a-withdrawal",
        about="Shows who was deferred and then withdrawn as deferred.",
        breaks="show.training-status",
        rules=altered("showing.training_status", becoming(_deferred_whatever_came_later)),
    ),
    Defect(
        name="left-the-day-after",
        about="Shows who leaves today as leaving until tomorrow.",
        breaks="status.derive",
        rules=altered("showing.participant_status", _left_the_day_after),
    ),
    Defect(
        name="active-before-it-begins",
        about="Shows training that is still to begin as active.",
        breaks="status.derive",
        rules=altered("showing.participant_status", _active_before_it_begins),
    ),
    Defect(
        name="exemption-shown-first",
        about="Shows who became eligible, and was exempt later, as not eligible.",
        breaks="show.eligible",
        rules=altered("showing.eligible_for_funding", becoming(_not_once_exempt)),
    ),
    Defect(
        name="former-mentor-shown",
        about="Shows an ECT's first mentor, whether they still mentor or not.",
        breaks="show.mentor",
        rules=altered("showing.mentorship", becoming(_the_first_mentor)),
    ),
    Defect(
        name="corrected-name-ignored",
        about="Shows the name that was known first, whatever was corrected.",
        breaks="show.full-name",
        presentation=altered("participant", _as_first_known),
    ),
    Defect(
        name="uplifts-lost",
        about="Shows nobody's uplifts.",
        breaks="show.uplifts",
        presentation=altered(
            "participant", _enrolments(lambda _: {"pupil_premium_uplift": False, "sparsity_uplift": False})
        ),
    ),
    Defect(
        name="mentors-enrolment-first",
        about="Shows who is both with the mentor's enrolment first.",
        breaks="vis.participant",
        presentation=altered("participant", _showing(ecf_enrolments=lambda shown, _: shown["ecf_enrolments"][::-1])),
    ),
    Defect(
        name="id-changes-hidden",
        about="Shows nobody's former ids.",
        breaks="id-change",
        presentation=altered("participant", _showing(participant_id_changes=lambda *_: [])),
    ),
    Defect(
        name="uplift-lost-on-the-way-back",
        about="Shows an uplift as not paid once its declaration awaits clawback.",
        breaks="decl.records-context",
        presentation=altered(
            "declaration",
            _showing(uplift_paid=lambda shown, _: shown["uplift_paid"] and shown["state"] == "paid"),
        ),
    ),
    Defect(
        name="changes-of-people-unnoticed",
        about="Shows of people when they were registered as when they changed.",
        breaks="updated.participant",
        presentation=altered("participant", _showing(updated_at=_as_registered)),
    ),
    Defect(
        name="changes-of-declarations-unnoticed",
        about="Shows of declarations when they were made as when they changed.",
        breaks="updated.declaration",
        presentation=altered("declaration", _showing(updated_at=_as_created)),
    ),
    Defect(
        name="changes-in-the-cohort-unnoticed",
        about="Shows of schools when they themselves changed, not when something did in the cohort.",
        breaks="updated.school",
        presentation=altered("school", _showing(updated_at=_of_the_school_alone)),
    ),
)
