"""What a declaration must keep to: every check, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec

from sandbox.editions.register.rules.check import ALONE, check
from sandbox.editions.register.rules.dates import Written
from sandbox.editions.register.rules.days import first_moment, last_moment
from sandbox.editions.register.rules.periods import training_status
from sandbox.model import (
    ContractPeriod,
    Declaration,
    Milestone,
    ParticipantType,
    Schedule,
    Statement,
    Teacher,
    TrainingPeriod,
)
from sandbox.rules import evidence
from sandbox.rules.requests import DeclarationRequest
from sandbox.rules.rule import Rules

TYPES: Final = (
    "started",
    *(f"retained-{number}" for number in range(1, 5)),
    "completed",
    *(f"extended-{number}" for number in range(1, 4)),
)
"""Every type there is, in the order in which they follow each other."""

IN_SEQUENCE_FROM: Final = "2025"

PARTICIPANT: Final = "participant_id"
COURSE: Final = "course_identifier"
DATE: Final = "declaration_date"
TYPE: Final = "declaration_type"
COHORT: Final = "cohort"
EVIDENCE: Final = "evidence_held"


class DeclarationFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is looked at when something is declared.

    `date_sent` is the date just as it was sent, `written` what it says. `teacher` is None for nobody, `role` that of
    the course, or mentor without one. Of the trainings of that role `training` is the provider's latest; `current` is
    any provider's of today, and `current_period` its cohort. `live` are the live declarations of the role, but for
    `twin`: the same, declared at the same moment.
    """

    request: DeclarationRequest
    date_sent: Any
    written: Written | None
    now: datetime
    today: date
    teacher: Teacher | None
    role: ParticipantType
    training: TrainingPeriod | None
    trains_in_other_role: bool
    period: ContractPeriod | None
    schedule: Schedule | None
    current_period: ContractPeriod | None
    open_statement: Statement | None
    live: Sequence[Declaration]
    twin: Declaration | None = None

    @property
    def compared_at(self) -> datetime | None:
        """The date as it is compared with others."""
        return self.written.compared if self.written else None

    @property
    def is_eligible(self) -> bool:
        """True when they ever became eligible for funding in the role."""
        return self.teacher is not None and self.teacher.as_role(self.role).became_eligible_at is not None

    @property
    def milestone(self) -> Milestone | None:
        """The milestone of the schedule that the type is of."""
        milestones = self.schedule.milestones if self.schedule else ()
        return next((each for each in milestones if each.declaration_type == self.request.declaration_type), None)

    @property
    def withdrawn_at(self) -> datetime | None:
        """When the provider withdrew them, if that is how the training stands."""
        if self.training is None or training_status(self.training) != "withdrawn":
            return None
        return self.training.withdrawn_at

    @property
    def allowed(self) -> Sequence[str]:
        """The evidence that the type may have; none where it needs none."""
        detailed = self.period is not None and self.period.detailed_evidence
        return evidence.allowed(self.request.declaration_type or "", mentor=self.role == "mentor", detailed=detailed)

    @property
    def evidence_allowed(self) -> str:
        """The same, in a row."""
        return ", ".join(self.allowed)

    @property
    def evidence_kept(self) -> str | None:
        """What is kept of the evidence: nothing where none is needed."""
        return self.request.evidence_held if self.allowed else None


@check("fragile.declaration-date", ALONE)
def dates_it_by_a_truth_value(facts: DeclarationFacts) -> bool:
    """True for a date that is neither text nor a number: the service falls over it."""
    return isinstance(facts.date_sent, bool)


@check("decl.participant-known", PARTICIPANT, PARTICIPANT, COURSE)
def is_of_nobody(facts: DeclarationFacts) -> bool:
    """True when nobody has the id, or not any more."""
    return facts.teacher is None


@check("decl.course-given", COURSE, "any")
def is_for_no_course(facts: DeclarationFacts) -> bool:
    """True when the course is neither of the two."""
    return facts.request.course_identifier not in ("ecf-induction", "ecf-mentor")


@check("decl.date-given", DATE, "any")
def lacks_a_date(facts: DeclarationFacts) -> bool:
    """True when there is no date."""
    return facts.request.declaration_date is None


@check("decl.course-matches", COURSE, PARTICIPANT, COURSE, TYPE, DATE)
def is_for_the_other_role(facts: DeclarationFacts) -> bool:
    """True when the provider trains them in the other role alone."""
    return facts.training is None and facts.trains_in_other_role


@check("decl.type-given", TYPE, "any")
def lacks_a_type(facts: DeclarationFacts) -> bool:
    """True when there is no type."""
    return facts.request.declaration_type is None


@check("decl.type-known", TYPE, "any")
def is_of_no_type(facts: DeclarationFacts) -> bool:
    """True when the type is none of the nine."""
    return facts.request.declaration_type not in TYPES


@check("decl.one-per-milestone", TYPE, TYPE, DATE)
def is_declared_already(facts: DeclarationFacts) -> bool:
    """True when the role has a live declaration of the type, whoever made it."""
    return facts.training is not None and any(
        each.declaration_type == facts.request.declaration_type for each in facts.live
    )


@check("decl.date-unreadable", ALONE, PARTICIPANT, COURSE, TYPE, DATE)
def is_dated_by_no_date(facts: DeclarationFacts) -> bool:
    """True when the date is none in whatever form; a number is none."""
    return facts.written is None or not isinstance(facts.date_sent, str)


