"""What the written guidance wants and the deployed service did not do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sandbox.model import Cohort, Milestone, Placement, Schedule, Statement, TrainingRecord
from sandbox.rules import status
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.participants import AboutParticipant, ActionFacts
from sandbox.rules.rule import rule
from sandbox.rules.statements import earliest, is_output_due
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


@rule("pay.frozen-cohort")
def takes_declarations(statement: Statement, cohort: Cohort, now: datetime) -> bool:
    """True while an output statement takes declarations: its deadline is today or later.

    It takes none once the DfE has accepted or paid it, which may be earlier; a request at a time before that finds it
    open. Once the DfE has closed the cohort for payments none of its statements is open.
    """
    accepted = statement.state != "open" and statement.updated_at <= now
    return is_output_due(statement, now) and not accepted and not cohort.frozen_at(now)


@rule("decl.statement")
def next_open(statements: Iterable[Statement], cohort: Cohort | None, now: datetime) -> Statement | None:
    """The next statement of a cohort that was open then, and the cohort too; None when there is none left."""
    if cohort is None:
        return None
    return earliest(statement for statement in statements if takes_declarations(statement, cohort, now))


@rule("decl.records-context")
def placement_at(placements: Sequence[Placement], declared_at: datetime) -> Placement:
    """The placement whose delivery partner and mentor a declaration stores: the one of its date, else the newest.

    `placements` are the training record's with this provider, newest first; there is at least one.
    """
    return next((placement for placement in placements if placement.lasts_at(declared_at)), placements[0])
