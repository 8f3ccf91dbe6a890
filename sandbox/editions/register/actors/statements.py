"""What the DfE does with statements: it closes them, and it pays them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.editions.register.actions.call import Moment
from sandbox.model import Declaration, Statement, StatementState
from sandbox.rules.rule import rule
from sandbox.store.protocol import Unit

Move = Callable[[Declaration, datetime], Declaration]


def mark_payable(unit: Unit, moment: Moment, statement: Statement) -> list[Declaration]:
    """Close a statement whose deadline is past, with what it holds (pay.payable). Raises Impossible."""
    if statement.state != "open":
        raise Impossible(f"statement {statement.id} is {statement.state} already")
    _must_be_due(moment, statement)
    return _moved(unit, moment, statement, "payable", moment.rules.payments.made_payable)


def mark_paid(unit: Unit, moment: Moment, statement: Statement) -> list[Declaration]:
    """Pay a statement that has something to settle, and take back what it claws back (pay.paid). Raises Impossible."""
    if statement.state != "payable":
        raise Impossible(f"statement {statement.id} is {statement.state}: only what is payable can be paid")
    if not statement.output:
        raise Impossible(f"statement {statement.id} pays service fees: it holds no declarations")
    _must_be_due(moment, statement)
    held = _held(unit, statement)
    if not any(each.state in ("payable", "awaiting_clawback") for each in held):
        raise Impossible(f"statement {statement.id} holds nothing to pay or to take back")
    return _moved(unit, moment, statement, "paid", moment.rules.payments.made_paid)


def _must_be_due(moment: Moment, statement: Statement) -> None:
    if statement.deadline >= moment.today:
        raise Impossible(f"statement {statement.id} takes declarations until {statement.deadline}")


def _held(unit: Unit, statement: Statement) -> list[Declaration]:
    """What a statement pays, and then what it takes back."""
    pays = unit.find(Declaration, statement_id=statement.id)
    return [*pays, *unit.find(Declaration, clawback_statement_id=statement.id)]


@rule("updated.statement")
def _moved(unit: Unit, moment: Moment, statement: Statement, state: StatementState, move: Move) -> list[Declaration]:
    unit.put(replace(statement, state=state, updated_at=moment.now))
    moved = []
    for declaration in _held(unit, statement):
        after = move(declaration, moment.now)
        if after != declaration:
            unit.put(after)
            moved.append(after)
    return moved
