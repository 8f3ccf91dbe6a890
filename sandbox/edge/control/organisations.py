"""Lead providers and the delivery partners they work with."""

from __future__ import annotations

from sandbox.actors import organisations
from sandbox.edge.control import lookups, presented
from sandbox.edge.control.presented import Json
from sandbox.edge.control.request import ControlRequest, Declined, found
from sandbox.edge.control.tokens import issued
from sandbox.model import DeliveryPartner


def add_provider(request: ControlRequest) -> Json:
    """`POST /providers`."""
    with request.acting() as (unit, moment):
        provider = organisations.add_provider(unit, moment, request.body["name"])
        return {"provider": presented.provider(unit, provider.id), "token": issued(unit, request, provider)}


def relate(request: ControlRequest) -> Json:
    """`POST /relationships`."""
    body = request.body
    if ("delivery_partner_id" in body) == ("delivery_partner_name" in body):
        detail = "Give the id of a delivery partner there is, or else the delivery_partner_name of a new one."
        raise Declined(422, ("delivery_partner_id", detail))
    with request.acting() as (unit, moment):
        provider = lookups.provider(unit, body.get("provider"))
        cohort = lookups.cohort(unit, moment, body.get("cohort"))
        if "delivery_partner_name" in body:
            partner = organisations.add_partner(unit, moment, body["delivery_partner_name"])
        else:
            partner = found(unit, DeliveryPartner, body["delivery_partner_id"], "delivery_partner_id")
        relationship = organisations.relate(unit, moment, provider, partner, cohort)
        return {
            "relationship": {
                "id": relationship.id,
                "provider": presented.provider(unit, provider.id),
                "delivery_partner": presented.delivery_partner(unit, partner.id),
                "cohort": cohort,
            }
        }
