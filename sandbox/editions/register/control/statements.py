"""Statements: what the DfE pays each provider, and what they hold. Reading them is what it is in ECF."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.edge.control.request import ControlRequest, found
from sandbox.edge.control.statements import get_statement, in_full, list_statements
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actors import statements
from sandbox.editions.register.control.acting import acting
from sandbox.editions.register.control.presented import Json
from sandbox.model import Declaration, Statement
from sandbox.store.protocol import Unit

__all__ = ["get_statement", "list_statements", "mark_paid", "mark_payable"]


def mark_payable(request: ControlRequest) -> Json:
    """`POST /statements/{id}/payable`."""
    return _marked(request, statements.mark_payable)


def mark_paid(request: ControlRequest) -> Json:
    """`POST /statements/{id}/pay`."""
    return _marked(request, statements.mark_paid)


def _marked(request: ControlRequest, mark: Callable[[Unit, Moment, Statement], list[Declaration]]) -> Json:
    id = request.ids["id"]
    with acting(request) as (unit, moment):
        mark(unit, moment, found(unit, Statement, id, "statement"))
        return in_full(unit, found(unit, Statement, id, "statement"))
