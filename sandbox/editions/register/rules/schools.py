"""What follows for a school, in a cohort, from who is registered there and who trains with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sandbox.model import ContractPeriod, Partnership, SchoolPeriod, TrainingPeriod
from sandbox.rules.rule import rule


@rule("school.partnered")
def in_partnership(partnerships: Iterable[Partnership]) -> bool:
    """True when there is a partnership, whoever's it is."""
    return any(True for _ in partnerships)


@rule("school.interest")
def interested(trainings: Iterable[TrainingPeriod], cohort: str) -> frozenset[str]:
    """The providers that the school named for somebody of a cohort: who has ended counts, and who was confirmed."""
    theirs = (training for training in trainings if training.cohort == cohort)
    found = (training.interest_id or training.lead_provider_id for training in theirs)
    return frozenset(provider for provider in found if provider is not None)


@rule("school.programme")
def programme(
    trainings: Sequence[TrainingPeriod], school_periods: Iterable[SchoolPeriod], period: ContractPeriod
) -> str:
    """How a school trains the people of a cohort: provider-led if anybody is trained so, or hoped to be."""
    if any(training.cohort == period.id and training.programme == "provider_led" for training in trainings):
        return "provider_led"
    led = {training.school_period_id for training in trainings if training.programme == "provider_led"}
    only_school_led = {training.school_period_id for training in trainings} - led
    begun = {each.id for each in school_periods if each.role == "ect" and period.covers(each.starts_on)}
    return "school_led" if only_school_led & begun else "not_yet_known"
