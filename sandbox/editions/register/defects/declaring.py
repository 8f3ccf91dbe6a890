"""Declarations recorded that should not be, or refused for something else than they should."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final

from sandbox.edition import Defect
from sandbox.editions.register.rules.check import check
from sandbox.editions.register.rules.declarations import (
    DATE,
    PARTICIPANT,
    TYPE,
    DeclarationFacts,
    has_no_open_statement,
    is_after_its_milestone,
    is_before_its_milestone,
    is_dated_in_another_form,
    is_declared_already,
    is_in_a_frozen_cohort,
    is_no_trainee,
    is_not_before_the_withdrawal,
    is_of_no_type_for_mentors,
    is_out_of_sequence,
    lacks_evidence,
    lies_in_the_future,
)
from sandbox.rules.parts import Change, altered, both, leaving_out
from sandbox.rules.rule import Judge, Rules, instead, without


def _judged_by(right: Judge, wrong: Judge) -> Change:
    """A book that records by another check in the place of one."""
    return altered("recording", lambda rules: instead(rules, right, wrong))


def _first(late: Judge) -> Change:
    """A book that makes a check before all others."""

    def moved(rules: Rules) -> Rules:
        return (late, *without(rules, late))

    return altered("recording", moved)


def _in_utc(day: date, at: time) -> datetime:
    return datetime.combine(day, at, UTC)


@check("decl.milestone-start", DATE, DATE, TYPE, "cohort")
def _is_before_its_milestone_in_utc(facts: DeclarationFacts) -> bool:
    at, milestone = facts.compared_at, facts.milestone
    return at is not None and milestone is not None and at < _in_utc(milestone.starts, time.min)


@check("decl.milestone-end", DATE, DATE, TYPE, "cohort")
def _is_after_its_milestone_in_utc(facts: DeclarationFacts) -> bool:
    at, milestone = facts.compared_at, facts.milestone
    ends = milestone.ends if milestone is not None else None
    return at is not None and ends is not None and at > _in_utc(ends, time.max)


@check("decl.milestone-end", DATE, DATE, TYPE, "cohort")
def _is_on_or_after_the_last_day(facts: DeclarationFacts) -> bool:
    at, milestone = facts.compared_at, facts.milestone
    ends = milestone.ends if milestone is not None else None
    return at is not None and ends is not None and at >= _in_utc(ends, time.min)


@check("decl.before-withdrawal", PARTICIPANT, PARTICIPANT)
def _is_after_the_withdrawal(facts: DeclarationFacts) -> bool:
    withdrawn_at, at = facts.withdrawn_at, facts.compared_at
    return withdrawn_at is not None and at is not None and withdrawn_at < at


DECLARING: Final = (
    Defect(
        name="declared-after-the-milestone",
        about="Takes declarations dated after their milestone's last day.",
        breaks="decl.milestone-end",
        rules=leaving_out("recording", is_after_its_milestone),
    ),
    Defect(
        name="declared-before-the-milestone",
        about="Takes declarations dated before their milestone's first day.",
        breaks="decl.milestone-start",
        rules=leaving_out("recording", is_before_its_milestone),
    ),
    Defect(
        name="milestone-begins-in-utc",
        about="Has milestones begin at midnight in UTC, not in London.",
        breaks="decl.milestone-start",
        rules=_judged_by(is_before_its_milestone, _is_before_its_milestone_in_utc),
    ),
    Defect(
        name="milestone-ends-in-utc",
        about="Has milestones end at midnight in UTC, not in London.",
        breaks="decl.milestone-end",
        rules=_judged_by(is_after_its_milestone, _is_after_its_milestone_in_utc),
    ),
    Defect(
        name="last-day-excluded",
        about="Has a milestone end as its last day begins.",
        breaks="decl.milestone-end",
        rules=_judged_by(is_after_its_milestone, _is_on_or_after_the_last_day),
    ),
    Defect(
        name="declared-for-the-future",
        about="Takes declarations dated later than now.",
        breaks="decl.date-not-future",
        rules=leaving_out("recording", lies_in_the_future),
    ),
    Defect(
        name="any-date-form-accepted",
        about="Takes a date in whatever form it can be read.",
        breaks="decl.date-format",
        rules=leaving_out("recording", is_dated_in_another_form),
    ),
    Defect(
        name="repeat-told-after-the-date",
        about="Says that a type was declared already after what is wrong with the date.",
        breaks="decl.one-per-milestone",
        rules=both(
            leaving_out("recording", is_declared_already),
            altered("recording", lambda rules: (*rules, is_declared_already)),
        ),
    ),
    Defect(
        name="sequence-ignored",
        about="Takes declarations in whatever order of dates, of cohorts from 2025 on, too.",
        breaks="decl.in-sequence",
        rules=leaving_out("recording", is_out_of_sequence),
    ),
    Defect(
        name="mentors-declared-as-ects",
        about="Takes every type of declaration of mentors from 2025 on.",
        breaks="decl.mentor-types",
        rules=leaving_out("recording", is_of_no_type_for_mentors),
    ),
    Defect(
        name="evidence-ignored",
        about="Takes declarations without the evidence that they need, or with another.",
        breaks="decl.evidence",
        rules=leaving_out("recording", lacks_evidence),
    ),
    Defect(
        name="declared-at-the-withdrawal",
        about="Takes a declaration dated at the very moment of a withdrawal.",
        breaks="decl.before-withdrawal",
        rules=_judged_by(is_not_before_the_withdrawal, _is_after_the_withdrawal),
    ),
    Defect(
        name="declared-in-a-frozen-cohort",
        about="Takes declarations of who trains in a cohort whose payments are frozen.",
        breaks="decl.cohort-not-frozen",
        rules=leaving_out("recording", is_in_a_frozen_cohort),
    ),
    Defect(
        name="declared-without-a-statement",
        about="Takes declarations of who is eligible where no statement of the cohort is open.",
        breaks="decl.cohort-open",
        rules=leaving_out("recording", has_no_open_statement),
    ),
    Defect(
        name="stranger-told-first",
        about="Says that somebody is not the provider's before what is wrong with the date.",
        breaks="decl.placed-with-provider",
        rules=_first(is_no_trainee),
    ),
    Defect(
        name="evidence-told-last",
        about="Looks at the evidence after everything else.",
        breaks="decl.evidence",
        rules=both(
            leaving_out("recording", lacks_evidence), altered("recording", lambda rules: (*rules, lacks_evidence))
        ),
    ),
)
