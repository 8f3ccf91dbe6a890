"""Which times the deployed service moves with an act, shows and compares, as it was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from sandbox.model import Declaration, Participant, Partnership, Placement, School, TrainingRecord
from sandbox.rules.book import MarkingRules
from sandbox.rules.transfers import Move
from sandbox.rules.visibility import newest_first


def touched_by_partnership(partnership: Partnership, placements: Iterable[Placement]) -> set[str]:
    """The training records that change with a partnership: all that are at its school, whoever trains there.

    `placements` are all of everybody who has been at the school.
    """
    return {
        newest.training_record_id for newest in _newest_of_each(placements) if newest.school_id == partnership.school_id
    }


def touched_by_programme(school: School, cohort: str, placements: Iterable[Placement]) -> set[str]:
    """The training records that change with a school's programme for a cohort: those of the cohort that are there."""
    there = (newest for newest in _newest_of_each(placements) if newest.school_id == school.id)
    return {newest.training_record_id for newest in there if newest.cohort == cohort}


def _newest_of_each(placements: Iterable[Placement]) -> Iterable[Placement]:
    newest: dict[str, Placement] = {}
    for placement in newest_first(placements):
        newest.setdefault(placement.training_record_id, placement)
    return newest.values()


def school_after_partnership(school: School, _cohort: str, at: datetime) -> School:
    """The school once a partnership of it has changed: it has changed in every cohort."""
    return replace(school, updated_at=at)


def school_after_programme(school: School, cohort: str, at: datetime) -> School:
    """The school once its programme has: it has changed in that cohort only."""
    return replace(school, programmes_updated_at=school.programmes_updated_at | {cohort: at})


def mentors_touched(mentor_id: str | None) -> set[str]:
    """Who else changes when an ECT gets a mentor: the mentor."""
    return {mentor_id} if mentor_id else set()


def shown_of_enrolment(person: Participant, record: TrainingRecord, placement: Placement) -> datetime:
    """The `updated_at` shown of one training: the latest of it, of the placement shown and of the person."""
    return max(person.updated_at, person.identity_updated_at, record.updated_at, placement.updated_at)


def nobody_mentored(_placements: Iterable[Placement]) -> set[str]:
    """Nobody: an ECT has not changed when the id of their mentor is retired (id-change)."""
    return set()


def mentor_as_declared(declaration: Declaration, _mentor_id: str, _at: datetime) -> Declaration:
    """What was declared of somebody once the id of their mentor is retired: as it was (decl.records-context)."""
    return declaration


def shown_of_person(
    person: Participant, records: Iterable[TrainingRecord], placements: Iterable[Placement]
) -> datetime:
    """The `updated_at` shown of somebody: the latest of everything about them."""
    of_records = (record.updated_at for record in records)
    of_placements = (placement.updated_at for placement in placements)
    of_person = (person.updated_at, person.identity_updated_at, person.identities_updated_at)
    return max(*of_person, *of_records, *of_placements)


def shown_of_transfers(person: Participant, moves: Iterable[Move]) -> datetime:
    """The `updated_at` shown of somebody's transfers: the latest of the placements they left and joined."""
    left_and_joined = (side for move in moves for side in (move.leaving, move.joining) if side is not None)
    return max((side.updated_at for side in left_and_joined), default=person.updated_at)


def compared_of_school(school: School, _cohort: str) -> datetime:
    """When a school changed, as `filter[updated_since]` compares it: in whichever cohort."""
    return max((school.updated_at, *school.programmes_updated_at.values()))


MARKING: Final = MarkingRules(
    touched_by_partnership=touched_by_partnership,
    touched_by_programme=touched_by_programme,
    school_after_partnership=school_after_partnership,
    school_after_programme=school_after_programme,
    mentors_touched=mentors_touched,
    shown_of_enrolment=shown_of_enrolment,
    mentored=nobody_mentored,
    mentor_renamed=mentor_as_declared,
    shown_of_person=shown_of_person,
    shown_of_transfers=shown_of_transfers,
    compared_of_school=compared_of_school,
)
