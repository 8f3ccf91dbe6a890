"""Declarations voided or paid as they should not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sandbox.edition import Defect
from sandbox.model import Declaration, Statement
from sandbox.rules.parts import altered, becoming, leaving_out, never
from sandbox.rules.payments import is_voided_already, mentor_completed, voided

ClawedBack = Callable[[Declaration, Statement, datetime], Declaration]


def _voided_at_once(_: ClawedBack) -> ClawedBack:
    return lambda declaration, _, at: voided(declaration, at)


PAYING: Final = (
    Defect(
        name="paid-voided-at-once",
        about="Voids a paid declaration as if it were unpaid: its money is never taken back.",
        breaks="void.paid",
        rules=altered("payments.to_be_clawed_back", _voided_at_once),
    ),
    Defect(
        name="void-twice-accepted",
        about="Voids a voided declaration again.",
        breaks="void.once",
        rules=leaving_out("voiding", is_voided_already),
    ),
    Defect(
        name="paid-without-started",
        about="Pays for participants who have not started, in a world that follows the written guidance.",
        breaks="pay.needs-started",
        rules=altered("payments.lacks_a_started", never),
        behaviour="documented",
    ),
    Defect(
        name="duplicate-completes-a-mentor",
        about="Ends a mentor's funding with a declaration that is ineligible.",
        breaks="decl.mentor-completes",
        behaviour="deployed",
        rules=altered("payments.mentor_completed", becoming(mentor_completed)),
    ),
)
