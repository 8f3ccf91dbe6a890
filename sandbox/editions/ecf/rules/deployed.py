"""What the deployed service did, as it was recorded in March 2026, where its guidance says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.model import Milestone, Schedule, TrainingRecord
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.rule import rule
from sandbox.rules.times import instant


def milestones(schedule: Schedule) -> Sequence[Milestone]:
    """The milestones of a schedule by the dates that the service has (decl.milestone-exists)."""
    return schedule.milestones_in("deployed")


def hides_nobody(_record: TrainingRecord) -> bool:
    """False: people whom the DfE has not validated are shown too, with nulls (vis.validated-only)."""
    return False


def answers_no_copy(_facts: DeclarationFacts, _provider_id: str) -> bool:
    """False: an exact copy is refused like any other second declaration (decl.idempotent)."""
    return False


def pays_without_a_started(_declared_types: frozenset[str]) -> bool:
    """False: what was declared is paid, whether or not `started` was (pay.needs-started)."""
    return False


@rule("decl.withdrawal-undated")
def is_withdrawn_and_undated(facts: DeclarationFacts) -> bool:
    """True of somebody withdrawn when the date cannot be read that should lie before it: no proper request."""
    return facts.withdrawn_at is not None and facts.declared_at is None


@rule("decl.date-given")
def has_no_readable_date(facts: DeclarationFacts) -> bool:
    """True when there is no declaration date, or none that can be read at all."""
    return facts.declared_at is None


@rule("decl.date-format")
def date_is_of_another_form(facts: DeclarationFacts) -> bool:
    """True for a date that can be read, and is by the other rules, but is no RFC 3339 date and time."""
    return facts.declared_at is not None and instant(facts.request.declaration_date) is None
