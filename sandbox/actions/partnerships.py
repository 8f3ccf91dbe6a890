"""Which schools a provider trains at, and through which delivery partners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from sandbox.actions.call import Call
from sandbox.actions.marking import mark_partnership_changed, save_placement
from sandbox.actions.training import succeed
from sandbox.model import (
    Cohort,
    DeliveryPartner,
    Partnership,
    Placement,
    PresentedPartnership,
    ProviderRelationship,
    Schedule,
    School,
)
from sandbox.rules.partnerships import ChangingFacts, ConfirmingFacts, provider_led, to_be_revived
from sandbox.rules.reading import Page
from sandbox.rules.requests import PartnershipRequest
from sandbox.rules.rule import Breach, Refused, judge, rule_id_of
from sandbox.store.protocol import Reader, Unit


class PartnershipFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which partnerships are asked for; None filters nothing."""

    cohorts: frozenset[str] | None = None
    delivery_partner_ids: frozenset[str] | None = None
    updated_since: datetime | None = None


def listed(
    reader: Reader, call: Call, wanted: PartnershipFilter, sort: str | None, page: Page
) -> Sequence[PresentedPartnership]:
    """One page of the provider's partnerships."""
    rules = call.rules.reading
    own = (
        presented(reader, partnership)
        for partnership in reader.find(Partnership, lead_provider_id=call.provider.id)
        if call.rules.visibility.sees_partnership(call.provider.id, partnership)
        and rules.in_cohorts(partnership.cohort, wanted.cohorts)
        and rules.is_among(partnership.delivery_partner_id, wanted.delivery_partner_ids)
    )
    found = (one for one in own if rules.changed_since(one.updated_at, wanted.updated_since))
    return rules.page_of(rules.in_order(found, sort, rules.partnerships_by), page)


def seen(reader: Reader, call: Call, partnership_id: str) -> PresentedPartnership | None:
    """One partnership, if it is the provider's."""
    found = reader.get(Partnership, partnership_id)
    if found is None or not call.rules.visibility.sees_partnership(call.provider.id, found):
        return None
    return presented(reader, found)


def presented(reader: Reader, partnership: Partnership) -> PresentedPartnership:
    """A partnership with its school and its delivery partner."""
    school = reader.get(School, partnership.school_id)
    if school is None:
        raise LookupError(f"partnership {partnership.id} is with a school that is not there")
    delivery_partner = reader.get(DeliveryPartner, partnership.delivery_partner_id)
    return PresentedPartnership(partnership=partnership, school=school, delivery_partner=delivery_partner)


def live_partnership(reader: Reader, school_id: str, cohort: str) -> Partnership | None:
    """The unchallenged partnership a school's new people of a cohort train through."""
    for partnership in reader.find(Partnership, school_id=school_id, cohort=cohort):
        if partnership.challenged_at is None and not partnership.relationship:
            return partnership
    return None


def confirm(unit: Unit, call: Call, request: PartnershipRequest) -> Partnership:
    """A provider confirms that it trains at a school in a cohort, through a delivery partner. Raises Refused (part.*).

    If the school had challenged the provider's partnership, that one is live again, and whoever is placed through it
    returns to the provider's view.
    """
    facts = _confirming(unit, call, request)
    judge(call.rules.confirming, facts)
    cohort, school, delivery_partner = facts.cohort, facts.school, facts.delivery_partner
    assert cohort is not None
    assert school is not None
    assert delivery_partner is not None
    unit.put(provider_led(school, cohort.id, call.now))
    before = to_be_revived(_own(unit, call, school.id, cohort.id), delivery_partner.id)
    partnership = _confirmed(call, before, school, cohort, delivery_partner)
    unit.put(partnership)
    _bring_along(unit, call, partnership)
    return _kept(unit, call, partnership)


def _confirmed(
    call: Call, before: Partnership | None, school: School, cohort: Cohort, delivery_partner: DeliveryPartner
) -> Partnership:
    """The partnership that was, revived, or a new one."""
    if before is not None:
        return call.rules.partnerships.revived(before, delivery_partner.id, call.now)
    return Partnership(
        id=call.new_id(),
        school_id=school.id,
        cohort=cohort.id,
        lead_provider_id=call.provider.id,
        delivery_partner_id=delivery_partner.id,
        created_at=call.now,
        updated_at=call.now,
    )


