"""Confirming a partnership, and changing its delivery partner: what is refused, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.editions.register.rules.check import check
from sandbox.model import ContractPeriod, DeliveryPartner, Partnership, School, TrainingPeriod
from sandbox.rules.requests import PartnershipRequest
from sandbox.rules.rule import Rules, rule

COHORT: Final = "cohort"
SCHOOL: Final = "school_id"
PARTNER: Final = "delivery_partner_id"


class PartnershipFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked at when a provider confirms a partnership, or changes the delivery partner of `present`.

    `others` are the provider's partnerships with the school in the cohort, `is_linked` says whether it works with the
    delivery partner in it, `programme` how the school trains the people of the cohort.
    """

    request: PartnershipRequest
    today: date
    cohort: ContractPeriod | None
    school: School | None
    delivery_partner: DeliveryPartner | None
    is_linked: bool
    others: Sequence[Partnership]
    programme: str
    present: Partnership | None = None


@check("part.cohort-given", COHORT)
def gives_no_cohort(facts: PartnershipFacts) -> bool:
    """True when no cohort is named."""
    return facts.request.cohort is None


@check("part.school-given", SCHOOL)
def gives_no_school(facts: PartnershipFacts) -> bool:
    """True when no school is named."""
    return facts.request.school_id is None


@check("part.delivery-partner-given", PARTNER)
def gives_no_delivery_partner(facts: PartnershipFacts) -> bool:
    """True when no delivery partner is named."""
    return facts.request.delivery_partner_id is None


@check("part.cohort", COHORT, COHORT)
def names_no_cohort(facts: PartnershipFacts) -> bool:
    """True for a year that is no cohort's."""
    return facts.cohort is None


@check("part.cohort-begun", COHORT, COHORT)
def has_not_begun(facts: PartnershipFacts) -> bool:
    """True for a cohort whose contract period begins after today."""
    return facts.cohort is not None and facts.cohort.starts > facts.today


@check("part.cohort-enabled", COHORT, COHORT)
def is_not_enabled(facts: PartnershipFacts) -> bool:
    """True for a cohort that takes no new partnerships."""
    return facts.cohort is not None and not facts.cohort.enabled


@check("part.school-known", SCHOOL, SCHOOL)
def names_no_school(facts: PartnershipFacts) -> bool:
    """True for the id of no school."""
    return facts.school is None


@check("part.school-eligible", SCHOOL, SCHOOL)
def is_not_eligible(facts: PartnershipFacts) -> bool:
    """True for a school that may not take part."""
    return facts.school is not None and not is_eligible(facts.school)


@check("part.delivery-partner-known", PARTNER, PARTNER)
def names_no_delivery_partner(facts: PartnershipFacts) -> bool:
    """True for the id of no delivery partner."""
    return facts.delivery_partner is None


@check("part.delivery-partner-yours", PARTNER)
def does_not_work_with_it(facts: PartnershipFacts) -> bool:
    """True for a delivery partner that the provider does not work with in the cohort, or if that is not known."""
    return facts.delivery_partner is not None and not facts.is_linked


@check("part.not-yours-already", SCHOOL)
def has_one_already(facts: PartnershipFacts) -> bool:
    """True when the provider has a partnership with the school in the cohort, through whichever partner."""
    return bool(facts.others)


@check("part.not-school-led", SCHOOL)
def is_school_led(facts: PartnershipFacts) -> bool:
    """True for a school that trains the people of the cohort itself."""
    return facts.programme == "school_led"


@check("part.update-delivery-partner", PARTNER, PARTNER)
def is_the_partner_already(facts: PartnershipFacts) -> bool:
    """True when there is such a partnership through the delivery partner, if only this very one."""
    return any(other.delivery_partner_id == facts.request.delivery_partner_id for other in facts.others)


CONFIRMING: Final[Rules] = (
    gives_no_cohort,
    gives_no_school,
    gives_no_delivery_partner,
    names_no_cohort,
    has_not_begun,
    is_not_enabled,
    names_no_school,
    is_not_eligible,
    names_no_delivery_partner,
    does_not_work_with_it,
    has_one_already,
    is_school_led,
)
CHANGING_DELIVERY_PARTNER: Final[Rules] = (
    gives_no_delivery_partner,
    names_no_delivery_partner,
    does_not_work_with_it,
    is_the_partner_already,
)


def is_eligible(school: School) -> bool:
    """True for a school that the register of schools lets take part, or that the DfE has marked."""
    return school.eligible_for_funding or school.marked_as_eligible


@rule("part.update-effect")
def delivered_by(partnership: Partnership, delivery_partner_id: str, now: datetime) -> Partnership:
    """The partnership through another delivery partner: it stays the same one."""
    return replace(partnership, delivery_partner_id=delivery_partner_id, updated_at=now)


@rule("part.update-known")
def is_none_to_change(provider_id: str, partnership: Partnership) -> bool:
    """True for a partnership of another provider."""
    return partnership.lead_provider_id != provider_id


@rule("vis.partnership")
def sees_partnership(provider_id: str, partnership: Partnership) -> bool:
    """True for the provider's own."""
    return partnership.lead_provider_id == provider_id


@rule("part.training-count")
def currently_training(trainings: Sequence[TrainingPeriod], today: date) -> int:
    """How many train through a partnership today: who was withdrawn today still does."""
    return sum(training.covers(today) for training in trainings)
