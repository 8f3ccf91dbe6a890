"""Who sees what. A thing that is not visible to a provider is treated as if it did not exist."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from sandbox.model import (
    Declaration,
    Partnership,
    Placement,
    ProviderRelationship,
    School,
    Statement,
    TrainingRecord,
)
from sandbox.rules.rule import rule


@rule("auth.one-provider")
def whose(provider_id: str) -> str | None:
    """Whose placements are looked through for what a provider sees: its own; None would be everybody's."""
    return provider_id


@rule("auth.one-provider")
def belongs_to(provider_id: str, placement: Placement) -> bool:
    """True when a placement is one of this provider's."""
    return placement.lead_provider_id == provider_id


@rule("vis.participant")
def is_seen(provider_id: str, placement: Placement, partnership: Partnership | None) -> bool:
    """True for a placement through a partnership of this provider's that no school has challenged."""
    return belongs_to(provider_id, placement) and partnership is not None and partnership.challenged_at is None


def acts_on_training(_record: TrainingRecord) -> bool:
    """True: whatever training a provider's placement is of, it may report of it (participant.course-matches)."""
    return True


def is_placed_here(placements: Sequence[Placement]) -> bool:
    """True of somebody who has been placed with the provider: nobody else is known to it (vis.participant)."""
    return bool(placements)


def newest_first(placements: Iterable[Placement]) -> list[Placement]:
    """Those without an end date first, then the latest to start, then the latest created.

    Of two that are alike in this the one that was put last comes first: an act begins it, and ends the other.
    """
    return sorted(placements, key=lambda p: (p.ends_on is None, p.starts_at, p.created_at))[::-1]


@rule("vis.declaration")
def sees_declaration(
    provider_id: str, declaration: Declaration, placements: Iterable[Placement], *, leavers: bool
) -> bool:
    """True for a provider's own declarations, and for live ones of others about the training that it took over.

    `placements` are the participant's, as this provider sees them: those of the training record declared count. With
    `leavers` (v3) it also sees what is dated no later than the day the participant leaves it.
    """
    if declaration.lead_provider_id == provider_id:
        return True
    taken_over = (p for p in placements if p.training_record_id == declaration.training_record_id)
    return declaration.is_live and any(
        placement.induction_status in ("active", "completed") or (leavers and _before_leaving(declaration, placement))
        for placement in taken_over
    )


def _before_leaving(declaration: Declaration, placement: Placement) -> bool:
    return (
        placement.induction_status == "leaving"
        and placement.ends_on is not None
        and declaration.declaration_date.date() <= placement.ends_on
    )


def sees_statement(provider_id: str, statement: Statement) -> bool:
    """True for a provider's own statements (vis.statement)."""
    return statement.lead_provider_id == provider_id


@rule("vis.statement")
def lists_statement(provider_id: str, statement: Statement) -> bool:
    """True for a provider's own output statements: the list leaves out those that pay fees."""
    return sees_statement(provider_id, statement) and statement.output


@rule("path.unknown")
def is_no_declaration_of(provider_id: str, declaration: Declaration) -> bool:
    """True for a declaration that another provider made: it may be seen, but to a void it does not exist."""
    return declaration.lead_provider_id != provider_id


@rule("vis.school")
def is_listed(school: School, *, in_partnership: bool) -> bool:
    """True for a school that can have funded training, and for any that is in partnership in the cohort all the same.

    Every provider sees the same schools.
    """
    return (school.eligible_for_funding and not school.school_led_only) or in_partnership


def in_partnership(partnerships: Iterable[Partnership]) -> bool:
    """True when one of a school's partnerships is unchallenged, and not made for one person's transfer alone."""
    return any(partnership.challenged_at is None and not partnership.relationship for partnership in partnerships)


@rule("vis.delivery-partner")
def cohorts_shared(relationships: Iterable[ProviderRelationship]) -> dict[str, list[str]]:
    """The delivery partners that a provider sees, by their ids, each with the cohorts, ascending, they have in common.

    `relationships` are that provider's.
    """
    shared: dict[str, list[str]] = {}
    for relationship in sorted(relationships, key=lambda relationship: relationship.cohort):
        shared.setdefault(relationship.delivery_partner_id, []).append(relationship.cohort)
    return shared


@rule("vis.unfunded-mentor")
def unfunded_mentors(latest: Iterable[Placement], trained: Container[str]) -> set[str]:
    """The ids of those who mentor a provider's ECTs, and are not in training with that provider themselves.

    `latest` are the newest placements that the provider sees, `trained` the ids of everyone it sees a placement of.
    """
    mentors = {placement.mentor_id for placement in latest if placement.mentor_id is not None}
    return {mentor for mentor in mentors if mentor not in trained}


@rule("vis.partnership")
def sees_partnership(provider_id: str, partnership: Partnership) -> bool:
    """True for a provider's own partnerships, challenged ones too, but for those made for one person's transfer."""
    return partnership.lead_provider_id == provider_id and not partnership.relationship
