"""Statements: what the DfE pays each provider, of which it can be read back what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sandbox.actions.call import Moment
from sandbox.actors import dfe
from sandbox.edge.control import lookups, presented
from sandbox.edge.control.presented import Json
from sandbox.edge.control.request import ControlRequest, found
from sandbox.model import Declaration, Statement
from sandbox.store.protocol import Reader, Unit

# In the order in which they are reached.
MILESTONES: Final = (
    "started",
    *(f"retained-{number}" for number in range(1, 5)),
    "completed",
    *(f"extended-{number}" for number in range(1, 4)),
)


def list_statements(request: ControlRequest) -> Json:
    """`GET /statements`."""
    request.moment()  # so that what has fallen due is settled
    reader, query = request.world.reading(), request.query
    provider = lookups.provider(reader, query["provider"]).id if "provider" in query else None
    wanted = [
        statement
        for statement in reader.all(Statement)
        if provider in (None, statement.lead_provider_id)
        and query.get("cohort") in (None, statement.cohort)
        and query.get("state") in (None, statement.state)
        and query.get("output") in (None, str(statement.output).lower())
    ]
    wanted.sort(key=lambda statement: (statement.payment_date, statement.cohort))
    return {"statements": [_presented(reader, statement) for statement in wanted]}


def get_statement(request: ControlRequest) -> Json:
    """`GET /statements/{id}`."""
    request.moment()  # so that what has fallen due is settled
    return in_full(request.world.reading(), _named(request.world.reading(), request))


def mark_payable(request: ControlRequest) -> Json:
    """`POST /statements/{id}/payable`."""
    return _marked(request, dfe.mark_payable)


def mark_paid(request: ControlRequest) -> Json:
    """`POST /statements/{id}/pay`."""
    return _marked(request, dfe.mark_paid)


def _marked(request: ControlRequest, mark: Callable[[Unit, Moment, Statement], Statement]) -> Json:
    with request.acting() as (unit, moment):
        return in_full(unit, mark(unit, moment, _named(unit, request)))


def _named(reader: Reader, request: ControlRequest) -> Statement:
    return found(reader, Statement, request.ids["id"], "statement")


def in_full(reader: Reader, statement: Statement) -> Json:
    """A statement with what it pays and claws back, and the share that each milestone has in that."""
    payments = reader.find(Declaration, statement_id=statement.id)
    clawbacks = reader.find(Declaration, clawback_statement_id=statement.id)
    lines = [*(_line(each, "payment") for each in payments), *(_line(each, "clawback") for each in clawbacks)]
    totals = list(_totals([*payments, *clawbacks]))
    return {"statement": _presented(reader, statement) | {"declarations": lines, "totals": totals}}


def _totals(declarations: Sequence[Declaration]) -> Iterator[Json]:
    counted = Counter(declaration.declaration_type for declaration in declarations)
    for type in MILESTONES:
        if count := counted[type]:
            yield {"declaration_type": type, "count": count, "share": count / len(declarations)}


def _line(declaration: Declaration, kind: str) -> Json:
    return {
        "id": declaration.id,
        "participant_id": declaration.participant_id,
        "course_identifier": declaration.course_identifier,
        "declaration_type": declaration.declaration_type,
        "state": declaration.state.replace("_", "-"),
        "kind": kind,
    }


def _presented(reader: Reader, statement: Statement) -> Json:
    return {
        "id": statement.id,
        "provider": presented.provider(reader, statement.lead_provider_id),
        "cohort": statement.cohort,
        "year": statement.year,
        "month": statement.month,
        "deadline": statement.deadline,
        "payment_date": statement.payment_date,
        "output": statement.output,
        "state": statement.state,
    }
