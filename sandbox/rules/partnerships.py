"""May a provider train at a school, and through whom? `POST /partnerships/ecf` and `PUT /partnerships/ecf/{id}`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from sandbox.model import Cohort, DeliveryPartner, Partnership, School
from sandbox.rules.requests import PartnershipRequest
from sandbox.rules.rule import Rules, rule
from sandbox.rules.visibility import sees_partnership


class PartnershipFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules of a partnership's delivery partner look at.

    `delivery_partner` is None when there is none with the id sent; `works_with` says whether it works with the
    provider in the cohort.
    """

    request: PartnershipRequest
    provider_id: str
    delivery_partner: DeliveryPartner | None = None
    works_with: bool = False


class ConfirmingFacts(PartnershipFacts, frozen=True, kw_only=True):
    """Everything the rules of confirming a partnership look at.

    `cohort` and `school` are None when there are none by what was sent; `standing` is the school's live partnership in
    that cohort, `previous` the one in the cohort before, whoever's they are.
    """

    cohort: Cohort | None = None
    school: School | None = None
    standing: Partnership | None = None
    previous: Partnership | None = None

    @property
    def trainable(self) -> bool:
        """True for a school at which training is paid for."""
        return self.school is not None and self.school.eligible_for_funding and not self.school.school_led_only


class ChangingFacts(PartnershipFacts, frozen=True, kw_only=True):
    """Everything the rules of changing a delivery partner look at.

    `others` are those that the provider has besides with the school in the cohort, whatever they are.
    """

    partnership: Partnership
    others: Sequence[Partnership] = ()


@rule("part.cohort-given")
def names_no_cohort(facts: ConfirmingFacts) -> bool:
    """True when there is no cohort."""
    return facts.request.cohort is None


@rule("part.school-given")
def names_no_school(facts: ConfirmingFacts) -> bool:
    """True when there is no school."""
    return facts.request.school_id is None


@rule("part.delivery-partner-given")
def names_no_delivery_partner(facts: PartnershipFacts) -> bool:
    """True when there is no delivery partner."""
    return facts.request.delivery_partner_id is None


@rule("part.cohort")
def cohort_is_none(facts: ConfirmingFacts) -> bool:
    """True when no cohort starts in the year sent."""
    return facts.request.cohort is not None and facts.cohort is None


@rule("part.school-known")
def school_is_unknown(facts: ConfirmingFacts) -> bool:
    """True when no school has the id sent."""
    return facts.request.school_id is not None and facts.school is None


@rule("part.school-funded")
def school_trains_its_own_people(facts: ConfirmingFacts) -> bool:
    """True for a school that can only have school-led training."""
    return facts.school is not None and facts.school.school_led_only


@rule("part.school-eligible")
def school_is_not_paid_for(facts: ConfirmingFacts) -> bool:
    """True for any other school that is not eligible for funding."""
    return facts.school is not None and not facts.school.school_led_only and not facts.school.eligible_for_funding


@rule("part.not-yours-already")
def is_yours_already(facts: ConfirmingFacts) -> bool:
    """True when the provider has a live partnership with the school in the cohort."""
    standing = facts.standing
    return facts.trainable and standing is not None and standing.lead_provider_id == facts.provider_id


@rule("part.not-anothers")
def is_anothers(facts: ConfirmingFacts) -> bool:
    """True when another provider has one."""
    standing = facts.standing
    return facts.trainable and standing is not None and standing.lead_provider_id != facts.provider_id


@rule("part.school-decided")
def school_has_not_decided(facts: ConfirmingFacts) -> bool:
    """True when a school that was partnered in the cohort before has still to say what it does in this one."""
    if not facts.trainable or facts.school is None or facts.cohort is None or facts.standing is not None:
        return False
    return facts.previous is not None and facts.cohort.id not in facts.school.programmes


@rule("part.delivery-partner-known")
def delivery_partner_is_unknown(facts: PartnershipFacts) -> bool:
    """True when no delivery partner has the id sent."""
    return facts.request.delivery_partner_id is not None and facts.delivery_partner is None


