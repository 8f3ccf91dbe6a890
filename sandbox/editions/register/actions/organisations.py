"""Delivery partners of a provider, and the statements of what the DfE pays it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from sandbox.actions.ordered_index import SortedBy
from sandbox.editions.register.actions.call import Call
from sandbox.model import DeliveryPartner, PresentedDeliveryPartner, ProviderRelationship, Statement
from sandbox.rules.reading import Page, in_order
from sandbox.store.protocol import Reader

PARTNERS_SORTED_BY: Final[SortedBy[PresentedDeliveryPartner]] = {
    "created_at": lambda each: each.delivery_partner.created_at,
    "updated_at": lambda each: each.delivery_partner.updated_at,
    "name": lambda each: each.delivery_partner.name,
    "id": lambda each: (each.delivery_partner.created_at, each.delivery_partner.id),
    "api_id": lambda each: each.delivery_partner.id,
}


class StatementFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which statements are asked for; None filters nothing."""

    cohorts: frozenset[str] | None = None
    updated_since: datetime | None = None


def delivery_partners(
    reader: Reader, call: Call, cohorts: frozenset[str] | None, sort: str | None, page: Page
) -> Sequence[PresentedDeliveryPartner]:
    """One page of the delivery partners that the provider works with, in one of these cohorts."""
    found = [
        each for each in _partners(reader, call).values() if cohorts is None or not cohorts.isdisjoint(each.cohorts)
    ]
    return call.rules.listing.page_of(in_order(found, sort, PARTNERS_SORTED_BY), page)


def delivery_partner(reader: Reader, call: Call, id: str) -> PresentedDeliveryPartner | None:
    """One delivery partner that the provider works with."""
    return _partners(reader, call).get(id)


def _partners(reader: Reader, call: Call) -> dict[str, PresentedDeliveryPartner]:
    relationships = reader.find(ProviderRelationship, lead_provider_id=call.provider.id)
    found = {}
    for id, cohorts in call.rules.visibility.cohorts_shared(relationships).items():
        partner = reader.get(DeliveryPartner, id)
        assert partner is not None
        found[id] = PresentedDeliveryPartner(delivery_partner=partner, cohorts=cohorts)
    return found


def statements(reader: Reader, call: Call, wanted: StatementFilter, page: Page) -> Sequence[Statement]:
    """One page of the provider's statements, those that are paid first coming first."""
    rules = call.rules.listing
    found = [
        each
        for each in reader.find(Statement, lead_provider_id=call.provider.id)
        if call.rules.visibility.sees_statement(call.provider.id, each)
        and rules.is_among(each.cohort, wanted.cohorts)
        and rules.changed_since(each.updated_at, wanted.updated_since)
    ]
    return rules.page_of(sorted(found, key=lambda each: (each.payment_date, each.cohort)), page)


def statement(reader: Reader, call: Call, id: str) -> Statement | None:
    """One of the provider's statements."""
    found = reader.get(Statement, id)
    return found if found is not None and call.rules.visibility.sees_statement(call.provider.id, found) else None
