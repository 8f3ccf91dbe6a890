"""Partnerships of lead providers with schools: seen, confirmed, changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.actions.ordered_index import SortedBy
from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.confirming import confirmed
from sandbox.editions.register.actions.marking import mark_teacher, school_cohort
from sandbox.editions.register.actions.people import school_of
from sandbox.editions.register.presented import PresentedPartnership
from sandbox.editions.register.rules.check import judge
from sandbox.editions.register.rules.partnerships import PartnershipFacts
from sandbox.model import (
    ContractPeriod,
    Declaration,
    DeliveryPartner,
    Partnership,
    ProviderRelationship,
    School,
    TrainingPeriod,
)
from sandbox.rules.reading import Page, in_order
from sandbox.rules.requests import PartnershipRequest
from sandbox.rules.rule import Breach, Refused, rule, rule_id_of
from sandbox.store.protocol import Reader, Unit


class PartnershipFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which partnerships are asked for; None filters nothing."""

    cohorts: frozenset[str] | None = None
    delivery_partner_ids: frozenset[str] | None = None
    updated_since: datetime | None = None


SORTED_BY: Final[SortedBy[Partnership]] = {
    "created_at": lambda partnership: partnership.created_at,
    "updated_at": lambda partnership: partnership.updated_at,
    "id": lambda partnership: (partnership.created_at, partnership.id),
    "api_id": lambda partnership: partnership.id,
}


def listed(
    reader: Reader, call: Call, wanted: PartnershipFilter, sort: str | None, page: Page
) -> Sequence[PresentedPartnership]:
    """One page of the provider's partnerships."""
    rules = call.rules.listing
    found = [
        each
        for each in reader.find(Partnership, lead_provider_id=call.provider.id)
        if rules.is_among(each.cohort, wanted.cohorts)
        and rules.is_among(each.delivery_partner_id, wanted.delivery_partner_ids)
        and rules.changed_since(each.updated_at, wanted.updated_since)
    ]
    return [presented(reader, call, each) for each in rules.page_of(in_order(found, sort, SORTED_BY), page)]


def seen(reader: Reader, call: Call, id: str) -> PresentedPartnership | None:
    """One of the provider's partnerships."""
    found = reader.get(Partnership, id)
    if found is None or not call.rules.partnerships.sees(call.provider.id, found):
        return None
    return presented(reader, call, found)


def presented(reader: Reader, call: Call, partnership: Partnership) -> PresentedPartnership:
    """A partnership with its school and partner, and how many train through it today."""
    partner = reader.get(DeliveryPartner, partnership.delivery_partner_id)
    assert partner is not None
    trainings = reader.find(TrainingPeriod, partnership_id=partnership.id)
    return PresentedPartnership(
        partnership=partnership,
        school=school_of(reader, partnership.school_id),
        delivery_partner=partner,
        training=call.rules.partnerships.currently_training(trainings, call.today),
    )


def confirm(unit: Unit, call: Call, request: PartnershipRequest) -> Partnership:
    """The provider confirms a partnership with a school. Raises Refused (part.*)."""
    facts = partnership_facts(unit, call, request)
    judge(call.rules.confirming, facts)
    assert facts.school is not None
    assert facts.cohort is not None
    assert facts.delivery_partner is not None
    return confirmed(unit, call, call.provider, facts.school.id, facts.cohort.id, facts.delivery_partner.id)


def to_change(reader: Reader, call: Call, id: str) -> Partnership:
    """The partnership that a request would change. Raises Refused when the provider has no such one."""
    found, is_none = reader.get(Partnership, id), call.rules.partnerships.is_none_to_change
    if found is None or is_none(call.provider.id, found):
        raise Refused(Breach(rule_id_of(is_none)))
    return found


@rule("updated.declaration")
def change(unit: Unit, call: Call, partnership: Partnership, request: PartnershipRequest) -> Partnership:
    """The provider delivers through another partner, which everybody is shown with. Raises Refused (part.*)."""
    facts = partnership_facts(unit, call, request, partnership)
    judge(call.rules.changing_delivery_partner, facts)
    assert facts.delivery_partner is not None
    changed = call.rules.partnerships.delivered_by(partnership, facts.delivery_partner.id, call.now)
    unit.put(changed)
    for training in unit.find(TrainingPeriod, partnership_id=partnership.id):
        mark_teacher(unit, call, training.teacher_id)
        for declaration in list(unit.find(Declaration, training_period_id=training.id)):
            unit.put(replace(declaration, updated_at=call.now))
    return changed


def partnership_facts(
    reader: Reader, call: Call, request: PartnershipRequest, present: Partnership | None = None
) -> PartnershipFacts:
    """What the rules of partnerships look at, when one is confirmed or, being there, changed."""
    year, school_id = (present.cohort, present.school_id) if present else (request.cohort, request.school_id)
    cohort = reader.get(ContractPeriod, year) if year else None
    school = reader.get(School, school_id) if school_id else None
    partner = reader.get(DeliveryPartner, request.delivery_partner_id) if request.delivery_partner_id else None
    theirs = reader.find(ProviderRelationship, lead_provider_id=call.provider.id)
    there = reader.find(Partnership, school_id=school.id, cohort=cohort.id) if school and cohort else ()
    known = school_cohort(reader, school.id, cohort.id) if school and cohort else None
    return PartnershipFacts(
        request=request,
        today=call.today,
        cohort=cohort,
        school=school,
        delivery_partner=partner,
        is_linked=any(
            partner is not None
            and cohort is not None
            and (each.delivery_partner_id, each.cohort) == (partner.id, cohort.id)
            for each in theirs
        ),
        others=[each for each in there if each.lead_provider_id == call.provider.id],
        programme=known.programme if known else "not_yet_known",
        present=present,
    )
