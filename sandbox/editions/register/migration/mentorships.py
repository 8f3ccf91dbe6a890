"""Who mentored whom, and when: at the school where both are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from sandbox.editions.register.migration.account import Account
from sandbox.editions.register.migration.stays import DAY, Stay, first_day, last_day
from sandbox.model import Mentorship, Placement, SchoolPeriod
from sandbox.seeding.ids import named

NOT_CARRIED: Final = "their mentor is not carried over"
NOT_THERE: Final = "their mentor was not at the school at that time"
NO_DAY: Final = "it was over on the day it began"
MADE: Final = "they mentor here: Register has mentors where their ECTs are"

Key = tuple[str, str]
"""A mentor, and a school."""


def mentorships(
    ect_stays: Iterable[Stay], mentor_stays: Mapping[Key, Sequence[Stay]], mentors: Mapping[str, Stay], account: Account
) -> tuple[list[Mentorship], list[SchoolPeriod]]:
    """Every mentorship, and the times at schools that Register needs for them beside those that ECF knows of.

    `mentors` has one stay of each mentor that is carried over.
    """
    wanted: dict[Key, list[Mentorship]] = {}
    for stay in ect_stays:
        for mentorship in _of(stay, account):
            if mentorship.mentor_id in mentors:
                wanted.setdefault((mentorship.mentor_id, stay.school_id), []).append(mentorship)
            else:
                account.leave("mentorships", mentorship.id, NOT_CARRIED)
    found: list[Mentorship] = []
    made: list[SchoolPeriod] = []
    for (mentor_id, school_id), theirs in wanted.items():
        periods = [stay.period for stay in mentor_stays.get((mentor_id, school_id), ())]
        if not periods:
            periods = [_made(mentors[mentor_id], school_id, theirs)]
            made += periods
            account.alter("school periods", periods[0].id, MADE)
        for mentorship in theirs:
            placed = _within(mentorship, periods)
            if placed is None:
                account.leave("mentorships", mentorship.id, NOT_THERE)
            else:
                found.append(placed)
    return found, made


def _of(stay: Stay, account: Account) -> Iterable[Mentorship]:
    """The mentorships of an ECT's time at a school."""
    runs = [list(run) for _, run in groupby(stay.placements, key=lambda placement: placement.mentor_id)]
    period = stay.period
    for run, following in zip(runs, [*runs[1:], None], strict=True):
        first, mentor_id = run[0], run[0].mentor_id
        if mentor_id is None:
            continue
        id = named("migration", "mentorship", first.id)
        if following is not None and first_day(following[0]) <= first_day(first):
            account.leave("mentorships", id, NO_DAY)
            continue
        yield Mentorship(
            id=id,
            ect_period_id=period.id,
            ect_id=stay.person_id,
            mentor_period_id="",
            mentor_id=mentor_id,
            starts_on=first_day(first),
            ends_on=_ends_on(run, following, stay),
            created_at=first.created_at,
            changed_at=max(run[-1].updated_at, run[-1].created_at),
        )


def _ends_on(run: Sequence[Placement], following: Sequence[Placement] | None, stay: Stay) -> date | None:
    ends = [last_day(run[-1]), stay.ends_on, first_day(following[0]) - DAY if following else None]
    return min((day for day in ends if day is not None), default=None)


def _made(mentor: Stay, school_id: str, mentorships: Sequence[Mentorship]) -> SchoolPeriod:
    """A mentor's time at a school of which nothing is known but whom they mentored there."""
    ends = [mentorship.ends_on for mentorship in mentorships]
    return SchoolPeriod(
        id=named("migration", "mentor-at", mentor.person_id, school_id),
        teacher_id=mentor.person_id,
        role="mentor",
        school_id=school_id,
        email=mentor.placements[-1].email,
        starts_on=min(mentorship.starts_on for mentorship in mentorships),
        ends_on=None if None in ends else max(day for day in ends if day is not None),
        created_at=min(mentorship.created_at for mentorship in mentorships),
    )


def _within(mentorship: Mentorship, periods: Sequence[SchoolPeriod]) -> Mentorship | None:
    """A mentorship as far as the mentor was there: in the period that began last of those it meets."""
    for period in sorted(periods, key=lambda period: period.starts_on, reverse=True):
        starts_on = max(mentorship.starts_on, period.starts_on)
        ends = [day for day in (mentorship.ends_on, period.ends_on) if day is not None]
        ends_on = min(ends, default=None)
        if ends_on is None or starts_on <= ends_on:
            return replace(mentorship, mentor_period_id=period.id, starts_on=starts_on, ends_on=ends_on)
    return None
