"""Training reported as it should not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec

from sandbox.actions import participants
from sandbox.defects.defect import Defect, without
from sandbox.model import Placement
from sandbox.rules.participants import is_deferred_already
from sandbox.rules.schedules import does_not_fit_what_was_declared

Withdrawn = Callable[[Placement, str, datetime], Placement]


def _from_school_too(withdrawn: Withdrawn) -> Withdrawn:
    """The provider's word on the training changes the school's on the person."""

    def gone(placement: Placement, reason: str, at: datetime) -> Placement:
        return msgspec.structs.replace(withdrawn(placement, reason, at), induction_status="withdrawn")

    return gone


TRAINING: Final = (
    Defect(
        "deferred-twice-accepted",
        "Defers a participant who is deferred already.",
        "defer.not-deferred",
        ((participants, "DEFERRING", without(is_deferred_already)),),
    ),
    Defect(
        "withdrawal-changes-participant-status",
        "Shows a participant whom the provider withdraws as withdrawn by the school as well.",
        "status.independent",
        ((participants, "withdrawn", _from_school_too),),
    ),
    Defect(
        "schedule-ignores-declarations",
        "Moves participants to schedules that their declarations do not fit.",
        "sched.fits-declarations",
        ((participants, "CHANGING_SCHEDULE", without(does_not_fit_what_was_declared)),),
    ),
)