@check("decl.date-not-future", DATE, PARTICIPANT, COURSE, TYPE, DATE)
def lies_in_the_future(facts: DeclarationFacts) -> bool:
    """True for a date later than now."""
    return facts.compared_at is not None and facts.compared_at > facts.now


@check("decl.milestone-start", DATE, DATE, TYPE, COHORT)
def is_before_its_milestone(facts: DeclarationFacts) -> bool:
    """True for a date before the milestone's first day, as it is compared or as it would be kept."""
    written, milestone = facts.written, facts.milestone
    if written is None or milestone is None:
        return False
    return min(written.compared, written.kept) < first_moment(milestone.starts)


@check("decl.milestone-end", DATE, DATE, TYPE, COHORT)
def is_after_its_milestone(facts: DeclarationFacts) -> bool:
    """True for a date after the milestone's last day, if it has one."""
    milestone = facts.milestone
    if facts.compared_at is None or milestone is None or milestone.ends is None:
        return False
    return facts.compared_at > last_moment(milestone.ends)


@check("decl.date-format", DATE, DATE)
def is_dated_in_another_form(facts: DeclarationFacts) -> bool:
    """True for a date that can be read, or not even that, but is not written as it should be."""
    if facts.request.declaration_date is None:
        return False
    return facts.written is None or not facts.written.is_accepted


@check("decl.mentor-types", TYPE, TYPE, COHORT)
def is_of_no_type_for_mentors(facts: DeclarationFacts) -> bool:
    """True for a mentor of a cohort that funds only the beginning and the end, and another type."""
    funds_ends_only = facts.training is not None and facts.period is not None and facts.period.mentor_funding
    is_at_an_end = facts.request.declaration_type in ("started", "completed")
    return funds_ends_only and facts.role == "mentor" and not is_at_an_end


@check("decl.evidence", EVIDENCE, "any")
def lacks_evidence(facts: DeclarationFacts) -> bool:
    """True when the type needs evidence and this is none that it may have."""
    return facts.training is not None and bool(facts.allowed) and facts.request.evidence_held not in facts.allowed


@check("decl.withdrawal-undated", ALONE, PARTICIPANT)
def cannot_be_compared_with_the_withdrawal(facts: DeclarationFacts) -> bool:
    """True for somebody who was withdrawn, and no date to compare with that."""
    return facts.withdrawn_at is not None and facts.compared_at is None


@check("decl.before-withdrawal", PARTICIPANT, PARTICIPANT)
def is_not_before_the_withdrawal(facts: DeclarationFacts) -> bool:
    """True for a date at which the provider had withdrawn them."""
    withdrawn_at, at = facts.withdrawn_at, facts.compared_at
    return withdrawn_at is not None and at is not None and withdrawn_at <= at


@check("decl.cohort-not-frozen", COHORT, COHORT)
def is_in_a_frozen_cohort(facts: DeclarationFacts) -> bool:
    """True when they train today, with whomever, in a cohort whose payments are frozen."""
    return facts.current_period is not None and facts.current_period.frozen_at(facts.now)


@check("decl.cohort-open", COHORT, TYPE, COHORT)
def has_no_open_statement(facts: DeclarationFacts) -> bool:
    """True for somebody eligible, of whose cohort the provider has no open statement left."""
    return facts.training is not None and facts.is_eligible and facts.open_statement is None


@check("decl.milestone-exists", TYPE, DATE, TYPE, PARTICIPANT, COURSE, COHORT)
def has_no_such_milestone(facts: DeclarationFacts) -> bool:
    """True when the schedule has no milestone of the type."""
    return facts.schedule is not None and facts.milestone is None


@check("decl.in-sequence", DATE, DATE, TYPE)
def is_out_of_sequence(facts: DeclarationFacts) -> bool:
    """True for a date before that of an earlier type, or after that of a later one, from cohort 2025 on."""
    at, period, type = facts.compared_at, facts.period, facts.request.declaration_type
    if at is None or facts.training is None or period is None or period.id < IN_SEQUENCE_FROM or type not in TYPES:
        return False
    place = TYPES.index(type)
    earlier = (each.declaration_date for each in facts.live if _place(each) < place)
    later = (each.declaration_date for each in facts.live if _place(each) > place)
    return at < max(earlier, default=at) or at > min(later, default=at)


def _place(declaration: Declaration) -> int:
    return TYPES.index(declaration.declaration_type)


@check("decl.placed-with-provider", PARTICIPANT, PARTICIPANT)
def is_no_trainee(facts: DeclarationFacts) -> bool:
    """True when the provider never trained them, in either role."""
    return facts.training is None and not facts.trains_in_other_role


RECORDING: Final[Rules] = (
    dates_it_by_a_truth_value,
    is_of_nobody,
    is_for_no_course,
    lacks_a_date,
    is_for_the_other_role,
    lacks_a_type,
    is_of_no_type,
    is_declared_already,
    is_dated_by_no_date,
    lies_in_the_future,
    is_before_its_milestone,
    is_after_its_milestone,
    is_dated_in_another_form,
    is_of_no_type_for_mentors,
    lacks_evidence,
    cannot_be_compared_with_the_withdrawal,
    is_not_before_the_withdrawal,
    is_in_a_frozen_cohort,
    has_no_open_statement,
    has_no_such_milestone,
    is_out_of_sequence,
    is_no_trainee,
)
