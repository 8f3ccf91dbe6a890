"""Partnerships that the DfE adds, whatever the rules of the API for lead providers say."""

from __future__ import annotations

from sandbox.actors.impossible import Impossible
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.confirming import confirmed
from sandbox.model import LeadProvider, Partnership, School
from sandbox.store.protocol import Unit


def add(
    unit: Unit, moment: Moment, provider: LeadProvider, school: School, cohort: str, delivery_partner_id: str
) -> Partnership:
    """Add one. Raises Impossible."""
    for other in unit.find(Partnership, school_id=school.id, cohort=cohort):
        if (other.lead_provider_id, other.delivery_partner_id) == (provider.id, delivery_partner_id):
            raise Impossible(f"{school.name} has that partnership with {provider.name} for {cohort} already")
    return confirmed(unit, moment, provider, school.id, cohort, delivery_partner_id)
