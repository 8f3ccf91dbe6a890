"""Schedules and cohorts changed that should not be, or otherwise than they should."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Final

from msgspec.structs import replace

from sandbox.edition import Defect
from sandbox.editions.register.rules.schedules import (
    goes_into_a_frozen_cohort,
    has_completed,
    has_left,
    is_for_the_other_role,
    leaves_a_statement_behind,
    leaves_declarations_out,
    trains_later,
)
from sandbox.model import Partnership, TeacherRole, TrainingPeriod
from sandbox.rules.parts import altered, becoming, leaving_out

Reschedule = Callable[..., tuple[TrainingPeriod, ...]]


def _in_place(reschedule: Reschedule) -> Reschedule:
    """Whatever has begun is changed itself, and nothing begins."""

    def rescheduled(training: TrainingPeriod, *about: Any) -> tuple[TrainingPeriod, ...]:
        *_, begun = reschedule(training, *about)
        same = {name: getattr(training, name) for name in ("id", "starts_on", "ends_on", "created_at", "moved_at")}
        return (replace(begun, **same),)

    return rescheduled


def _the_newest(partnerships: Iterable[Partnership], *_: Any) -> Partnership | None:
    return max(partnerships, key=attrgetter("created_at"), default=None)


def _forgotten(role: TeacherRole, *_: Any) -> TeacherRole:
    return role


SCHEDULING: Final = (
    Defect(
        name="schedule-of-the-other-role",
        about="Puts ECTs on replacement schedules, and mentors on reduced ones.",
        breaks="sched.course",
        rules=leaving_out("changing_schedule", is_for_the_other_role),
    ),
    Defect(
        name="schedule-leaves-declarations-out",
        about="Lets a schedule be changed on the first day to one whose milestones what was declared does not fit.",
        breaks="sched.fits-declarations",
        rules=leaving_out("changing_schedule", leaves_declarations_out),
    ),
    Defect(
        name="statement-left-behind",
        about="Lets the cohort be changed on the first day under a declaration that is on a statement.",
        breaks="sched.statement-clash",
        rules=leaving_out("changing_schedule", leaves_a_statement_behind),
    ),
    Defect(
        name="moved-into-a-frozen-cohort",
        about="Lets people go into a cohort whose payments are frozen.",
        breaks="sched.not-into-frozen",
        rules=leaving_out("changing_schedule", goes_into_a_frozen_cohort),
    ),
    Defect(
        name="rescheduled-after-completion",
        about="Lets the schedule be changed of who has completed.",
        breaks="sched.not-completed",
        rules=leaving_out("changing_schedule", has_completed),
    ),
    Defect(
        name="rescheduled-after-leaving",
        about="Lets the schedule be changed of who has left.",
        breaks="sched.not-left",
        rules=leaving_out("changing_schedule", has_left),
    ),
    Defect(
        name="rescheduled-by-the-one-before",
        about="Lets a provider change the schedule of who is going to train with another.",
        breaks="sched.no-later-training",
        rules=leaving_out("changing_schedule", trains_later),
    ),
    Defect(
        name="rescheduled-in-place",
        about="Changes the training itself, also where another one should begin today.",
        breaks="sched.effect",
        rules=altered("scheduling.rescheduled", _in_place),
    ),
    Defect(
        name="newest-partnership-taken",
        about="Takes the newest partnership into another cohort, not that with the same delivery partner.",
        breaks="sched.partnership-choice",
        rules=altered("scheduling.partnership_for", becoming(_the_newest)),
    ),
    Defect(
        name="frozen-cohort-forgotten",
        about="Does not remember out of which frozen cohort somebody came.",
        breaks="sched.frozen-cohort",
        rules=altered("scheduling.remembered", becoming(_forgotten)),
    ),
)
