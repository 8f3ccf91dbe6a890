"""People: who they are in both roles, whether they are funded, and how their induction ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from sandbox.editions.register.migration.stays import Stay
from sandbox.editions.register.rules.days import day_of
from sandbox.model import (
    Cohort,
    Declaration,
    InductionPeriod,
    Participant,
    ParticipantType,
    Placement,
    Teacher,
    TeacherRole,
    TrainingRecord,
)
from sandbox.seeding.ids import named
from sandbox.store.protocol import Reader

ROLES: Final[tuple[ParticipantType, ...]] = ("ect", "mentor")

Records = Mapping[ParticipantType, TrainingRecord]
"""What somebody trains as, by role."""


def teacher(reader: Reader, person: Participant, records: Records) -> Teacher:
    """A person, with their training records. Whichever is missing has an id all the same."""
    mentor = records.get("mentor")
    moments = [person.created_at, person.updated_at, person.identity_updated_at, person.identities_updated_at]
    moments += (record.updated_at for record in records.values())
    moments += (placement.updated_at for placement in reader.find(Placement, participant_id=person.id))
    return Teacher(
        id=person.id,
        trs_name=person.full_name,
        trn=person.trn,
        ect=_role(reader, person, "ect", records.get("ect")),
        mentor=_role(reader, person, "mentor", mentor),
        mentor_reason=mentor.mentor_ineligible_for_funding_reason if mentor else None,
        created_at=person.created_at,
        updated_at=max(moments),
        mentor_updated_at=max(moments),
    )


def induction(record: TrainingRecord | None, stays: Sequence[Stay]) -> InductionPeriod | None:
    """The induction that an ECT has passed. When it began is not known: when they came to their first school."""
    if record is None or record.induction_end_date is None:
        return None
    ended = record.induction_end_date
    return InductionPeriod(
        id=named("migration", "induction", record.id),
        teacher_id=record.participant_id,
        starts_on=min([ended, *(stay.starts_on for stay in stays)]),
        ends_on=ended,
        outcome="pass",
        created_at=record.created_at,
    )


def _role(reader: Reader, person: Participant, role: ParticipantType, record: TrainingRecord | None) -> TeacherRole:
    """What there is of somebody in a role. Since when they are eligible ECF does not know: from the beginning."""
    if record is None:
        return TeacherRole(record_id=named("migration", "training-record", person.id, role))
    return TeacherRole(
        record_id=record.id,
        became_eligible_at=record.created_at if record.eligible_for_funding else None,
        ineligible_from=_ineligible_from(record),
        frozen_cohort=_frozen_cohort(reader, record),
    )


def _ineligible_from(record: TrainingRecord) -> date | None:
    """Since when somebody may not be funded any more."""
    if record.participant_type == "mentor" and record.mentor_funding_end_date is not None:
        return record.mentor_funding_end_date
    return day_of(record.created_at) if record.eligible_for_funding is False else None


def _frozen_cohort(reader: Reader, record: TrainingRecord) -> str | None:
    """The closed cohort that somebody was taken out of: the newest in which something was declared of them."""
    if not record.cohort_changed_after_payments_frozen:
        return None
    present = {placement.cohort for placement in reader.find(Placement, training_record_id=record.id)}
    declared = reader.find(Declaration, participant_id=record.participant_id)
    before = [each.cohort for each in declared if each.course_identifier == record.course_identifier]
    closed = [cohort.id for cohort in reader.all(Cohort) if cohort.payments_frozen_at is not None]
    return _newest(cohort for cohort in before if cohort in closed and cohort not in present) or _newest(closed)


def _newest(cohorts: Iterable[str]) -> str | None:
    return max(cohorts, default=None)
