"""What follows for a school, in a cohort, from who is registered there and who trains with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sandbox.model import ContractPeriod, Partnership, TrainingPeriod
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
def programme(trainings: Sequence[TrainingPeriod], period: ContractPeriod) -> str:
    """How a school trains the people of a cohort: provider-led if one of them is, was or is hoped to be trained so."""
    led = {training.school_period_id for training in trainings if training.programme == "provider_led"}
    counted = {training.school_period_id for training in trainings if _is_of(training, period)}
    if led & counted:
        return "provider_led"
    return "school_led" if counted else "not_yet_known"


def _is_of(training: TrainingPeriod, period: ContractPeriod) -> bool:
    """True for a training of a cohort: school-led, it is of the one in which it begins."""
    return period.covers(training.starts_on) if training.cohort is None else training.cohort == period.id
