"""Training reported as it should not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from sandbox.edition import Defect
from sandbox.editions.ecf.defects.parts import altered, leaving_out
from sandbox.model import Placement
from sandbox.rules.participants import is_deferred_already, told
from sandbox.rules.schedules import does_not_fit_what_was_declared

Withdrawn = Callable[[Placement, str, datetime], Placement]


def _from_school_too(withdrawn: Withdrawn) -> Withdrawn:
    """The provider's word on the training changes the school's on the person."""

    def gone(placement: Placement, reason: str, at: datetime) -> Placement:
        return msgspec.structs.replace(withdrawn(placement, reason, at), induction_status="withdrawn")

    return gone


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
)
