"""Who sees what. A thing that is not visible to a provider is treated as if it did not exist."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.model import Behaviour, Declaration, Partnership, Placement, Statement, TrainingRecord
from sandbox.rules.rule import applies, rule


@rule("auth.one-provider")
def belongs_to(provider_id: str, placement: Placement) -> bool:
    """True when a placement is one of this provider's."""
    return placement.lead_provider_id == provider_id


@rule("vis.participant")
def is_seen(provider_id: str, placement: Placement, partnership: Partnership | None) -> bool:
    """True for a placement through a partnership of this provider's that no school has challenged."""
    return belongs_to(provider_id, placement) and partnership is not None and partnership.challenged_at is None


@rule("vis.validated-only", only="documented")
def awaits_validation(record: TrainingRecord) -> bool:
    """True while the DfE has not validated the details of a training record."""
    return not record.is_validated


def is_hidden(record: TrainingRecord, behaviour: Behaviour) -> bool:
    """True when a world that follows this behaviour shows nobody whose details await validation."""
    return applies(awaits_validation, behaviour) and awaits_validation(record)


def newest_first(placements: Iterable[Placement]) -> list[Placement]:
    """Those without an end date first, then the latest start date, then the latest created."""
    return sorted(placements, key=lambda p: (p.ends_on is None, p.starts_on, p.created_at, p.id), reverse=True)


@rule("vis.declaration")
def sees_declaration(
    provider_id: str, declaration: Declaration, placements: Iterable[Placement], *, leavers: bool
) -> bool:
    """True for a provider's own declarations, and for live ones of others about someone placed with it now.

    `placements` are the participant's, as this provider sees them. With `leavers` (v3) it also sees what is dated
    no later than the day the participant leaves it.
    """
    if declaration.lead_provider_id == provider_id:
        return True
    return declaration.is_live and any(
        placement.induction_status in ("active", "completed") or (leavers and _before_leaving(declaration, placement))
        for placement in placements
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
