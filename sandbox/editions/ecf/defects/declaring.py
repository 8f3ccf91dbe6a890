"""Declarations recorded that should not be, or not recorded as they should."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sandbox.actions import declarations
from sandbox.defects.defect import Defect, never, without
from sandbox.model import DeclarationState
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.declarations import (
    already_declared,
    dated_after_the_milestone_closes,
    dated_after_withdrawal,
    dated_before_the_milestone_opens,
    dated_in_the_future,
    evidence_does_not_do,
)

State = Callable[[DeclarationFacts], DeclarationState]


def _second_is_ineligible(first_state: State) -> State:
    """A second live declaration cannot be stored, whatever the rules: so it is stored as ineligible."""
    return lambda facts: "ineligible" if facts.rival else first_state(facts)


DECLARING: Final = (
    Defect(
        "milestone-end-ignored",
        "Takes declarations dated after their milestone's last day.",
        "decl.milestone-end",
        ((declarations, "RECORDING", without(dated_after_the_milestone_closes)),),
    ),
    Defect(
        "milestone-start-ignored",
        "Takes declarations dated before their milestone's first day.",
        "decl.milestone-start",
        ((declarations, "RECORDING", without(dated_before_the_milestone_opens)),),
    ),
    Defect(
        "future-date-accepted",
        "Takes declarations dated later than now.",
        "decl.date-not-future",
        ((declarations, "RECORDING", without(dated_in_the_future)),),
    ),
    Defect(
        "evidence-unchecked",
        "Takes declarations without the evidence they need, or with evidence that is none of those allowed.",
        "decl.evidence",
        ((declarations, "RECORDING", without(evidence_does_not_do)),),
    ),
    Defect(
        "declared-after-withdrawal",
        "Takes declarations dated after the provider withdrew the participant.",
        "decl.before-withdrawal",
        ((declarations, "RECORDING", without(dated_after_withdrawal)),),
    ),
    Defect(
        "duplicate-accepted",
        "Takes a second declaration for a milestone, and stores it as ineligible.",
        "decl.one-per-milestone",
        (
            (declarations, "RECORDING", without(already_declared)),
            (declarations, "first_state", _second_is_ineligible),
        ),
    ),
    Defect(
        "repeat-refused",
        "Refuses an exact repeat of a declaration, which should be answered as the first one was.",
        "decl.idempotent",
        ((declarations, "is_exact_copy", never),),
    ),
)
