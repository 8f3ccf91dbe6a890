"""Partnerships, schools, delivery partners and statements that are otherwise than they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from msgspec.structs import replace

from sandbox.edition import Defect
from sandbox.editions.register.rules.partnerships import (
    does_not_work_with_it,
    has_not_begun,
    has_one_already,
    is_not_eligible,
    is_not_enabled,
    is_school_led,
    is_the_partner_already,
)
from sandbox.model import LeadProvider, Partnership, ProviderRelationship, Statement, TrainingPeriod
from sandbox.rules.parts import altered, becoming, leaving_out, never

Deliver = Callable[[Partnership, str, datetime], Partnership]


def _unnoticed(delivered_by: Deliver) -> Deliver:
    return lambda partnership, id, now: replace(delivered_by(partnership, id, now), updated_at=partnership.updated_at)


def _who_ever_trained(trainings: Sequence[TrainingPeriod], _today: date) -> int:
    return len(trainings)


def _but_for_the_last_day(trainings: Sequence[TrainingPeriod], today: date) -> int:
    return sum(training.covers(today) and training.ends_on != today for training in trainings)


def _everybodys(*_: Any) -> bool:
    return True


def _only_running(trainings: Iterable[TrainingPeriod], cohort: str) -> frozenset[str]:
    running = (each for each in trainings if each.cohort == cohort and each.ends_on is None)
    found = (each.interest_id or each.lead_provider_id for each in running)
    return frozenset(provider for provider in found if provider is not None)


def _to_whomever(_provider: LeadProvider, _known: object) -> bool:
    return True


def _in_every_cohort(_: Any) -> Callable[[Iterable[ProviderRelationship]], dict[str, list[str]]]:
    def shared(relationships: Iterable[ProviderRelationship]) -> dict[str, list[str]]:
        known = list(relationships)
        years = sorted({each.cohort for each in known})
        return {each.delivery_partner_id: years for each in known}

    return shared


def _service_fees_too(provider_id: str, statement: Statement) -> bool:
    return statement.lead_provider_id == provider_id


def _only_open_ones(provider_id: str, statement: Statement) -> bool:
    return statement.lead_provider_id == provider_id and statement.output and statement.state == "open"


ORGANISING: Final = (
    Defect(
        name="partnership-before-the-cohort",
        about="Lets a partnership be confirmed of a cohort that has not begun.",
        breaks="part.cohort-begun",
        rules=leaving_out("confirming", has_not_begun),
    ),
    Defect(
        name="partnership-of-a-closed-cohort",
        about="Lets a partnership be confirmed of a cohort that takes none any more.",
        breaks="part.cohort-enabled",
        rules=leaving_out("confirming", is_not_enabled),
    ),
    Defect(
        name="ineligible-school-confirmed",
        about="Lets a partnership be confirmed with a school that may not have funded training.",
        breaks="part.school-eligible",
        rules=leaving_out("confirming", is_not_eligible),
    ),
    Defect(
        name="strangers-delivery-partner",
        about="Takes delivery partners that do not work with the provider in the cohort.",
        breaks="part.delivery-partner-yours",
        rules=leaving_out("confirming", does_not_work_with_it),
    ),
    Defect(
        name="second-partnership-accepted",
        about="Lets a provider confirm another partnership with a school and cohort that it has.",
        breaks="part.not-yours-already",
        rules=leaving_out("confirming", has_one_already),
    ),
    Defect(
        name="school-led-confirmed",
        about="Lets a partnership be confirmed with a school that trains everybody itself.",
        breaks="part.not-school-led",
        rules=leaving_out("confirming", is_school_led),
    ),
    Defect(
        name="same-delivery-partner-again",
        about="Takes the present delivery partner of a partnership as its new one.",
        breaks="part.update-delivery-partner",
        rules=leaving_out("changing_delivery_partner", is_the_partner_already),
    ),
    Defect(
        name="strangers-partnership-changed",
        about="Lets a provider change another's partnership.",
        breaks="part.update-known",
        rules=altered("partnerships.is_none_to_change", never),
    ),
    Defect(
        name="partnership-changed-unnoticed",
        about="Leaves the updated_at of a partnership alone when its delivery partner changes.",
        breaks="updated.partnership",
        rules=altered("partnerships.delivered_by", _unnoticed),
    ),
    Defect(
        name="former-trainees-counted",
        about="Counts everybody who ever trained through a partnership as training now.",
        breaks="part.training-count",
        rules=altered("partnerships.currently_training", becoming(_who_ever_trained)),
    ),
    Defect(
        name="last-day-not-counted",
        about="Does not count who trains through a partnership for the last day.",
        breaks="part.training-count",
        rules=altered("partnerships.currently_training", becoming(_but_for_the_last_day)),
    ),
    Defect(
        name="others-partnership-shown",
        about="Shows a partnership to whoever asks for it by its id.",
        breaks="vis.partnership",
        rules=altered("partnerships.sees", becoming(_everybodys)),
    ),
    Defect(
        name="ineligible-schools-listed",
        about="Lists every school, whether it may have funded training or not.",
        breaks="vis.school",
        rules=altered("visibility.sees_school", becoming(_everybodys)),
    ),
    Defect(
        name="tutor-shown-to-all",
        about="Shows the induction tutor of every school to every provider.",
        breaks="school.tutor",
        rules=altered("visibility.shows_tutor", becoming(_to_whomever)),
    ),
    Defect(
        name="interest-lost",
        about="Forgets a school's interest when the person it was for has left.",
        breaks="school.interest",
        rules=altered("schools.interested", becoming(_only_running)),
    ),
    Defect(
        name="delivery-partner-in-every-cohort",
        about="Shows every cohort of the provider for each of its delivery partners.",
        breaks="vis.delivery-partner",
        rules=altered("visibility.cohorts_shared", _in_every_cohort),
    ),
    Defect(
        name="service-fees-shown",
        about="Shows the statements of service fees, too.",
        breaks="vis.statement",
        rules=altered("visibility.sees_statement", becoming(_service_fees_too)),
    ),
    Defect(
        name="closed-statements-hidden",
        about="Shows only the statements that are open.",
        breaks="vis.statement",
        rules=altered("visibility.sees_statement", becoming(_only_open_ones)),
    ),
)
