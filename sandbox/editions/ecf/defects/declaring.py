"""Declarations recorded that should not be, or not recorded as they should."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from sandbox.edition import Defect
from sandbox.editions.ecf.rules import deployed, documented
from sandbox.model import Cohort, DeclarationState, Statement
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.declarations import (
    already_declared,
    dated_after_the_milestone_closes,
    dated_after_withdrawal,
    dated_before_the_milestone_opens,
    dated_in_the_future,
    evidence_does_not_do,
)
from sandbox.rules.parts import altered, becoming, both, leaving_out, never
from sandbox.rules.statements import earliest, is_output_due
from sandbox.rules.transfers import schedule_declared_by
from sandbox.rules.visibility import is_placed_here

State = Callable[[DeclarationFacts], DeclarationState]
NextOpen = Callable[[Iterable[Statement], Cohort | None, datetime], Statement | None]


def _second_is_ineligible(first_state: State) -> State:
    """A second live declaration cannot be stored, whatever the rules: so it is stored as ineligible."""
    return lambda facts: "ineligible" if facts.rival else first_state(facts)


def _whatever_its_state(_next_open: NextOpen) -> NextOpen:
    return lambda statements, _cohort, now: earliest(each for each in statements if is_output_due(each, now))


DECLARING: Final = (
    Defect(
        name="milestone-end-ignored",
        about="Takes declarations dated after their milestone's last day.",
        breaks="decl.milestone-end",
        rules=leaving_out("recording", dated_after_the_milestone_closes),
    ),
    Defect(
        name="milestone-start-ignored",
        about="Takes declarations dated before their milestone's first day.",
        breaks="decl.milestone-start",
        rules=leaving_out("recording", dated_before_the_milestone_opens),
    ),
    Defect(
        name="future-date-accepted",
        about="Takes declarations dated later than now.",
        breaks="decl.date-not-future",
        rules=leaving_out("recording", dated_in_the_future),
    ),
    Defect(
        name="evidence-unchecked",
        about="Takes declarations without the evidence they need, or with evidence that is none of those allowed.",
        breaks="decl.evidence",
        rules=leaving_out("recording", evidence_does_not_do),
    ),
    Defect(
        name="declared-after-withdrawal",
        about="Takes declarations dated after the provider withdrew the participant.",
        breaks="decl.before-withdrawal",
        rules=leaving_out("recording", dated_after_withdrawal),
    ),
    Defect(
        name="duplicate-accepted",
        about="Takes a second declaration for a milestone, and stores it as ineligible.",
        breaks="decl.one-per-milestone",
        rules=both(
            leaving_out("recording", already_declared), altered("declarations.first_state", _second_is_ineligible)
        ),
    ),
    Defect(
        name="accepted-statement-taken",
        about="Puts declarations on statements that the DfE has accepted or paid already.",
        breaks="decl.statement",
        rules=altered("declarations.next_open", _whatever_its_state),
    ),
    Defect(
        name="repeat-refused",
        about="Refuses an exact repeat of a declaration, which should be answered as the first one was.",
        breaks="decl.idempotent",
        rules=altered("declarations.is_repeat", never),
        behaviour="documented",
    ),
    Defect(
        name="accepted-statement-taken-as-of-then",
        about="Puts declarations on the statement that was open at the time of the request, though accepted since.",
        breaks="decl.statement",
        behaviour="deployed",
        rules=altered("declarations.next_open", becoming(documented.next_open)),
    ),
    Defect(
        name="context-before-the-first-day",
        about="Stores the delivery partner and mentor of the first day for what is dated before it.",
        breaks="decl.records-context",
        behaviour="deployed",
        rules=altered("declarations.placement_at", becoming(documented.placement_at)),
    ),
    Defect(
        name="undated-withdrawal-accepted",
        about="Judges an unreadable date of somebody withdrawn like anybody else's.",
        breaks="decl.withdrawal-undated",
        behaviour="deployed",
        rules=leaving_out("recording", deployed.is_withdrawn_and_undated),
    ),
    Defect(
        name="stranger-named-first",
        about="Says that a participant is not the provider's before what is wrong with date, type and course.",
        breaks="decl.placed-with-provider",
        behaviour="deployed",
        rules=altered("declarations.knows_participant", becoming(is_placed_here)),
    ),
    Defect(
        name="former-provider-by-its-own-schedule",
        about="Has a former provider declare by its own schedule, though the new one has changed it.",
        breaks="decl.placed-with-provider",
        behaviour="deployed",
        rules=altered("declarations.schedule_declared_by", becoming(schedule_declared_by)),
    ),
)
