"""Whom and what a request names: the records behind it, and what is meant where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.actors.impossible import Impossible
from sandbox.edge.control.lookups import provider, school_by_urn
from sandbox.edge.control.request import Declined, found
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.people import current_id, school_periods_of, trainings_in
from sandbox.editions.register.actors.school import present_period
from sandbox.editions.register.rules.placing import running_on
from sandbox.model import (
    ContractPeriod,
    LeadProvider,
    ParticipantType,
    School,
    SchoolPeriod,
    Teacher,
    TrainingPeriod,
)
from sandbox.store.protocol import Reader

__all__ = ["cohort", "hoped_or_real", "period", "provider", "school", "school_in_path", "teacher", "training"]


def cohort(reader: Reader, moment: Moment, year: str | None) -> ContractPeriod:
    """The contract period of a year; the one that runs today, unless one is named. Raises Declined, Impossible."""
    if year is not None:
        return found(reader, ContractPeriod, year, "cohort")
    running = running_on(reader.all(ContractPeriod), moment.today, moment.today)
    if running is None:
        raise Impossible(f"no contract period runs on {moment.today}: say which one is meant")
    return running


def school(reader: Reader, body: Mapping[str, Any]) -> School | None:
    """The school that a body names by id or URN, if it names one. Raises Declined."""
    if "school_id" in body and "urn" in body:
        raise Declined(422, ("urn", "Say which school by its id or by its URN, not by both."))
    if "urn" in body:
        return school_by_urn(reader, body["urn"]) or found(reader, School, body["urn"], "urn")
    return found(reader, School, body["school_id"], "school_id") if "school_id" in body else None


def school_in_path(reader: Reader, id: str) -> School:
    """The school with this id, or with this URN. Raises Declined."""
    return found(reader, School, id, "school", lambda urn: school_by_urn(reader, urn))


def teacher(reader: Reader, id: str, name: str = "participant_id") -> Teacher:
    """The person with this id, or with the one that took its place. Raises Declined."""
    return found(reader, Teacher, current_id(reader, id.lower()), name)


def period(
    reader: Reader, moment: Moment, teacher: Teacher, role: ParticipantType | None, at: School | None = None
) -> SchoolPeriod:
    """Where somebody is, or was last: as an ECT, unless it is said otherwise or they have not been one.

    Raises Impossible.
    """
    roles: tuple[ParticipantType, ...] = (role,) if role else ("ect", "mentor")
    for each in roles:
        if at is not None:
            there = [each for each in school_periods_of(reader, teacher.id, each) if each.school_id == at.id]
            if there:
                return there[-1]
        else:
            present = present_period(reader, moment, teacher, each)
            if present is not None:
                return present
    raise Impossible(f"{teacher.full_name} has not been at {at.name if at else 'any school'} as {role or 'anything'}")


def training(reader: Reader, period: SchoolPeriod) -> TrainingPeriod:
    """The last training during a time at a school. Raises Impossible."""
    there = trainings_in(reader, period)
    if not there:
        raise Impossible("nobody trains them there")
    return there[-1]


def hoped_or_real(reader: Reader, training: TrainingPeriod | None) -> LeadProvider | None:
    """The provider that trains someone, or that a school hopes for."""
    id = (training.lead_provider_id or training.interest_id) if training is not None else None
    return reader.get(LeadProvider, id) if id else None
