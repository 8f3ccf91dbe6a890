"""Which statement a declaration goes on, and which a list is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sandbox.model import Cohort, Statement
from sandbox.rules.rule import rule

ONLY_TYPE: Final = "ecf"


@rule("pay.frozen-cohort")
def is_open(statement: Statement, cohort: Cohort, now: datetime) -> bool:
    """True while an output statement still takes declarations: its deadline is today or later.

    It takes none once the DfE has accepted or paid it, which may be earlier; a request at a time before that finds it
    open. Once the DfE has closed the cohort for payments none of its statements is open.
    """
    accepted = statement.state != "open" and statement.updated_at <= now
    return statement.output and statement.deadline >= now.date() and not accepted and not cohort.frozen_at(now)


@rule("decl.statement")
def next_open(statements: Iterable[Statement], cohort: Cohort | None, now: datetime) -> Statement | None:
    """The open output statement with the earliest deadline; None when there is none left."""
    if cohort is None:
        return None
    candidates = (statement for statement in statements if is_open(statement, cohort, now))
    return min(candidates, key=lambda statement: statement.deadline, default=None)


def is_of_type(type: str | None) -> bool:
    """True when statements are asked for as such, or by the one type there is."""
    return type in (None, ONLY_TYPE)
