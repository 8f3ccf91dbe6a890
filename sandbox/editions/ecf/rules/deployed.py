"""What the deployed service did, as it was recorded in March 2026, where its guidance says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sandbox.model import Milestone, PresentedPartnership, PresentedSchool, Schedule, TrainingRecord
from sandbox.rules import sorting
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.participants import WITHDRAWAL_REASONS, ActionFacts
from sandbox.rules.rule import rule


def _last(value: Any) -> Any:
    """Puts a value in order in which what is missing comes last."""
    return value is None, value


# A list is sorted by any column of its own records (read.sort), so not by what is shown of others with them.
PARTNERSHIPS_BY: Final[Mapping[str, Callable[[PresentedPartnership], Any]]] = {
    **sorting.PARTNERSHIPS_BY,
    "updated_at": lambda presented: presented.partnership.updated_at,
    "cohort_id": lambda presented: (presented.partnership.cohort, presented.partnership.id),
    "school_id": lambda presented: presented.partnership.school_id,
    "delivery_partner_id": lambda presented: presented.partnership.delivery_partner_id,
    "challenge_reason": lambda presented: _last(presented.partnership.challenged_reason),
    "challenged_at": lambda presented: _last(presented.partnership.challenged_at),
}
SCHOOLS_BY: Final[Mapping[str, Callable[[PresentedSchool], Any]]] = {
    **sorting.SCHOOLS_BY,
    "updated_at": lambda presented: presented.school.updated_at,
}


def milestones(schedule: Schedule) -> Sequence[Milestone]:
    """The milestones of a schedule by the dates that the service has (decl.milestone-exists)."""
    return schedule.milestones_in("deployed")


@rule("withdraw.reason")
def withdraws_without_a_reason_of_today(facts: ActionFacts) -> bool:
    """True when the reason for withdrawing a known participant is missing, none of those allowed, or an old name."""
    return facts.record is not None and facts.request.reason not in WITHDRAWAL_REASONS


def hides_nobody(_record: TrainingRecord) -> bool:
    """False: people whom the DfE has not validated are shown too, with nulls (vis.validated-only)."""
    return False


def answers_no_copy(_facts: DeclarationFacts, _provider_id: str) -> bool:
    """False: an exact copy is refused like any other second declaration (decl.idempotent)."""
    return False


def pays_without_a_started(_declared_types: frozenset[str]) -> bool:
    """False: what was declared is paid, whether or not `started` was (pay.needs-started)."""
    return False
