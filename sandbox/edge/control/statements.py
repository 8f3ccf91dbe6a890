"""Statements: what the DfE pays each provider, of which it can be read back what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sandbox.actions.call import Moment
from sandbox.actors import dfe
from sandbox.edge.control import named, shown
from sandbox.edge.control.asked import Asked, found
from sandbox.edge.control.shown import Json
from sandbox.model import Declaration, Statement
from sandbox.store.protocol import Reader, Unit

# In the order in which they are reached.
MILESTONES: Final = (
    "started",
    *(f"retained-{number}" for number in range(1, 5)),
    "completed",
    *(f"extended-{number}" for number in range(1, 4)),
)


def list_statements(asked: Asked) -> Json:
    """`GET /statements`."""
    asked.moment()  # so that what has fallen due is settled
    reader, query = asked.door.reading(), asked.query
    provider = named.provider(reader, query["provider"]).id if "provider" in query else None
    wanted = [
        statement
        for statement in reader.all(Statement)
        if provider in (None, statement.lead_provider_id)
        and query.get("cohort") in (None, statement.cohort)
        and query.get("state") in (None, statement.state)
    ]
    wanted.sort(key=lambda statement: (statement.payment_date, statement.cohort))
    return {"statements": [_shown(reader, statement) for statement in wanted]}


def get_statement(asked: Asked) -> Json:
    """`GET /statements/{id}`."""
    asked.moment()  # so that what has fallen due is settled
    return _in_full(asked.door.reading(), _named(asked.door.reading(), asked))


def mark_payable(asked: Asked) -> Json:
    """`POST /statements/{id}/payable`."""
    return _marked(asked, dfe.mark_payable)


def mark_paid(asked: Asked) -> Json:
    """`POST /statements/{id}/pay`."""
    return _marked(asked, dfe.mark_paid)


def _marked(asked: Asked, mark: Callable[[Unit, Moment, Statement], Statement]) -> Json:
    with asked.acting() as (unit, moment):
        return _in_full(unit, mark(unit, moment, _named(unit, asked)))


def _named(reader: Reader, asked: Asked) -> Statement:
    return found(reader, Statement, asked.ids["id"], "statement")


def _in_full(reader: Reader, statement: Statement) -> Json:
    """A statement with what it pays and claws back, and the share that each milestone has in that."""
    payments = reader.find(Declaration, statement_id=statement.id)
    clawbacks = reader.find(Declaration, clawback_statement_id=statement.id)
    lines = [*(_line(each, "payment") for each in payments), *(_line(each, "clawback") for each in clawbacks)]
    totals = list(_totals([*payments, *clawbacks]))
    return {"statement": _shown(reader, statement) | {"declarations": lines, "totals": totals}}


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


def _shown(reader: Reader, statement: Statement) -> Json:
    return {
        "id": statement.id,
        "provider": shown.provider(reader, statement.lead_provider_id),
        "cohort": statement.cohort,
        "year": statement.year,
        "month": statement.month,
        "deadline": statement.deadline,
        "payment_date": statement.payment_date,
        "output": statement.output,
        "state": statement.state,
    }
