"""What becomes of a declaration: how it begins, what it keeps, and what voiding and paying make of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.editions.register.rules.check import check
from sandbox.editions.register.rules.days import DAY, day_of
from sandbox.model import (
    Declaration,
    DeclarationState,
    Mentorship,
    SchoolFunding,
    SchoolPeriod,
    Statement,
    Teacher,
    TrainingPeriod,
)
from sandbox.rules.payments import MENTOR_COMPLETED
from sandbox.rules.rule import Rules, rule

DECLARATION: Final = "participant_declaration_id"


@rule("vis.declaration")
def sees_declaration(provider_id: str, declaration: Declaration, latest: TrainingPeriod | None) -> bool:
    """True for a provider's own, and for a live one of the role that it trains, dated before that training's last day.

    `latest` is the provider's latest training of the person in the role. Its last day begins at midnight in UTC.
    """
    if declaration.lead_provider_id == provider_id:
        return True
    if latest is None or not declaration.is_live:
        return False
    at = declaration.declaration_date
    return latest.ends_on is None or (at.date(), at.time()) <= (latest.ends_on, at.min.time())


@rule("decl.eligible")
def first_state(is_eligible: bool) -> DeclarationState:
    """Eligible for who ever became so in the role, else submitted."""
    return "eligible" if is_eligible else "submitted"


@rule("decl.concurrent")
def twin_of(
    live: Iterable[Declaration], beside: Container[str], training: TrainingPeriod | None, declaration_type: str | None
) -> Declaration | None:
    """The declaration of a training and a type that was made beside another: it stands for both."""
    made = (each for each in live if each.id in beside and each.declaration_type == declaration_type)
    return next((each for each in made if training is not None and each.training_period_id == training.id), None)


@rule("decl.statement")
def next_open(statements: Iterable[Statement], today: date) -> Statement | None:
    """The open output statement with the earliest deadline from today on."""
    return next_due((each for each in statements if each.state == "open"), today)


@rule("pay.frozen-cohort")
def next_due(statements: Iterable[Statement], today: date) -> Statement | None:
    """The output statement with the earliest deadline from today on, in whatever state, frozen cohort or not."""
    due = (each for each in statements if each.output and each.deadline >= today)
    return min(due, key=lambda each: each.deadline, default=None)


@rule("decl.records-context")
def mentor_at(mentorships: Iterable[Mentorship], day: date) -> str | None:
    """Who mentors on a day or, of those who never do then, at the nearest time to it."""

    def distance(mentorship: Mentorship) -> int:
        if day < mentorship.starts_on:
            return (mentorship.starts_on - day).days
        if mentorship.ends_on is not None and day > mentorship.ends_on:
            return (day - mentorship.ends_on).days
        return 0

    nearest = min(mentorships, key=lambda each: (distance(each), each.starts_on, each.created_at), default=None)
    return nearest.mentor_id if nearest is not None else None


def uplifts_of(declaration_type: str, funding: SchoolFunding | None) -> tuple[bool, bool]:
    """The uplifts that a declaration keeps, of pupil premium and of sparsity (decl.records-context)."""
    if declaration_type != "started" or funding is None:
        return False, False
    return funding.pupil_premium, funding.sparsity


@rule("decl.becomes-eligible")
def joined(declaration: Declaration, statement: Statement, at: datetime) -> Declaration:
    """A submitted declaration of somebody who becomes eligible: it joins the next statement, in whatever state."""
    return replace(declaration, state="eligible", statement_id=statement.id, updated_at=at)


class VoidingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at when a declaration is taken back. `next_statement` may be in whatever state."""

    declaration: Declaration
    next_statement: Statement | None


@check("void.once", DECLARATION)
def is_voided_already(facts: VoidingFacts) -> bool:
    """True for a declaration that was voided before."""
    return facts.declaration.state == "voided"


@check("void.final", DECLARATION)
def is_being_clawed_back(facts: VoidingFacts) -> bool:
    """True once the money is being, or has been, taken back."""
    return facts.declaration.state in ("awaiting_clawback", "clawed_back")


@check("void.paid-needs-statement", DECLARATION)
def has_no_statement_to_claw_back_on(facts: VoidingFacts) -> bool:
    """True for a paid declaration without a later statement of the cohort."""
    return facts.declaration.state == "paid" and facts.next_statement is None


VOIDING: Final[Rules] = (is_voided_already, is_being_clawed_back, has_no_statement_to_claw_back_on)


@rule("void.unpaid")
def voided(declaration: Declaration, at: datetime) -> Declaration:
    """An unpaid declaration taken back: it leaves its statement."""
    return replace(declaration, state="voided", statement_id=None, updated_at=at)


@rule("void.paid")
def to_be_clawed_back(declaration: Declaration, statement: Statement, at: datetime) -> Declaration:
    """A paid declaration taken back: its money is, on that statement."""
    return replace(declaration, state="awaiting_clawback", clawback_statement_id=statement.id, updated_at=at)


@rule("void.frees-milestone")
def frees_its_milestone(declaration: Declaration) -> bool:
    """True once a declaration no longer stands in the way of another of its type."""
    return not declaration.is_live


@rule("decl.mentor-completes")
def mentor_funded(teacher: Teacher, completed: Sequence[Declaration]) -> Teacher:
    """A mentor with these live `completed` declarations: not funded after the last of them, and funded without any."""
    if not completed:
        if teacher.mentor_reason != MENTOR_COMPLETED:
            return teacher
        return replace(teacher, mentor=replace(teacher.mentor, ineligible_from=None), mentor_reason=None)
    last = day_of(max(each.declaration_date for each in completed))
    return replace(teacher, mentor=replace(teacher.mentor, ineligible_from=last), mentor_reason=MENTOR_COMPLETED)


def ended_by_completion(training: TrainingPeriod, on: date, today: date, now: datetime) -> TrainingPeriod:
    """The training of a mentor who has completed, which still runs: it ends that day, but lasts a day at least."""
    if not training.runs_after(today):
        return training
    return replace(training, ends_on=max(on, training.starts_on + DAY), moved_at=now)


@rule("void.mentor-reopens")
def reopened(
    training: TrainingPeriod, period: SchoolPeriod, id: str, today: date, now: datetime
) -> TrainingPeriod | None:
    """The training that follows the one which completion has ended, to the end of the time at the school.

    None where that training still runs, or where they are at the school no longer than it lasted, or than today.
    """
    if training.ends_on is None or training.runs_after(today):
        return None
    if not period.runs_after(max(training.ends_on, today)):
        return None
    return replace(
        training,
        id=id,
        starts_on=training.ends_on + DAY,
        ends_on=period.ends_on,
        withdrawn_at=None,
        withdrawn_reason=None,
        deferred_at=None,
        deferred_reason=None,
        created_at=now,
        moved_at=now,
    )


@rule("pay.payable")
def made_payable(declaration: Declaration, at: datetime) -> Declaration:
    """What becomes of a declaration when its statement is payable."""
    return replace(declaration, state="payable", updated_at=at) if declaration.state == "eligible" else declaration


@rule("pay.paid")
def made_paid(declaration: Declaration, at: datetime) -> Declaration:
    """What becomes of a declaration when the statement that holds it, as payment or as clawback, is paid."""
    settled: dict[DeclarationState, DeclarationState] = {"payable": "paid", "awaiting_clawback": "clawed_back"}
    after = settled.get(declaration.state)
    return replace(declaration, state=after, updated_at=at) if after is not None else declaration
