"""Which schools, delivery partners and statements a provider sees."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.editions.register.rules.partnerships import is_eligible
from sandbox.model import LeadProvider, ProviderRelationship, School, SchoolCohort, Statement
from sandbox.rules.rule import rule


@rule("vis.school")
def sees_school(school: School, in_partnership: bool) -> bool:
    """True for a school that may take part, and for one that does in the cohort asked for."""
    return is_eligible(school) or in_partnership


@rule("school.tutor")
def shows_tutor(provider: LeadProvider, known: SchoolCohort | None) -> bool:
    """True where the school has named the provider for somebody of the cohort."""
    return known is not None and provider.id in known.interested


@rule("vis.delivery-partner")
def cohorts_shared(relationships: Iterable[ProviderRelationship]) -> dict[str, list[str]]:
    """The cohorts in which a provider works with each of its delivery partners."""
    cohorts: dict[str, list[str]] = {}
    for relationship in relationships:
        cohorts.setdefault(relationship.delivery_partner_id, []).append(relationship.cohort)
    return {partner: sorted(years) for partner, years in cohorts.items()}


@rule("vis.statement")
def sees_statement(provider_id: str, statement: Statement) -> bool:
    """True for the provider's own that pay for declarations, in whatever state."""
    return statement.lead_provider_id == provider_id and statement.output
