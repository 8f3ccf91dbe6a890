"""Partnerships that the DfE adds, and partners it links."""

from __future__ import annotations

from sandbox.actors.impossible import Impossible
from sandbox.edge.control import presented as named
from sandbox.edge.control.request import ControlRequest, Declined, found
from sandbox.editions.register.actors import dfe, partnerships
from sandbox.editions.register.control import lookups, presented
from sandbox.editions.register.control.acting import acting
from sandbox.editions.register.control.presented import Json
from sandbox.model import DeliveryPartner, LeadProvider, ProviderRelationship
from sandbox.store.protocol import Reader


def add_partnership(request: ControlRequest) -> Json:
    """`POST /partnerships`."""
    body = request.body
    with acting(request) as (unit, moment):
        provider = lookups.provider(unit, body.get("provider"))
        school = lookups.school(unit, body)
        assert school is not None
        cohort = lookups.cohort(unit, moment, body.get("cohort")).id
        if "delivery_partner_id" in body:
            partner_id = found(unit, DeliveryPartner, body["delivery_partner_id"], "delivery_partner_id").id
        else:
            partner_id = _first_partner(unit, provider, cohort)
        made = partnerships.add(unit, moment, provider, school, cohort, partner_id)
        return {"partnership": presented.partnership(unit, made)}


def _first_partner(reader: Reader, provider: LeadProvider, cohort: str) -> str:
    """The first delivery partner that a provider works with in a cohort. Raises Impossible."""
    for relationship in reader.find(ProviderRelationship, lead_provider_id=provider.id):
        if relationship.cohort == cohort:
            return relationship.delivery_partner_id
    raise Impossible(f"{provider.name} works with nobody in {cohort}: POST /sandbox/relationships says with whom")


def relate(request: ControlRequest) -> Json:
    """`POST /relationships`."""
    body = request.body
    if ("delivery_partner_id" in body) == ("delivery_partner_name" in body):
        detail = "Give the id of a delivery partner there is, or else the delivery_partner_name of a new one."
        raise Declined(422, ("delivery_partner_id", detail))
    with acting(request) as (unit, moment):
        provider = lookups.provider(unit, body.get("provider"))
        cohort = lookups.cohort(unit, moment, body.get("cohort"))
        if "delivery_partner_name" in body:
            name = body["delivery_partner_name"]
            partner = DeliveryPartner(id=moment.new_id(), name=name, created_at=moment.now, updated_at=moment.now)
        else:
            partner = found(unit, DeliveryPartner, body["delivery_partner_id"], "delivery_partner_id")
        relationship = dfe.link(unit, moment, provider, partner, cohort.id)
        return {
            "relationship": {
                "id": relationship.id,
                "provider": named.provider(unit, provider.id),
                "delivery_partner": named.delivery_partner(unit, partner.id),
                "cohort": cohort.id,
            }
        }
