"""What the deployed service did, as it was recorded in March 2026, where its guidance says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sandbox.model import Milestone, Partnership, Placement, Schedule, TrainingRecord
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.rule import rule
from sandbox.rules.visibility import belongs_to


def milestones(schedule: Schedule) -> Sequence[Milestone]:
    """The milestones of a schedule by the dates that the service has (decl.milestone-exists)."""
    return schedule.milestones_in("deployed")


def hides_nobody(_record: TrainingRecord) -> bool:
    """False: people whom the DfE has not validated are shown too, with nulls (vis.validated-only)."""
    return False


@rule("vis.participant")
def acts_on_all_of_its_own(provider_id: str, placement: Placement, partnership: Partnership | None) -> bool:
    """True for a placement through any partnership of this provider's: what a challenge hides is still acted on."""
    return belongs_to(provider_id, placement) and partnership is not None


def in_partnership(partnerships: Iterable[Partnership]) -> bool:
    """True when one of a school's partnerships is unchallenged, be it made for one person's transfer (vis.school)."""
    return any(partnership.challenged_at is None for partnership in partnerships)


def acts_on_what_goes_on(record: TrainingRecord) -> bool:
    """True unless the school has withdrawn the training: that is none any more (participant.course-matches)."""
    return not record.withdrawn_by_school


def knows_anybody(_placements: Sequence[Placement]) -> bool:
    """True: whoever has the id asked for is known; that they are another provider's is judged by itself."""
    return True


def answers_no_copy(_facts: DeclarationFacts, _provider_id: str) -> bool:
    """False: an exact copy is refused like any other second declaration (decl.idempotent)."""
    return False


def pays_without_a_started(_declared_types: frozenset[str]) -> bool:
    """False: what was declared is paid, whether or not `started` was (pay.needs-started)."""
    return False
