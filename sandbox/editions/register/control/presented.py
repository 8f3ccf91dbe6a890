"""What the control API shows of Register's records."""

from __future__ import annotations

from typing import Any

from sandbox.edge.control import presented
from sandbox.editions.register.actions.people import school_of, school_periods_of, teacher_of, trainings_in
from sandbox.editions.register.control.lookups import hoped_or_real
from sandbox.model import ContractPeriod, Partnership, Schedule, SchoolPeriod, Teacher
from sandbox.store.protocol import Reader

Json = dict[str, Any]


def training(reader: Reader, period: SchoolPeriod) -> Json:
    """Someone's time at a school, with the last training there; of what has vanished only whose it was."""
    if reader.get(SchoolPeriod, period.id) is None:
        return {"id": period.teacher_id}
    period = reader.get(SchoolPeriod, period.id) or period
    teacher = teacher_of(reader, period.teacher_id)
    last = next(reversed(trainings_in(reader, period)), None)
    schedule = reader.get(Schedule, last.schedule_id) if last is not None and last.schedule_id else None
    provider = hoped_or_real(reader, last)
    return {
        "id": teacher.id,
        "training_record_id": teacher.as_role(period.role).record_id,
        "participant_type": period.role,
        "full_name": teacher.full_name,
        "email": period.email,
        "trn": teacher.trn,
        "cohort": last.cohort if last is not None else None,
        "school": presented.school(school_of(reader, period.school_id)),
        "provider": presented.provider(reader, provider.id) if provider is not None else None,
        "programme": last.programme if last is not None else None,
        "confirmed": last is not None and last.partnership_id is not None,
        "schedule_identifier": schedule.identifier if schedule is not None else None,
        "starts_on": last.starts_on if last is not None else period.starts_on,
        "ends_on": last.ends_on if last is not None else period.ends_on,
    }


def person(reader: Reader, teacher: Teacher) -> Json:
    """Who someone is: the address is that of where they were last."""
    periods = school_periods_of(reader, teacher.id)
    email = periods[-1].email if periods else None
    return {"id": teacher.id, "full_name": teacher.full_name, "email": email, "trn": teacher.trn}


def partnership(reader: Reader, made: Partnership) -> Json:
    """A partnership."""
    return {
        "id": made.id,
        "cohort": made.cohort,
        "urn": school_of(reader, made.school_id).urn,
        "provider": presented.provider(reader, made.lead_provider_id),
        "delivery_partner": presented.delivery_partner(reader, made.delivery_partner_id),
    }


def cohort(period: ContractPeriod) -> Json:
    """A contract period."""
    return {
        "year": period.id,
        "starts": period.starts,
        "ends": period.ends,
        "enabled": period.enabled,
        "payments_frozen_at": period.payments_frozen_at,
        "mentor_funding": period.mentor_funding,
        "detailed_evidence": period.detailed_evidence,
        "uplift_fees": period.uplift_fees,
    }
