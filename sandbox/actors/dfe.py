"""What only the DfE does: validate people, end their funding, merge duplicates, pay statements, close cohorts."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from sandbox.actions.call import Moment
from sandbox.actions.declarations import open_statement
from sandbox.actions.marking import save_record
from sandbox.actors.impossible import Impossible
from sandbox.model import (
    UNVALIDATED,
    Cohort,
    Declaration,
    Statement,
    StatementState,
    TrainingRecord,
    ValidationStatus,
)
from sandbox.rules.payments import moved_to
from sandbox.store.protocol import Reader, Unit

FOUND_UNFUNDED: Final = ("completed_during_early_roll_out", "started_not_completed")
FUNDING_ENDS: Final = ("completed_declaration_received", *FOUND_UNFUNDED)


def validate(
    unit: Unit,
    moment: Moment,
    record: TrainingRecord,
    status: ValidationStatus,
    *,
    trn_validated: bool | None = None,
) -> TrainingRecord:
    """Say how far the DfE has come with someone's details; the TRN counts as validated with them unless said.

    Once they are eligible, what was declared of them before joins a statement.
    """
    validated = msgspec.structs.replace(
        record,
        validation_status=status,
        trn_validated=status not in UNVALIDATED if trn_validated is None else trn_validated,
    )
    validated = save_record(unit, moment, validated)
    if validated.eligible_for_funding:
        for declaration in unit.find(Declaration, participant_id=record.participant_id):
            if declaration.training_record_id == record.id:
                statement = open_statement(unit, moment, declaration.lead_provider_id, declaration.cohort)
                unit.put(moment.rules.payments.found_eligible(declaration, statement, moment.now))
    return validated


def end_induction(unit: Unit, moment: Moment, record: TrainingRecord, on: date | None) -> TrainingRecord:
    """Note the day an ECT's induction ended; None takes it back. Raises Impossible."""
    if record.participant_type != "ect":
        raise Impossible("only an ECT has an induction that ends")
    return save_record(unit, moment, msgspec.structs.replace(record, induction_end_date=on))


def end_mentor_funding(unit: Unit, moment: Moment, record: TrainingRecord, on: date, reason: str) -> TrainingRecord:
    """Note the day from which a mentor's training is no longer paid for, and why. Raises Impossible."""
    if record.participant_type != "mentor":
        raise Impossible("only a mentor has mentor funding that ends")
    if reason not in FUNDING_ENDS:
        raise Impossible(f"{reason!r} is no reason for funding to end: give one of {', '.join(FUNDING_ENDS)}")
    ended = msgspec.structs.replace(record, mentor_funding_end_date=on, mentor_ineligible_for_funding_reason=reason)
    return save_record(unit, moment, ended)


def close_cohort(unit: Unit, moment: Moment, cohort: Cohort) -> Cohort:
    """Close a cohort for payments: from now on none of its statements takes anything (pay.frozen-cohort).

    One that is closed stays so, since when it was.
    """
    if cohort.frozen_at(moment.now):
        return cohort
    closed = msgspec.structs.replace(cohort, payments_frozen_at=moment.now)
    unit.put(closed)
    return closed


def mark_payable(unit: Unit, moment: Moment, statement: Statement) -> Statement:
    """Accept what a statement holds for payment.

    Where the written guidance is followed, what lacks a `started` declaration moves to the next open statement; if
    there is none it stays, unpaid (pay.needs-started). Raises Impossible.
    """
    if statement.state != "open":
        raise Impossible(f"statement {statement.id} is {statement.state} already")
    _accept(unit, moment, statement)
    return _in_state(unit, moment, statement, "payable")


def mark_paid(unit: Unit, moment: Moment, statement: Statement) -> Statement:
    """Pay a statement, and take back what it claws back. What was not accepted for payment yet is now.

    Raises Impossible.
    """
    if statement.state == "paid":
        raise Impossible(f"statement {statement.id} is paid already")
    _accept(unit, moment, statement)
    _pay(unit, moment, statement)
    return _in_state(unit, moment, statement, "paid")


def catch_up(unit: Unit, moment: Moment, statement: Statement) -> None:
    """Do now what a statement's turn would have done to the declarations that joined it afterwards."""
    _accept(unit, moment, statement)
    if statement.state == "paid":
        _pay(unit, moment, statement)


def _accept(unit: Unit, moment: Moment, statement: Statement) -> None:
    """Make what a statement holds payable, or move it on; what has nowhere to go stays."""
    for declaration in unit.find(Declaration, statement_id=statement.id):
        if declaration.state != "eligible":
            continue
        if not _is_held_back(unit, moment, declaration):
            unit.put(moment.rules.payments.made_payable(declaration, moment.now))
        elif onward := _next_but(unit, moment, statement):
            unit.put(moved_to(declaration, onward, moment.now))


def _pay(unit: Unit, moment: Moment, statement: Statement) -> None:
    """Pay what a statement holds, as far as it was accepted, and take back what it claws back."""
    for declaration in unit.find(Declaration, statement_id=statement.id):
        if declaration.state == "payable":
            unit.put(moment.rules.payments.made_paid(declaration, moment.now))
    for declaration in unit.find(Declaration, clawback_statement_id=statement.id):
        if declaration.state == "awaiting_clawback":
            unit.put(moment.rules.payments.made_paid(declaration, moment.now))


def _is_held_back(reader: Reader, moment: Moment, declaration: Declaration) -> bool:
    """True where an eligible declaration is not paid for before the participant has started."""
    started = reader.find(
        Declaration,
        participant_id=declaration.participant_id,
        course_identifier=declaration.course_identifier,
        declaration_type="started",
    )
    return moment.rules.payments.lacks_a_started(frozenset(found.declaration_type for found in started))


def _next_but(reader: Reader, moment: Moment, statement: Statement) -> Statement | None:
    """The provider's next open statement of the same cohort, other than this one."""
    others = (
        other
        for other in reader.find(Statement, lead_provider_id=statement.lead_provider_id, cohort=statement.cohort)
        if other.id != statement.id and other.state == "open"
    )
    return moment.rules.declarations.next_open(others, reader.get(Cohort, statement.cohort), moment.now)


def _in_state(unit: Unit, moment: Moment, statement: Statement, state: StatementState) -> Statement:
    moved = msgspec.structs.replace(statement, state=state, updated_at=moment.now)
    unit.put(moved)
    return moved
