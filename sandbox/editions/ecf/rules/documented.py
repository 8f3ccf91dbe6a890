"""What the written guidance wants and the deployed service did not do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sandbox.model import Milestone, Placement, Schedule, TrainingRecord
from sandbox.rules import status
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.participants import AboutParticipant, ActionFacts
from sandbox.rules.rule import rule
from sandbox.rules.status import induction_status


def milestones(schedule: Schedule) -> Sequence[Milestone]:
    """The milestones of a schedule by the dates that the guidance gives (decl.milestone-exists)."""
    return schedule.milestones_in("documented")


@rule("vis.validated-only")
def awaits_validation(record: TrainingRecord) -> bool:
    """True while the DfE has not validated the details of a training record: it is shown nowhere until then."""
    return not record.is_validated


@rule("vis.validated-only")
def is_not_validated(facts: AboutParticipant) -> bool:
    """True for a participant of the provider's whose details the DfE has still to validate."""
    return facts.awaiting_validation


@rule("status.derive")
def participant_status(placement: Placement, now: datetime) -> str:
    """`participant_status`: nobody is joining only because it is told of a time before they were last acted on."""
    if placement.began_at is not None and placement.ends_at is None:
        return induction_status(placement)
    return status.participant_status(placement, now)


@rule("withdraw.needs-started")
def was_never_started(facts: ActionFacts) -> bool:
    """True when the participant has no live `started` declaration for the course."""
    return facts.placement is not None and not facts.has_started


@rule("decl.idempotent")
def is_exact_copy(facts: DeclarationFacts, provider_id: str) -> bool:
    """True when the provider itself made a live declaration just like this one, which is answered once more."""
    rival = facts.rival
    return (
        rival is not None
        and rival.lead_provider_id == provider_id
        and rival.declaration_date == facts.declared_at
        and rival.evidence_held == facts.evidence_kept
    )


@rule("pay.needs-started")
def lacks_a_started(declared_types: frozenset[str]) -> bool:
    """True when the participant has no live `started` declaration for the course, so that nothing is payable yet."""
    return "started" not in declared_types
