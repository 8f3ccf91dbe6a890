"""Which times move with an act, are shown and are compared: no more changes than what a response shows of it.

The service itself goes further; an edition's own rules may stand in the place of these.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from sandbox.model import Declaration, Participant, Partnership, Placement, School, TrainingRecord
from sandbox.rules.transfers import Move


def touched_by_partnership(partnership: Partnership, placements: Iterable[Placement]) -> set[str]:
    """The training records that change with a partnership: those that are, or were, placed through it.

    `placements` are all of everybody who has been at its school.
    """
    return {each.training_record_id for each in placements if each.partnership_id == partnership.id}


def touched_by_programme(_school: School, _cohort: str, _placements: Iterable[Placement]) -> set[str]:
    """None: a school's choice is not shown of anybody."""
    return set()


def school_after_partnership(school: School, cohort: str, at: datetime) -> School:
    """The school once a partnership of it has changed: it has changed in that cohort only."""
    return replace(school, programmes_updated_at=school.programmes_updated_at | {cohort: at})


def school_after_programme(school: School, _cohort: str, at: datetime) -> School:
    """The school once its programme has."""
    return replace(school, updated_at=at)


def no_mentors_touched(_mentor_id: str | None) -> set[str]:
    """None: whom somebody mentors is not shown of them."""
    return set()


def shown_of_enrolment(person: Participant, _record: TrainingRecord, _placement: Placement) -> datetime:
    """The `updated_at` shown of one training: the person's."""
    return person.updated_at


def mentored(placements: Iterable[Placement]) -> set[str]:
    """Who changes when the id of their mentor is retired: all of them, as another is shown of them."""
    return {placement.participant_id for placement in placements}


def mentor_renamed(declaration: Declaration, mentor_id: str, at: datetime) -> Declaration:
    """What was declared of somebody once the id of their mentor is retired: it names the one that remains."""
    return replace(declaration, mentor_id=mentor_id, updated_at=at)


def shown_of_person(
    person: Participant, _records: Iterable[TrainingRecord], _placements: Iterable[Placement]
) -> datetime:
    """The `updated_at` shown of somebody: the very one that `filter[updated_since]` compares."""
    return person.updated_at


def shown_of_transfers(person: Participant, _moves: Iterable[Move]) -> datetime:
    """The `updated_at` shown of somebody's transfers: the person's."""
    return person.updated_at


def compared_of_school(school: School, cohort: str) -> datetime:
    """When a school changed, as `filter[updated_since]` compares it: in the cohort asked for, as it is shown."""
    return max(school.updated_at, school.programme_updated_at(cohort))
