"""What stands between a school and a lead provider before either can train anyone."""

from __future__ import annotations

from sandbox.actions.call import Moment
from sandbox.actors.impossible import Impossible
from sandbox.actors.school import choose_programme, live_partnership
from sandbox.model import LeadProvider, Partnership, ProviderRelationship, School
from sandbox.store.protocol import Unit


def agree(
    unit: Unit, moment: Moment, school: School, cohort: str, provider: LeadProvider, delivery_partner_id: str
) -> Partnership:
    """A school decides on training by a provider, which confirms the partnership. Raises Impossible."""
    if school.school_led_only or not school.eligible_for_funding:
        raise Impossible(f"{school.name} cannot have provider-led training that is paid for")
    if live_partnership(unit, school.id, cohort) is not None:
        raise Impossible(f"{school.name} has a partnership for {cohort} already")
    relationships = unit.find(
        ProviderRelationship, lead_provider_id=provider.id, delivery_partner_id=delivery_partner_id, cohort=cohort
    )
    if not relationships:
        raise Impossible(f"{provider.name} does not work with that delivery partner in {cohort}")
    if school.programmes.get(cohort) != "provider_led":
        choose_programme(unit, moment, school, cohort, "provider_led")
    partnership = Partnership(
        id=moment.new_id(),
        school_id=school.id,
        cohort=cohort,
        lead_provider_id=provider.id,
        delivery_partner_id=delivery_partner_id,
        created_at=moment.now,
        updated_at=moment.now,
    )
    unit.put(partnership)
    return partnership
