"""Whom a provider works with: what `GET /delivery-partners` shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sandbox.actions.call import Call
from sandbox.model import DeliveryPartner, PresentedDeliveryPartner, ProviderRelationship
from sandbox.rules.reading import Page
from sandbox.store.protocol import Reader

SORTED_BY: Final[dict[str, Callable[[PresentedDeliveryPartner], Any]]] = {
    "created_at": lambda presented: presented.delivery_partner.created_at,
    "updated_at": lambda presented: presented.delivery_partner.updated_at,
    "name": lambda presented: presented.delivery_partner.name,
    "id": lambda presented: presented.delivery_partner.id,
}


def delivery_partners(
    reader: Reader, call: Call, cohorts: frozenset[str] | None, sort: str | None, page: Page
) -> Sequence[PresentedDeliveryPartner]:
    """One page of the delivery partners a provider works with in one of the cohorts asked for."""
    rules = call.rules.reading
    found = (
        partner
        for partner in _seen(reader, call).values()
        if any(rules.in_cohorts(cohort, cohorts) for cohort in partner.cohorts)
    )
    return rules.page_of(rules.in_order(found, sort, SORTED_BY), page)


def delivery_partner(reader: Reader, call: Call, delivery_partner_id: str) -> PresentedDeliveryPartner | None:
    """One delivery partner, if the provider works with it."""
    return _seen(reader, call).get(delivery_partner_id)


def _seen(reader: Reader, call: Call) -> dict[str, PresentedDeliveryPartner]:
    """The delivery partners that a provider sees, by their ids."""
    relationships = reader.find(ProviderRelationship, lead_provider_id=call.provider.id)
    shared = call.rules.visibility.cohorts_shared(relationships)
    partners = ((reader.get(DeliveryPartner, id), cohorts) for id, cohorts in shared.items())
    return {
        partner.id: PresentedDeliveryPartner(delivery_partner=partner, cohorts=cohorts)
        for partner, cohorts in partners
        if partner is not None
    }
