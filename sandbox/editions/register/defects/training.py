"""Training that is withdrawn, deferred or resumed though it should not be, or otherwise than it should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from msgspec.structs import replace

from sandbox.edition import Defect
from sandbox.editions.register.rules.training import (
    begins_today,
    ended_today,
    has_not_begun,
    is_at_school_no_longer,
    is_no_mentor,
    is_withdrawn,
    was_not_paused,
    withdraws_without_a_reason,
)
from sandbox.model import TrainingPeriod
from sandbox.rules.book import utc_day
from sandbox.rules.parts import altered, becoming, leaving_out

Pause = Callable[[TrainingPeriod, str, datetime, date], TrainingPeriod]
Resume = Callable[..., TrainingPeriod]


def _going_on(pause: Pause) -> Pause:
    """The training is stamped, and does not end."""

    def paused(training: TrainingPeriod, reason: str, now: datetime, today: date) -> TrainingPeriod:
        return replace(pause(training, reason, now, today), ends_on=training.ends_on)

    return paused


def _for_whatever_reason(pause: Pause) -> Pause:
    return lambda training, _reason, now, today: pause(training, "other", now, today)


def _for_ever(resume: Resume) -> Resume:
    return lambda training, _ends_on, *about: resume(training, None, *about)


def _as_it_was(_: Any) -> Resume:
    """The very training that was paused goes on, as if nothing had been."""

    def resumed(
        training: TrainingPeriod, ends_on: date | None, _id: str, now: datetime, _today: date
    ) -> TrainingPeriod:
        return replace(
            training,
            ends_on=ends_on,
            withdrawn_at=None,
            withdrawn_reason=None,
            deferred_at=None,
            deferred_reason=None,
            moved_at=now,
        )

    return resumed


TRAINING: Final = (
    Defect(
        name="withdrawn-and-training",
        about="Lets the training of somebody withdrawn go on.",
        breaks="withdraw.effect",
        rules=altered("training.withdrawn", _going_on),
    ),
    Defect(
        name="deferred-and-training",
        about="Lets the training of somebody deferred go on.",
        breaks="defer.effect",
        rules=altered("training.deferred", _going_on),
    ),
    Defect(
        name="deferral-reason-lost",
        about="Stores every deferral with the reason `other`.",
        breaks="defer.effect",
        rules=altered("training.deferred", _for_whatever_reason),
    ),
    Defect(
        name="withdrawn-without-a-reason",
        about="Takes whatever reason for a withdrawal.",
        breaks="withdraw.reason",
        rules=leaving_out("withdrawing", withdraws_without_a_reason),
    ),
    Defect(
        name="ect-withdrawn-as-a-mentor",
        about="Takes the reason that only mentors have for ECTs, too.",
        breaks="withdraw.mentor-only-reason",
        rules=leaving_out("withdrawing", is_no_mentor),
    ),
    Defect(
        name="deferred-though-withdrawn",
        about="Lets somebody be deferred who is withdrawn.",
        breaks="defer.not-withdrawn",
        rules=leaving_out("deferring", is_withdrawn),
    ),
    Defect(
        name="paused-on-the-first-day",
        about="Lets training be deferred on the day on which it begins.",
        breaks="training.one-day",
        rules=leaving_out("deferring", begins_today),
    ),
    Defect(
        name="paused-before-it-begins",
        about="Lets training be deferred that is still to begin.",
        breaks="training.begun",
        rules=leaving_out("deferring", has_not_begun),
    ),
    Defect(
        name="days-of-utc",
        about="Goes by the days of UTC, not by those of London.",
        breaks="training.one-day",
        rules=altered("day_of", becoming(utc_day)),
    ),
    Defect(
        name="resumed-without-a-pause",
        about="Lets training be resumed that nobody has paused.",
        breaks="resume.was-paused",
        rules=leaving_out("resuming", was_not_paused),
    ),
    Defect(
        name="resumed-on-the-same-day",
        about="Lets training be resumed on the day on which it was paused.",
        breaks="resume.not-same-day",
        rules=leaving_out("resuming", ended_today),
    ),
    Defect(
        name="resumed-after-leaving",
        about="Lets the training of somebody be resumed who has left the school.",
        breaks="resume.still-at-school",
        rules=leaving_out("resuming", is_at_school_no_longer),
    ),
    Defect(
        name="resumed-for-ever",
        about="Has resumed training go on beyond the time at the school.",
        breaks="resume.effect",
        rules=altered("training.resumed", _for_ever),
    ),
    Defect(
        name="resumed-as-it-was",
        about="Takes the pause back when training is resumed, and begins no other.",
        breaks="resume.effect",
        rules=altered("training.resumed", _as_it_was),
    ),
)
