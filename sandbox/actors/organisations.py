"""Lead providers new to the programme, whom they work with, and what the DfE draws up for them."""

from __future__ import annotations

import msgspec

from sandbox.actions.call import Moment
from sandbox.actors.impossible import Impossible
from sandbox.model import Cohort, DeliveryPartner, LeadProvider, ProviderRelationship, Statement
from sandbox.store.protocol import Unit


def add_provider(unit: Unit, moment: Moment, name: str) -> LeadProvider:
    """Take a lead provider on, with statements like everyone else's for each cohort there is. Raises Impossible."""
    others = list(unit.all(LeadProvider))
    if any(other.name.lower() == name.lower() for other in others):
        raise Impossible(f"there is a lead provider {name} already")
    provider = LeadProvider(id=moment.new_id(), name=name)
    unit.put(provider)
    for cohort in unit.all(Cohort):
        everyones = (unit.find(Statement, lead_provider_id=other.id, cohort=cohort.id) for other in others)
        for statement in next(filter(None, everyones), ()):
            unit.put(
                msgspec.structs.replace(
                    statement,
                    id=moment.new_id(),
                    lead_provider_id=provider.id,
                    created_at=moment.now,
                    updated_at=moment.now,
                )
            )
    return provider


def relate(
    unit: Unit, moment: Moment, provider: LeadProvider, partner: DeliveryPartner, cohort: str
) -> ProviderRelationship:
    """Note that a lead provider works with a delivery partner in a cohort. Raises Impossible."""
    about = {"lead_provider_id": provider.id, "delivery_partner_id": partner.id, "cohort": cohort}
    if unit.find(ProviderRelationship, **about):
        raise Impossible(f"{provider.name} works with {partner.name} in {cohort} already")
    relationship = ProviderRelationship(id=moment.new_id(), **about)
    unit.put(relationship)
    return relationship


def add_partner(unit: Unit, moment: Moment, name: str) -> DeliveryPartner:
    """A delivery partner that nobody has worked with yet."""
    partner = DeliveryPartner(id=moment.new_id(), name=name, created_at=moment.now, updated_at=moment.now)
    unit.put(partner)
    return partner