@rule("part.delivery-partner-yours")
def delivery_partner_works_with_others(facts: PartnershipFacts) -> bool:
    """True when the delivery partner does not work with the provider in the cohort; nobody does in one that is none."""
    return facts.delivery_partner is not None and not facts.works_with


@rule("part.update-known")
def is_none_to_change(provider_id: str, partnership: Partnership) -> bool:
    """True for a partnership that the provider does not see: to a change it does not exist, whatever was sent."""
    return not sees_partnership(provider_id, partnership)


@rule("part.update-active")
def is_challenged(facts: ChangingFacts) -> bool:
    """True when the school has challenged the partnership, whose delivery partner would otherwise do."""
    return facts.works_with and facts.partnership.challenged_at is not None


@rule("part.update-delivery-partner")
def would_be_there_twice(facts: ChangingFacts) -> bool:
    """True when a live partnership would become the like of another that the provider has."""
    if facts.delivery_partner is None or not facts.works_with or facts.partnership.challenged_at is not None:
        return False
    wanted = facts.delivery_partner.id
    twins = (other for other in facts.others if other.delivery_partner_id == wanted)
    return wanted != facts.partnership.delivery_partner_id and any(twins)


# Each attribute is at fault for one thing at the most, so that all can be judged at once.
CONFIRMING: Final[Rules] = (
    names_no_cohort,
    names_no_school,
    names_no_delivery_partner,
    cohort_is_none,
    school_is_unknown,
    school_trains_its_own_people,
    school_is_not_paid_for,
    is_yours_already,
    is_anothers,
    school_has_not_decided,
    delivery_partner_is_unknown,
    delivery_partner_works_with_others,
)
CHANGING_DELIVERY_PARTNER: Final[Rules] = (
    names_no_delivery_partner,
    delivery_partner_is_unknown,
    delivery_partner_works_with_others,
    is_challenged,
    would_be_there_twice,
)


def to_be_revived(own: Sequence[Partnership], delivery_partner_id: str) -> Partnership | None:
    """Which of a provider's partnerships with a school in a cohort a confirmation brings back, if any (part.effect).

    The one that was challenged, whichever delivery partner it had, or else one made for a transfer if it has this one.
    """
    challenged_ones = [partnership for partnership in own if not partnership.relationship]
    extra_ones = [p for p in own if p.relationship and p.delivery_partner_id == delivery_partner_id]
    return next(iter(challenged_ones + extra_ones), None)


@rule("part.effect")
def revived(partnership: Partnership, delivery_partner_id: str, at: datetime) -> Partnership:
    """A partnership that is confirmed again: whatever was against it is forgotten, and it is the school's own."""
    return msgspec.structs.replace(
        partnership,
        delivery_partner_id=delivery_partner_id,
        relationship=False,
        challenged_reason=None,
        challenged_at=None,
        updated_at=at,
    )


def provider_led(school: School, cohort: str, at: datetime) -> School:
    """The school once a provider trains there in a cohort, whether or not that is what it had chosen (part.effect)."""
    if school.programmes.get(cohort) == "provider_led":
        return school
    return msgspec.structs.replace(school, programmes=school.programmes | {cohort: "provider_led"}, updated_at=at)


@rule("part.update-effect")
def delivered_by(partnership: Partnership, delivery_partner_id: str, at: datetime) -> Partnership:
    """The partnership with this delivery partner: the very same if it has it already."""
    if partnership.delivery_partner_id == delivery_partner_id:
        return partnership
    return msgspec.structs.replace(partnership, delivery_partner_id=delivery_partner_id, updated_at=at)


@rule("part.challenge")
def challenged(partnership: Partnership, reason: str, at: datetime) -> Partnership:
    """The partnership once its school has challenged it."""
    return msgspec.structs.replace(partnership, challenged_reason=reason, challenged_at=at, updated_at=at)
