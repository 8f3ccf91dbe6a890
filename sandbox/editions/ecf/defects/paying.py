"""Declarations voided or paid as they should not be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sandbox.actions import declarations
from sandbox.actors import dfe
from sandbox.defects.defect import Defect, never, without
from sandbox.model import Declaration, Statement
from sandbox.rules.payments import is_voided_already, voided

ClawedBack = Callable[[Declaration, Statement, datetime], Declaration]


def _voided_at_once(_: ClawedBack) -> ClawedBack:
    return lambda declaration, _, at: voided(declaration, at)


PAYING: Final = (
    Defect(
        "paid-voided-at-once",
        "Voids a paid declaration as if it were unpaid: its money is never taken back.",
        "void.paid",
        ((declarations, "to_be_clawed_back", _voided_at_once),),
    ),
    Defect(
        "void-twice-accepted",
        "Voids a voided declaration again.",
        "void.once",
        ((declarations, "VOIDING", without(is_voided_already)),),
    ),
    Defect(
        "paid-without-started",
        "Pays for participants who have not started, in a world that follows the written guidance.",
        "pay.needs-started",
        ((dfe, "lacks_a_started", never),),
    ),
)