def _bring_along(unit: Unit, call: Call, partnership: Partnership) -> None:
    """Have whoever comes along train through a partnership that was confirmed, from now on.

    Whose first it is is placed as if registered now: from the first milestone of the schedule.
    """
    at_school = unit.find(Placement, school_id=partnership.school_id)
    for placement in (each for each in at_school if each.cohort == partnership.cohort):
        through = unit.get(Partnership, placement.partnership_id) if placement.partnership_id else None
        if call.rules.consequences.comes_along(placement, through, call.now):
            after = replace(placement, partnership_id=partnership.id, lead_provider_id=partnership.lead_provider_id)
            is_first = (
                through is None and len(unit.find(Placement, training_record_id=placement.training_record_id)) == 1
            )
            newest = succeed(unit, call, placement, after)
            if is_first and (first := _first_day(unit, call, placement)):
                save_placement(unit, call, replace(newest, starts_on=first, began_at=None))


def _first_day(reader: Reader, call: Call, placement: Placement) -> date | None:
    """The day on which training in a partnership begins for whoever had none before: that of the first milestone."""
    schedule = reader.get(Schedule, placement.schedule_id)
    milestones = call.rules.declarations.milestones(schedule) if schedule else ()
    return min((milestone.starts for milestone in milestones), default=None)


def to_change(reader: Reader, call: Call, partnership_id: str) -> Partnership:
    """A partnership that the provider may ask to have changed. Raises Refused (part.update-known)."""
    found = reader.get(Partnership, partnership_id)
    unknown = call.rules.partnerships.is_none_to_change
    if found is None or unknown(call.provider.id, found):
        raise Refused(Breach(rule_id_of(unknown)))
    return found


def change(unit: Unit, call: Call, partnership: Partnership, request: PartnershipRequest) -> Partnership:
    """A provider trains through another delivery partner. Raises Refused (part.update-*).

    Whoever is placed through the partnership goes with it. With the delivery partner that it has nothing changes.
    """
    facts = _changing(unit, call, partnership, request)
    judge(call.rules.changing_delivery_partner, facts)
    assert facts.delivery_partner is not None
    after = call.rules.partnerships.delivered_by(partnership, facts.delivery_partner.id, call.now)
    return partnership if after == partnership else _kept(unit, call, after)


def _confirming(reader: Reader, call: Call, request: PartnershipRequest) -> ConfirmingFacts:
    cohort = reader.get(Cohort, request.cohort) if request.cohort else None
    school = reader.get(School, request.school_id) if request.school_id else None
    delivery_partner = _delivery_partner(reader, request)
    return ConfirmingFacts(
        request=request,
        provider_id=call.provider.id,
        delivery_partner=delivery_partner,
        works_with=_works_with(reader, call, delivery_partner, cohort.id if cohort else None),
        cohort=cohort,
        school=school,
        standing=live_partnership(reader, school.id, cohort.id) if school and cohort else None,
        previous=live_partnership(reader, school.id, cohort.year_before) if school and cohort else None,
    )


def _changing(reader: Reader, call: Call, partnership: Partnership, request: PartnershipRequest) -> ChangingFacts:
    delivery_partner = _delivery_partner(reader, request)
    own = _own(reader, call, partnership.school_id, partnership.cohort)
    return ChangingFacts(
        request=request,
        provider_id=call.provider.id,
        delivery_partner=delivery_partner,
        works_with=_works_with(reader, call, delivery_partner, partnership.cohort),
        partnership=partnership,
        others=[other for other in own if other.id != partnership.id],
    )


def _delivery_partner(reader: Reader, request: PartnershipRequest) -> DeliveryPartner | None:
    return reader.get(DeliveryPartner, request.delivery_partner_id) if request.delivery_partner_id else None


def _works_with(reader: Reader, call: Call, delivery_partner: DeliveryPartner | None, cohort: str | None) -> bool:
    """True when a delivery partner works with the provider in a cohort."""
    if delivery_partner is None or cohort is None:
        return False
    return bool(
        reader.find(
            ProviderRelationship,
            lead_provider_id=call.provider.id,
            delivery_partner_id=delivery_partner.id,
            cohort=cohort,
        )
    )


def _own(reader: Reader, call: Call, school_id: str, cohort: str) -> list[Partnership]:
    """Everything the provider has with a school in a cohort, challenged or made for one person's transfer too."""
    found = reader.find(Partnership, school_id=school_id, cohort=cohort)
    return [partnership for partnership in found if partnership.lead_provider_id == call.provider.id]


def _kept(unit: Unit, call: Call, partnership: Partnership) -> Partnership:
    unit.put(partnership)
    mark_partnership_changed(unit, call, partnership)
    return partnership
