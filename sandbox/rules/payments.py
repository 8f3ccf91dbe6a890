"""What becomes of a declaration: eligible, payable, paid; voided, awaiting clawback, clawed back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec

from sandbox.model import (
    Declaration,
    DeclarationChange,
    DeclarationState,
    Statement,
    TrainingRecord,
)
from sandbox.rules.rule import Rules, rule

MENTOR_COMPLETED: Final = "completed_declaration_received"


class VoidingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the rules of voiding look at."""

    declaration: Declaration
    open_statement: Statement | None


@rule("void.once")
def is_voided_already(facts: VoidingFacts) -> bool:
    """True for a declaration that was voided before."""
    return facts.declaration.state == "voided"


@rule("void.final")
def is_being_clawed_back(facts: VoidingFacts) -> bool:
    """True once the money is being, or has been, taken back: then it can only be viewed."""
    return facts.declaration.state in ("awaiting_clawback", "clawed_back")


@rule("void.paid-needs-statement")
def has_no_statement_to_claw_back_on(facts: VoidingFacts) -> bool:
    """True for a paid declaration whose cohort has no open output statement left."""
    return facts.declaration.state == "paid" and facts.open_statement is None


VOIDING: Final[Rules] = (is_voided_already, is_being_clawed_back, has_no_statement_to_claw_back_on)


def moved_on(
    declaration: Declaration, state: DeclarationState, at: datetime, *, statement_id: str | None
) -> Declaration:
    """The declaration in its next state, with the change in its history."""
    change = DeclarationChange(state=state, at=at, statement_id=statement_id)
    return msgspec.structs.replace(
        declaration,
        state=state,
        statement_id=statement_id,
        history=(*declaration.history, change),
        updated_at=at,
    )


def as_first_recorded(declaration: Declaration) -> Declaration:
    """The declaration as it was when the provider first made it (decl.idempotent)."""
    first = declaration.history[0]
    return msgspec.structs.replace(
        declaration,
        state=first.state,
        statement_id=first.statement_id,
        clawback_statement_id=None,
        updated_at=first.at,
    )


@rule("void.unpaid")
def voided(declaration: Declaration, at: datetime) -> Declaration:
    """An unpaid declaration voided: it leaves its statement."""
    return moved_on(declaration, "voided", at, statement_id=None)


@rule("void.paid")
def to_be_clawed_back(declaration: Declaration, statement: Statement, at: datetime) -> Declaration:
    """A paid declaration voided: its money is taken back on the next open output statement."""
    waiting = moved_on(declaration, "awaiting_clawback", at, statement_id=declaration.statement_id)
    return msgspec.structs.replace(waiting, clawback_statement_id=statement.id)


@rule("void.frees-milestone")
def frees_its_milestone(declaration: Declaration) -> bool:
    """True once a declaration no longer stands in the way of another for the same milestone."""
    return not declaration.is_live


@rule("decl.becomes-eligible")
def found_eligible(declaration: Declaration, statement: Statement | None, at: datetime) -> Declaration:
    """A submitted declaration whose participant turns out eligible: it joins a statement if one is open."""
    if declaration.state != "submitted" or statement is None:
        return declaration
    return moved_on(declaration, "eligible", at, statement_id=statement.id)


@rule("pay.payable")
def made_payable(declaration: Declaration, at: datetime) -> Declaration:
    """What the DfE's marking a statement payable does to a declaration on it."""
    if declaration.state != "eligible":
        return declaration
    return moved_on(declaration, "payable", at, statement_id=declaration.statement_id)


def moved_to(declaration: Declaration, statement: Statement, at: datetime) -> Declaration:
    """An eligible declaration held back, now on the next statement."""
    return moved_on(declaration, declaration.state, at, statement_id=statement.id)


@rule("pay.paid")
def made_paid(declaration: Declaration, at: datetime) -> Declaration:
    """What the DfE's paying a statement does to a declaration that is on it, as payment or as clawback."""
    settled: dict[DeclarationState, DeclarationState] = {"payable": "paid", "awaiting_clawback": "clawed_back"}
    if declaration.state not in settled:
        return declaration
    return moved_on(declaration, settled[declaration.state], at, statement_id=declaration.statement_id)


@rule("decl.mentor-completes")
def mentor_completed(record: TrainingRecord, declaration: Declaration) -> TrainingRecord:
    """A mentor's training record once a `completed` declaration is made for it."""
    if record.participant_type != "mentor" or declaration.declaration_type != "completed":
        return record
    return msgspec.structs.replace(
        record,
        mentor_funding_end_date=declaration.declaration_date.date(),
        mentor_ineligible_for_funding_reason=MENTOR_COMPLETED,
    )


def mentor_completion_undone(
    record: TrainingRecord, declaration: Declaration, standing: Iterable[Declaration]
) -> TrainingRecord:
    """A mentor's training record once a `completed` declaration is voided (decl.mentor-completes).

    `standing` are the live declarations that remain for the record: with another `completed` among them nothing is
    undone, as when the one voided was ineligible.
    """
    if record.mentor_ineligible_for_funding_reason != MENTOR_COMPLETED or declaration.declaration_type != "completed":
        return record
    if any(other.declaration_type == "completed" for other in standing):
        return record
    return msgspec.structs.replace(record, mentor_funding_end_date=None, mentor_ineligible_for_funding_reason=None)
