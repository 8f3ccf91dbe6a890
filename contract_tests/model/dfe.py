"""What the DfE finds out and decides, and pays; and what time brings about."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from contract_tests.model.merging import same_person
from contract_tests.model.records import UNVALIDATED, Declaration, Statement, Training, midnight
from contract_tests.model.register import Register
from contract_tests.model.training import lose_mentees


def validate(register: Register, training: Training, status: str, *, trn_validated: bool | None = None) -> None:
    """The DfE says how far it has come with somebody's details, and what they had declared before joins a statement."""
    found = (status, status not in UNVALIDATED if trn_validated is None else trn_validated)
    if found != (training.validation, training.trn_validated):
        training.validation, training.trn_validated = found
        register.touch(training)
    if training.eligible:
        for declaration in register.declarations:
            if declaration.training is training and declaration.state == "submitted":
                statement = register.open_statement(declaration.provider, declaration.cohort)
                if statement is not None:
                    declaration.state, declaration.statement = "eligible", statement
                    declaration.updated = register.now
    same_person(register, training)


def end_induction(register: Register, training: Training, on: date | None) -> None:
    """An ECT's last day, or none after all."""
    if training.induction_end != on:
        training.induction_end = on
        register.touch(training)


def end_funding(register: Register, training: Training, on: date, reason: str) -> None:
    """The DfE pays for a mentor's training no longer."""
    if (training.funding_end, training.funding_end_reason) != (on, reason):
        training.funding_end, training.funding_end_reason = on, reason
        register.touch(training)


def close_cohort(register: Register, cohort: str) -> None:
    """A cohort takes no more payments, from the first time on that this is said."""
    register.closed.setdefault(cohort, register.now)


def open_cohort(register: Register, cohort: str) -> None:
    """It does again."""
    register.closed.pop(cohort, None)
    settle(register)


def make_payable(register: Register, statement: Statement) -> None:
    """What a statement holds is accepted for payment."""
    _accept(register, statement)
    statement.state, statement.updated = "payable", register.now


def pay(register: Register, statement: Statement) -> None:
    """A statement is paid, and takes back what it claws back."""
    _accept(register, statement)
    _pay(register, statement)
    statement.state, statement.updated = "paid", register.now


def settle(register: Register) -> None:
    """Whatever has fallen due by now happens, each thing at its time."""
    for at, is_payment, statement in sorted(_due(register), key=lambda due: (due[0], due[1], due[2].id)):
        with register.at(at):
            (pay if is_payment else make_payable)(register, statement)
    concerned = {each for declared in register.declarations for each in (declared.statement, declared.clawback)}
    for statement in [each for each in register.statements if each in concerned]:
        if statement.state != "open":
            _accept(register, statement)
        if statement.state == "paid":
            _pay(register, statement)
    for joining in [each for training in register.trainings for each in training.placements]:
        if joining.transfer and joining.created < joining.starts_at <= register.now:
            with register.at(joining.starts_at):
                for left in [each for each in joining.training.placements if each.school is not joining.school]:
                    lose_mentees(register, left)


def _due(register: Register) -> list[tuple[datetime, bool, Statement]]:
    found = []
    for statement in [each for each in register.statements if each.state != "paid"]:
        closes = midnight(statement.deadline + timedelta(days=1))
        if statement.state == "open" and closes <= register.now:
            found.append((closes, False, statement))
        paid_at = max(closes, midnight(statement.payment))
        if paid_at <= register.now:
            found.append((paid_at, True, statement))
    return found


def _accept(register: Register, statement: Statement) -> None:
    for declaration in [each for each in register.declarations if each.statement is statement]:
        if declaration.state != "eligible":
            continue
        if register.deployed or _has_started(register, declaration):
            declaration.state, declaration.updated = "payable", register.now
        elif onward := register.open_statement(statement.provider, statement.cohort, but=statement):
            declaration.statement, declaration.updated = onward, register.now


def _has_started(register: Register, declaration: Declaration) -> bool:
    return any(each.type == "started" for each in register.declared_of(declaration.training))


def _pay(register: Register, statement: Statement) -> None:
    for declaration in register.declarations:
        if declaration.statement is statement and declaration.state == "payable":
            declaration.state, declaration.updated = "paid", register.now
        if declaration.clawback is statement and declaration.state == "awaiting_clawback":
            declaration.state, declaration.updated = "clawed_back", register.now
