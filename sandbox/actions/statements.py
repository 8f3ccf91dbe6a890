"""What the DfE pays a provider, month by month: what `GET /statements` shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from sandbox.actions.call import Call
from sandbox.model import Statement
from sandbox.rules.book import ReadingRules
from sandbox.rules.reading import Page
from sandbox.store.protocol import Reader


class StatementFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which statements are asked for; None filters nothing."""

    cohorts: frozenset[str] | None = None
    type: str | None = None
    updated_since: datetime | None = None


def statements(reader: Reader, call: Call, wanted: StatementFilter, page: Page) -> Sequence[Statement]:
    """One page of the output statements, those that are paid first first."""
    own = reader.find(Statement, lead_provider_id=call.provider.id)
    lists = call.rules.visibility.lists_statement
    found = [each for each in own if lists(call.provider.id, each) and _is_wanted(call.rules.reading, each, wanted)]
    found.sort(key=lambda statement: (statement.payment_date, statement.cohort, statement.id))
    return call.rules.reading.page_of(found, page)


def statement(reader: Reader, call: Call, statement_id: str, wanted: StatementFilter) -> Statement | None:
    """One of the provider's statements, of whatever kind; of the list's filters only the type counts."""
    found = reader.get(Statement, statement_id)
    if found is None or not call.rules.visibility.sees_statement(call.provider.id, found):
        return None
    if not call.rules.reading.is_of_type(wanted.type):
        return None
    return found


def _is_wanted(rules: ReadingRules, statement: Statement, wanted: StatementFilter) -> bool:
    return (
        rules.in_cohorts(statement.cohort, wanted.cohorts)
        and rules.is_of_type(wanted.type)
        and rules.changed_since(statement.updated_at, wanted.updated_since)
    )
