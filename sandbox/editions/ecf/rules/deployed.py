"""What the deployed service did, as it was recorded in March 2026, where its guidance says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from sandbox.model import Milestone, Placement, Schedule, TrainingRecord
from sandbox.rules.declaration_facts import DeclarationFacts


def milestones(schedule: Schedule) -> Sequence[Milestone]:
    """The milestones of a schedule by the dates that the service has (decl.milestone-exists)."""
    return schedule.milestones_in("deployed")


def hides_nobody(_record: TrainingRecord) -> bool:
    """False: people whom the DfE has not validated are shown too, with nulls (vis.validated-only)."""
    return False


def knows_anybody(_placements: Sequence[Placement]) -> bool:
    """True: whoever has the id asked for is known; that they are another provider's is judged by itself."""
    return True


def answers_no_copy(_facts: DeclarationFacts, _provider_id: str) -> bool:
    """False: an exact copy is refused like any other second declaration (decl.idempotent)."""
    return False


def pays_without_a_started(_declared_types: frozenset[str]) -> bool:
    """False: what was declared is paid, whether or not `started` was (pay.needs-started)."""
    return False
