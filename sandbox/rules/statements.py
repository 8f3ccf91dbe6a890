"""Which statement a declaration goes on, and which a list is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sandbox.model import Cohort, Statement
from sandbox.rules.rule import rule

ONLY_TYPE: Final = "ecf"


def is_output_due(statement: Statement, now: datetime) -> bool:
    """True for an output statement whose deadline is today or later."""
    return statement.output and statement.deadline >= now.date()


def earliest(statements: Iterable[Statement]) -> Statement | None:
    """Of the statements that still take declarations the one with the earliest deadline; None without any."""
    return min(statements, key=lambda statement: statement.deadline, default=None)


@rule("decl.statement")
def next_open(statements: Iterable[Statement], _cohort: Cohort | None, now: datetime) -> Statement | None:
    """The next statement that is open: one accepted or paid since takes nothing, even at a time before that.

    Closing the cohort closes none (pay.frozen-cohort).
    """
    return earliest(
        statement for statement in statements if statement.state == "open" and is_output_due(statement, now)
    )


def is_of_type(type: str | None) -> bool:
    """True when statements are asked for as such, or by the one type there is."""
    return type in (None, ONLY_TYPE)
