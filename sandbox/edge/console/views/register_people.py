"""People of Register: teachers with their times at schools, their training there, inductions and mentorships."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sandbox.actions.identity import id_changes_of, resolve
from sandbox.edge.console.views.person import Listed, Period, Person, Stay, Training, provider_name
from sandbox.model import (
    COURSES,
    DeliveryPartner,
    InductionPeriod,
    Mentorship,
    ParticipantType,
    Partnership,
    Schedule,
    School,
    SchoolPeriod,
    Teacher,
    TrainingPeriod,
)
from sandbox.store.protocol import Reader

ROLES: tuple[ParticipantType, ...] = ("ect", "mentor")


def rows(reader: Reader, _now: datetime, today: date) -> Iterator[Listed]:
    """Everybody once for each of the two that they are or have been, in the order in which they became known."""
    for teacher in reader.all(Teacher):
        for role in ROLES:
            periods = [each for each in reader.find(SchoolPeriod, teacher_id=teacher.id) if each.role == role]
            if not periods:
                continue
            last = max(periods, key=lambda period: (period.starts_on, period.created_at))
            training = _last_training(reader, last)
            provider = (training.lead_provider_id or training.interest_id) if training else None
            school = reader.get(School, last.school_id)
            yield Listed(
                id=teacher.id,
                name=teacher.full_name,
                trn=teacher.trn,
                role=role,
                state=_state(last, training, today),
                provider=provider_name(reader, provider),
                provider_id=provider,
                cohort=training.cohort if training else None,
                school=school.name if school else None,
            )


def whole(reader: Reader, id: str, _now: datetime, today: date) -> Person | None:
    """Someone by their id, or by one that was retired in favour of it."""
    teacher = reader.get(Teacher, resolve(reader, id.lower()))
    if teacher is None:
        return None
    periods = sorted(reader.find(SchoolPeriod, teacher_id=teacher.id), key=lambda each: each.starts_on, reverse=True)
    return Person(
        id=teacher.id,
        name=teacher.full_name,
        trn=teacher.trn,
        email=next((period.email for period in periods if period.email), None),
        former_ids=[change.from_participant_id for change in id_changes_of(reader, teacher.id)],
        trainings=[_training(teacher, role) for role in ROLES if any(period.role == role for period in periods)],
        stays=[stay for period in periods for stay in _stays(reader, period, today)],
        periods=[*_inductions(reader, teacher), *_mentorships(reader, teacher)],
        mentees=[
            (mentee.id, mentee.full_name)
            for ect_id in dict.fromkeys(each.ect_id for each in reader.find(Mentorship, mentor_id=teacher.id))
            if (mentee := reader.get(Teacher, ect_id))
        ],
    )


def _last_training(reader: Reader, period: SchoolPeriod) -> TrainingPeriod | None:
    trainings = reader.find(TrainingPeriod, school_period_id=period.id)
    return max(trainings, key=lambda each: (each.starts_on, each.created_at), default=None)


def _state(period: SchoolPeriod, training: TrainingPeriod | None, today: date) -> str:
    """What a school and a provider have said last, in a word."""
    lasting = training or period
    if lasting.ends_on is not None and lasting.ends_on <= today:
        return "left"
    if lasting.starts_on > today:
        return "joining"
    if training is None:
        return "not_in_training"
    if training.withdrawn_at is not None and (
        training.deferred_at is None or training.withdrawn_at >= training.deferred_at
    ):
        return "withdrawn"
    if training.deferred_at is not None:
        return "deferred"
    return "leaving" if lasting.ends_on is not None else "active"


def _training(teacher: Teacher, role: ParticipantType) -> Training:
    known = teacher.as_role(role)
    facts = {
        "Training record id": known.record_id,
        "Became eligible for funding": known.became_eligible_at,
        "Not eligible from": known.ineligible_from,
        "Moved out of the frozen cohort": known.frozen_cohort,
        "Why a mentor is not funded": teacher.mentor_reason if role == "mentor" else None,
    }
    return Training(
        role=role, course=COURSES[role], facts={name: value for name, value in facts.items() if value is not None}
    )


def _stays(reader: Reader, period: SchoolPeriod, today: date) -> Iterator[Stay]:
    """The training periods of a school period, the newest first; the school period itself, if nobody trains them."""
    trainings = sorted(
        reader.find(TrainingPeriod, school_period_id=period.id), key=lambda each: each.starts_on, reverse=True
    )
    school = reader.get(School, period.school_id)
    theirs: list[TrainingPeriod | None] = [*trainings]
    for training in theirs or [None]:
        lasting = training or period
        provider = provider_name(reader, training.lead_provider_id or training.interest_id) if training else None
        only_hoped = training is not None and training.partnership_id is None and training.interest_id is not None
        partnership = reader.get(Partnership, training.partnership_id) if training and training.partnership_id else None
        partner = reader.get(DeliveryPartner, partnership.delivery_partner_id) if partnership else None
        schedule = reader.get(Schedule, training.schedule_id) if training and training.schedule_id else None
        yield Stay(
            role=period.role,
            school=school.name if school else "No school",
            urn=school.urn if school else "",
            provider=f"{provider} (not confirmed yet)" if provider and only_hoped else provider,
            provider_id=training.lead_provider_id if training else None,
            delivery_partner=partner.name if partner else None,
            cohort=training.cohort if training else None,
            schedule=schedule.identifier if schedule else None,
            starts_on=lasting.starts_on,
            ends_on=lasting.ends_on,
            state=_state(period, training, today),
            reason=(training.withdrawn_reason or training.deferred_reason) if training else None,
        )


def _inductions(reader: Reader, teacher: Teacher) -> Iterator[Period]:
    for each in reader.find(InductionPeriod, teacher_id=teacher.id):
        yield Period(what="Induction", starts_on=each.starts_on, ends_on=each.ends_on, note=each.outcome)


def _mentorships(reader: Reader, teacher: Teacher) -> Iterator[Period]:
    """Who mentors them, and whom they mentor."""
    for each in reader.find(Mentorship, ect_id=teacher.id):
        mentor = reader.get(Teacher, each.mentor_id)
        yield Period(
            what=f"Mentored by {mentor.full_name if mentor else 'somebody'}",
            starts_on=each.starts_on,
            ends_on=each.ends_on,
        )
    for each in reader.find(Mentorship, mentor_id=teacher.id):
        ect = reader.get(Teacher, each.ect_id)
        yield Period(
            what=f"Mentors {ect.full_name if ect else 'somebody'}", starts_on=each.starts_on, ends_on=each.ends_on
        )
