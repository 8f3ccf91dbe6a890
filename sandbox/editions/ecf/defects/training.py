"""Training reported as it should not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from sandbox.edition import Defect
from sandbox.editions.ecf.rules import deployed_schedules
from sandbox.model import Placement
from sandbox.rules.participants import is_deferred_already, told
from sandbox.rules.parts import altered, becoming, leaving_out
from sandbox.rules.rule import Rules, instead
from sandbox.rules.schedules import does_not_fit_what_was_declared, moves_between_frozen_cohorts, names_no_schedule

Withdrawn = Callable[[Placement, str, datetime], Placement]


def _from_school_too(withdrawn: Withdrawn) -> Withdrawn:
    """The provider's word on the training changes the school's on the person."""

    def gone(placement: Placement, reason: str, at: datetime) -> Placement:
        return msgspec.structs.replace(withdrawn(placement, reason, at), induction_status="withdrawn")

    return gone


def _unknown_as_missing(rules: Rules) -> Rules:
    """Wherever no name is looked for, none of a schedule that there is not does either."""
    last = deployed_schedules.names_an_unknown_schedule
    first = deployed_schedules.names_no_schedule
    return instead(instead(rules, first, names_no_schedule), last) if last in rules else rules


TRAINING: Final = (
    Defect(
        name="deferred-twice-accepted",
        about="Defers a participant who is deferred already.",
        breaks="defer.not-deferred",
        rules=leaving_out("deferring", is_deferred_already),
    ),
    Defect(
        name="withdrawal-changes-participant-status",
        about="Shows a participant whom the provider withdraws as withdrawn by the school as well.",
        breaks="status.independent",
        rules=altered("training.withdrawn", _from_school_too),
    ),
    Defect(
        name="past-forgotten",
        about="Knows only how someone's placement is now: who mentored them before is forgotten.",
        breaks="decl.records-context",
        rules=altered("training.succeeded", lambda _: told),
    ),
    Defect(
        name="schedule-ignores-declarations",
        about="Moves participants to schedules that their declarations do not fit.",
        breaks="sched.fits-declarations",
        rules=leaving_out("changing_schedule", does_not_fit_what_was_declared),
    ),
    Defect(
        name="unknown-schedule-named-first",
        about="Refuses an unknown schedule as if none were named.",
        breaks="sched.known",
        behaviour="deployed",
        rules=altered("changing_schedule", _unknown_as_missing),
    ),
    Defect(
        name="declared-milestone-not-sought",
        about="Refuses a schedule without a declared milestone as one whose milestones do not fit.",
        breaks="sched.declared-milestone",
        behaviour="deployed",
        rules=leaving_out("changing_schedule", deployed_schedules.lacks_a_declared_milestone),
    ),
    Defect(
        name="going-back-undoes-the-move",
        about="Forgets a move out of a closed cohort when somebody goes back who has nothing billable there.",
        breaks="sched.frozen-cohort",
        behaviour="deployed",
        rules=altered("training.moves_between_frozen_cohorts", becoming(moves_between_frozen_cohorts)),
    ),
)
