"""Declarations that begin otherwise, are kept otherwise, taken back or paid otherwise than they should."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from msgspec.structs import replace

from sandbox.edition import Defect
from sandbox.editions.register.rules.payments import is_being_clawed_back, is_voided_already, next_due
from sandbox.model import Declaration, Mentorship, Statement, Teacher, TrainingPeriod
from sandbox.rules.parts import altered, becoming, leaving_out, never

Move = Callable[[Declaration, datetime], Declaration]


def _never_eligible(_is_eligible: bool) -> str:
    return "submitted"


def _the_last_one(statements: Iterable[Statement], today: date) -> Statement | None:
    due = (each for each in statements if each.output and each.state == "open" and each.deadline >= today)
    return max(due, key=lambda each: each.deadline, default=None)


def _the_next_after_today(statements: Iterable[Statement], today: date) -> Statement | None:
    return next_due((each for each in statements if each.state == "open" and each.deadline > today), today)


def _the_last_mentor(mentorships: Iterable[Mentorship], _day: date) -> str | None:
    last = max(mentorships, key=lambda each: each.starts_on, default=None)
    return last.mentor_id if last is not None else None


def _unchanged(declaration: Declaration, *_: Any) -> Declaration:
    return declaration


def _voided_on_its_statement(declaration: Declaration, at: datetime) -> Declaration:
    return replace(declaration, state="voided", updated_at=at)


def _voided_unnoticed(voided: Move) -> Move:
    return lambda declaration, at: replace(voided(declaration, at), updated_at=declaration.updated_at)


def _just_voided(declaration: Declaration, _statement: Statement, at: datetime) -> Declaration:
    return replace(declaration, state="voided", statement_id=None, updated_at=at)


def _moved_to_the_other_statement(declaration: Declaration, statement: Statement, at: datetime) -> Declaration:
    return replace(
        declaration,
        state="awaiting_clawback",
        statement_id=None,
        clawback_statement_id=statement.id,
        updated_at=at,
    )


def _only_paid(declaration: Declaration, at: datetime) -> Declaration:
    return replace(declaration, state="paid", updated_at=at) if declaration.state == "payable" else declaration


def _still_funded(teacher: Teacher, _completed: Sequence[Declaration]) -> Teacher:
    return teacher


def _goes_on(training: TrainingPeriod, *_: Any) -> TrainingPeriod:
    return training


def _not_reopened(*_: Any) -> None:
    return None


def _sees_only_its_own(provider_id: str, declaration: Declaration, _latest: TrainingPeriod | None) -> bool:
    return declaration.lead_provider_id == provider_id


def _sees_voided_ones_too(provider_id: str, declaration: Declaration, latest: TrainingPeriod | None) -> bool:
    return declaration.lead_provider_id == provider_id or latest is not None


PAYING: Final = (
    Defect(
        name="everything-submitted",
        about="Stores whatever is declared as submitted, who is eligible or not.",
        breaks="decl.eligible",
        rules=altered("payments.first_state", becoming(_never_eligible)),
    ),
    Defect(
        name="last-statement-taken",
        about="Puts declarations on the last open statement there is, not on the next one.",
        breaks="decl.statement",
        rules=altered("payments.next_open", becoming(_the_last_one)),
    ),
    Defect(
        name="deadline-day-too-late",
        about="Puts what is declared on the day of a deadline on the statement after it.",
        breaks="decl.statement",
        rules=altered("payments.next_open", becoming(_the_next_after_today)),
    ),
    Defect(
        name="mentor-of-today-stored",
        about="Stores the last mentor with a declaration, not the one nearest to its date.",
        breaks="decl.records-context",
        rules=altered("payments.mentor_at", becoming(_the_last_mentor)),
    ),
    Defect(
        name="submitted-for-ever",
        about="Leaves what was submitted as it is when somebody becomes eligible.",
        breaks="decl.becomes-eligible",
        rules=altered("payments.joined", becoming(_unchanged)),
    ),
    Defect(
        name="voided-on-its-statement",
        about="Leaves voided declarations on their statements.",
        breaks="void.unpaid",
        rules=altered("payments.voided", becoming(_voided_on_its_statement)),
    ),
    Defect(
        name="voided-unnoticed",
        about="Leaves the updated_at of a declaration alone when it is voided.",
        breaks="updated.declaration",
        rules=altered("payments.voided", _voided_unnoticed),
    ),
    Defect(
        name="voided-twice",
        about="Lets declarations be voided that are voided already.",
        breaks="void.once",
        rules=leaving_out("voiding", is_voided_already),
    ),
    Defect(
        name="voided-types-stay-taken",
        about="Refuses a type of declaration that has been voided, as if it still stood.",
        breaks="void.frees-milestone",
        rules=altered("payments.frees_its_milestone", never),
    ),
    Defect(
        name="clawed-back-twice",
        about="Lets declarations be voided that are on their way back, or came back.",
        breaks="void.final",
        rules=leaving_out("voiding", is_being_clawed_back),
    ),
    Defect(
        name="paid-just-voided",
        about="Voids paid declarations like any other, and takes no money back.",
        breaks="void.paid",
        rules=altered("payments.to_be_clawed_back", becoming(_just_voided)),
    ),
    Defect(
        name="clawback-leaves-its-statement",
        about="Takes a declaration that is to be clawed back off the statement it was paid with.",
        breaks="void.paid",
        rules=altered("payments.to_be_clawed_back", becoming(_moved_to_the_other_statement)),
    ),
    Defect(
        name="eligible-on-payable-statements",
        about="Leaves declarations eligible when their statement becomes payable.",
        breaks="pay.payable",
        rules=altered("payments.made_payable", becoming(_unchanged)),
    ),
    Defect(
        name="never-clawed-back",
        about="Leaves declarations awaiting clawback when the statement that takes them back is paid.",
        breaks="pay.paid",
        rules=altered("payments.made_paid", becoming(_only_paid)),
    ),
    Defect(
        name="completed-mentor-funded",
        about="Takes no notice of a mentor's completion.",
        breaks="decl.mentor-completes",
        rules=altered("payments.mentor_funded", becoming(_still_funded)),
    ),
    Defect(
        name="completed-mentor-in-training",
        about="Lets the training of a mentor go on who has completed.",
        breaks="decl.mentor-completes",
        rules=altered("payments.ended_by_completion", becoming(_goes_on)),
    ),
    Defect(
        name="mentor-not-reopened",
        about="Begins no training when a mentor's completion is taken back.",
        breaks="void.mentor-reopens",
        rules=altered("payments.reopened", becoming(_not_reopened)),
    ),
    Defect(
        name="others-declarations-hidden",
        about="Shows a provider nothing that another declared of its people.",
        breaks="vis.declaration",
        rules=altered("payments.sees_declaration", becoming(_sees_only_its_own)),
    ),
    Defect(
        name="others-voided-declarations-shown",
        about="Shows a provider whatever another declared of its people, voided and later things too.",
        breaks="vis.declaration",
        rules=altered("payments.sees_declaration", becoming(_sees_voided_ones_too)),
    ),
)
