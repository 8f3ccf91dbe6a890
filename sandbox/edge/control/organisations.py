"""Lead providers and the delivery partners they work with."""

from __future__ import annotations

from sandbox.actors import organisations
from sandbox.edge.control import named, shown
from sandbox.edge.control.asked import Asked, Declined, found
from sandbox.edge.control.shown import Json
from sandbox.edge.control.tokens import issued
from sandbox.model import DeliveryPartner


def add_provider(asked: Asked) -> Json:
    """`POST /providers`."""
    with asked.acting() as (unit, moment):
        provider = organisations.add_provider(unit, moment, asked.body["name"])
        return {"provider": shown.provider(unit, provider.id), "token": issued(unit, asked, provider)}


def relate(asked: Asked) -> Json:
    """`POST /relationships`."""
    body = asked.body
    if ("delivery_partner_id" in body) == ("delivery_partner_name" in body):
        detail = "Give the id of a delivery partner there is, or else the delivery_partner_name of a new one."
        raise Declined(422, ("delivery_partner_id", detail))
    with asked.acting() as (unit, moment):
        provider = named.provider(unit, body.get("provider"))
        cohort = named.cohort(unit, moment, body.get("cohort"))
        if "delivery_partner_name" in body:
            partner = organisations.add_partner(unit, moment, body["delivery_partner_name"])
        else:
            partner = found(unit, DeliveryPartner, body["delivery_partner_id"], "delivery_partner_id")
        relationship = organisations.relate(unit, moment, provider, partner, cohort)
        return {
            "relationship": {
                "id": relationship.id,
                "provider": shown.provider(unit, provider.id),
                "delivery_partner": shown.delivery_partner(unit, partner.id),
                "cohort": cohort,
            }
        }
