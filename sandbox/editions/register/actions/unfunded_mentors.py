"""Mentors of a provider's ECTs who have never trained with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.enrolments import mentorship_shown
from sandbox.editions.register.actions.people import school_period_of, sees, teacher_of, trainings_of
from sandbox.editions.register.actions.roster import TEACHERS_SORTED_BY, Roster
from sandbox.editions.register.presented import UnfundedMentor
from sandbox.model import SchoolPeriod, Teacher
from sandbox.rules.reading import Page, in_order
from sandbox.store.protocol import Reader


def mentors(
    reader: Reader, call: Call, roster: Roster, since: datetime | None, sort: str | None, page: Page
) -> Sequence[UnfundedMentor]:
    """One page of them, those that changed since a time (vis.unfunded-mentor)."""
    listing = call.rules.listing
    found = [
        mentor
        for mentor in _all(reader, call, roster).values()
        if listing.changed_since(mentor.teacher.mentor_updated_at, since)
    ]
    keys: dict[str, Callable[[UnfundedMentor], Any]] = {
        name: partial(_of_teacher, key) for name, key in TEACHERS_SORTED_BY.items()
    }
    keys["updated_at"] = lambda mentor: mentor.teacher.mentor_updated_at
    return listing.page_of(in_order(found, sort, keys), page)


def mentor(reader: Reader, call: Call, roster: Roster, id: str) -> UnfundedMentor | None:
    """One of them."""
    return _all(reader, call, roster).get(id)


def _of_teacher(key: Callable[[Teacher], Any], mentor: UnfundedMentor) -> Any:
    return key(mentor.teacher)


def _all(reader: Reader, call: Call, roster: Roster) -> dict[str, UnfundedMentor]:
    """Who mentors one of the provider's ECTs, or will next, by their ids."""
    found: dict[str, tuple[SchoolPeriod, UnfundedMentor]] = {}
    for trainee in roster.trainees.fill().values():
        for training in trainee.trainings:
            if training.role != "ect":
                continue
            mentorship = mentorship_shown(reader, call, school_period_of(reader, training))
            if mentorship is None or sees(call, trainings_of(reader, mentorship.mentor_id)):
                continue
            period = reader.get(SchoolPeriod, mentorship.mentor_period_id)
            assert period is not None
            teacher = teacher_of(reader, mentorship.mentor_id)
            if teacher.id not in found or found[teacher.id][0].starts_on < period.starts_on:
                found[teacher.id] = period, UnfundedMentor(teacher=teacher, email=period.email)
    return {id: mentor for id, (_, mentor) in found.items()}
