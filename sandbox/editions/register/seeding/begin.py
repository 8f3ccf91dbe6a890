"""What a world of Register begins with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec.structs import replace

from sandbox.editions.register.rules.book import RegisterBook
from sandbox.editions.register.rules.days import day_of
from sandbox.editions.register.seeding.records import seed_records
from sandbox.editions.register.seeding.seeds import read, read_organisations
from sandbox.model import Statement
from sandbox.store.protocol import Unit

ORGANISATIONS = "register-organisations"


def begin(unit: Unit, _scenario: str, _rules: RegisterBook, starts_at: datetime) -> None:
    """Put the records in with which a scenario begins. Raises SeedProblem."""
    for record in seed_records(read()):
        unit.put(record)
    settle_statements(unit, day_of(starts_at))


def settle_statements(unit: Unit, today: date) -> None:
    """Have statements be as old as they are: payable past their deadline, paid two months after payment was due."""
    for statement in list(unit.all(Statement)):
        if _two_months_after(statement.payment_date) < today:
            unit.put(replace(statement, state="paid"))
        elif statement.deadline < today:
            unit.put(replace(statement, state="payable"))


def _two_months_after(day: date) -> date:
    month = day.month + 1
    return day.replace(year=day.year + month // 12, month=month % 12 + 1)


def tokens() -> Mapping[str, str]:
    """The bearer token of each lead provider, by the provider's name. Raises SeedProblem."""
    return {provider.name: provider.token for provider in read_organisations().providers}
