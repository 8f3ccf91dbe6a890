"""What time alone brings about: at night statements fall due, and what has begun or ended is noticed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from sandbox.actors.settling import Settled
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actors.statements import mark_payable
from sandbox.editions.register.rules.days import DAY, first_moment
from sandbox.model import Mentorship, Partnership, Statement, Teacher, TrainingPeriod
from sandbox.rules.rule import rule
from sandbox.store.protocol import Reader, Unit


def settle(unit: Unit, moment: Moment, since: datetime | None = None) -> Sequence[Settled]:
    """Let happen what has fallen due by now: nothing is paid by it.

    The nights since `since` are gone through, which may be again, after something was done in the past; without, each
    notices what has changed before it.
    """
    happened = list(_statements(unit, moment))
    _notice_partnerships(unit, moment, since)
    _notice_mentorships(unit, moment, since)
    if since is not None:
        happened += _comings_and_goings(unit, since, moment.now)
    return sorted(happened, key=lambda settled: settled.at)


def _statements(unit: Unit, moment: Moment) -> Iterator[Settled]:
    """Open statements whose deadline is past become payable, at midnight, with what they hold (pay.payable)."""
    for statement in list(unit.all(Statement)):
        at = _midnight(statement.deadline + DAY)
        if statement.state == "open" and at <= moment.now:
            moved = mark_payable(unit, replace(moment, now=at), statement)
            yield Settled(at=at, event="statement_payable", id=statement.id, declarations=moved)


@rule("updated.partnership")
def _notice_partnerships(unit: Unit, moment: Moment, since: datetime | None) -> None:
    """Partnerships change, a minute past midnight, with training that begins, or ended the day before."""
    for training in unit.all(TrainingPeriod):
        if training.partnership_id is None:
            continue
        days = [training.starts_on] + ([training.ends_on + DAY] if training.ends_on else [])
        noticed = [_midnight(day) + timedelta(minutes=1) for day in days]
        at = max((each for each in noticed if (since or training.moved_at) < each <= moment.now), default=None)
        partnership = unit.get(Partnership, training.partnership_id) if at is not None else None
        if at is not None and partnership is not None and partnership.updated_at < at:
            unit.put(replace(partnership, updated_at=at))


def _notice_mentorships(unit: Unit, moment: Moment, since: datetime | None) -> None:
    """ECTs change, at one in the morning in London, whose mentorship ended the day before."""
    for mentorship in unit.all(Mentorship):
        if mentorship.ends_on is None:
            continue
        at = first_moment(mentorship.ends_on + DAY) + timedelta(hours=1)
        teacher = unit.get(Teacher, mentorship.ect_id) if (since or mentorship.changed_at) < at <= moment.now else None
        if teacher is not None and teacher.updated_at < at:
            unit.put(replace(teacher, updated_at=at))


def _comings_and_goings(reader: Reader, since: datetime, now: datetime) -> Iterator[Settled]:
    """Whoever's training began after a time, or had its last day then."""
    for training in reader.all(TrainingPeriod):
        ended, begun = training.ends_on, training.starts_on
        if ended is not None and since < first_moment(ended) <= now:
            yield Settled(at=first_moment(ended), event="participant_left", id=training.teacher_id)
        if since < first_moment(begun) <= now:
            yield Settled(at=first_moment(begun), event="participant_joined", id=training.teacher_id)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)
