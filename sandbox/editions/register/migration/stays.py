"""Placements, in order, as times at schools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from operator import attrgetter

import msgspec

from sandbox.editions.register.rules.days import day_of
from sandbox.model import ParticipantType, Placement, SchoolPeriod
from sandbox.seeding.ids import named

DAY = timedelta(days=1)


class Stay(msgspec.Struct, frozen=True):
    """Somebody's time at one school in one role: the placements of which it consists, the earliest first."""

    role: ParticipantType
    placements: Sequence[Placement]
    ends_on: date | None

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return first_day(self.placements[0])

    @property
    def school_id(self) -> str:
        """Where it is."""
        return self.placements[0].school_id

    @property
    def person_id(self) -> str:
        """Whose it is."""
        return self.placements[0].participant_id

    @property
    def is_withdrawn(self) -> bool:
        """True when the school said that they are no longer in training there."""
        return self.placements[-1].induction_status == "withdrawn"

    @property
    def period(self) -> SchoolPeriod:
        """It, as Register keeps it."""
        return SchoolPeriod(
            id=named("migration", "school-period", self.placements[0].id),
            teacher_id=self.person_id,
            role=self.role,
            school_id=self.school_id,
            email=self.placements[-1].email,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            created_at=self.placements[0].created_at,
        )


def stays(placements: Iterable[Placement], role: ParticipantType, today: date) -> list[Stay]:
    """Somebody's times at schools in a role. An ECT is at one school at a time, a mentor may be at several."""
    ordered = sorted(placements, key=attrgetter("starts_at", "created_at", "id"))
    if role == "mentor":
        by_school = groupby(sorted(ordered, key=attrgetter("school_id")), key=attrgetter("school_id"))
        return [stay for _, there in by_school for stay in _in_a_row(list(there), role, today)]
    return list(_in_a_row(ordered, role, today))


def first_day(placement: Placement) -> date:
    """The first day of a placement, in London."""
    return day_of(placement.starts_at)


def last_day(placement: Placement) -> date | None:
    """The last day of a placement, in London, if it has one."""
    return day_of(placement.ends_at) if placement.ends_at is not None else None


def _in_a_row(ordered: Sequence[Placement], role: ParticipantType, today: date) -> Iterator[Stay]:
    """Times at schools of which each is over before the next begins."""
    runs: list[list[Placement]] = []
    for placement in ordered:
        if runs and _goes_on(runs[-1][-1], placement):
            runs[-1].append(placement)
        else:
            runs.append([placement])
    for run, following in pairwise([*runs, None]):
        assert run is not None
        over = first_day(following[0]) - DAY if following else None
        ends = [day for day in (_last_day_of(run[-1], today), over) if day is not None]
        yield Stay(role, run, max(first_day(run[0]), min(ends)) if ends else None)


def _goes_on(before: Placement, after: Placement) -> bool:
    """True when the second is where the first was, without a break."""
    ended = last_day(before)
    return before.school_id == after.school_id and (ended is None or first_day(after) <= ended + DAY)


def _last_day_of(placement: Placement, today: date) -> date | None:
    """When somebody was last there: of whom the school withdrew that day, as nothing else tells it."""
    if placement.induction_status == "withdrawn":
        return min(today, day_of(max(placement.updated_at, placement.created_at)))
    return last_day(placement)
