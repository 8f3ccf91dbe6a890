"""The records that are there before any life begins: the calendar, the organisations, their statements, the schools."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from sandbox.editions.register.rules.days import first_moment
from sandbox.editions.register.seeding.seeds import Seeds
from sandbox.model import (
    ApiToken,
    ContractPeriod,
    DeliveryPartner,
    LeadProvider,
    ProviderRelationship,
    Record,
    School,
    SchoolFunding,
    Statement,
)
from sandbox.seeding.ids import named, school_id
from sandbox.seeding.records import address, schedules

OUTPUT_MONTHS: Final = frozenset({1, 4, 8, 11})
FIRST_MONTH: Final = 11  # of a cohort's own year
MONTHS: Final = 34  # to August of the third year after it
MINUTE: Final = timedelta(minutes=1)


def seed_records(seeds: Seeds) -> Iterator[Record]:
    """Every record that is there from the beginning. Statements are open, all of them. Raises SeedProblem."""
    yield from periods(seeds)
    yield from schedules(seeds.schedules)
    yield from _organisations(seeds)
    yield from _statements(seeds)
    yield from _schools(seeds)


def periods(seeds: Seeds) -> Iterator[ContractPeriod]:
    """Every contract period."""
    for seed in seeds.periods:
        yield ContractPeriod(
            id=seed.year,
            starts=seed.starts,
            ends=seed.ends,
            enabled=seed.enabled,
            payments_frozen_at=first_moment(seed.payments_frozen) if seed.payments_frozen else None,
            mentor_funding=seed.mentor_funding,
            detailed_evidence=seed.detailed_evidence,
            uplift_fees=seed.uplift_fees,
        )


def _organisations(seeds: Seeds) -> Iterator[Record]:
    since, organisations = seeds.organisations.known_since, seeds.organisations
    partners = {partner.key: partner.id for partner in organisations.delivery_partners}
    for number, partner in enumerate(organisations.delivery_partners):
        at = since + number * MINUTE
        yield DeliveryPartner(id=partner.id, name=partner.name, created_at=at, updated_at=at)
    for provider in organisations.providers:
        yield LeadProvider(id=provider.id, name=provider.name)
        yield ApiToken(id=sha256(provider.token.encode()).hexdigest(), lead_provider_id=provider.id)
        for key, cohorts in provider.works_with.items():
            for cohort in cohorts:
                yield ProviderRelationship(
                    id=named("register", "relationship", provider.key, key, cohort),
                    lead_provider_id=provider.id,
                    delivery_partner_id=partners[key],
                    cohort=cohort,
                )


def _statements(seeds: Seeds) -> Iterator[Statement]:
    """Each provider's, month by month: the deadline is the last day of the month before, payment on the 25th."""
    drawn_up = seeds.organisations.known_since
    for provider in seeds.organisations.providers:
        for period in seeds.periods:
            for first in _months(period.year):
                yield Statement(
                    id=statement_id(provider.id, period.year, first),
                    lead_provider_id=provider.id,
                    cohort=period.year,
                    year=first.year,
                    month=first.month,
                    deadline=first - timedelta(days=1),
                    payment_date=first.replace(day=25),
                    output=first.month in OUTPUT_MONTHS,
                    created_at=drawn_up,
                    updated_at=drawn_up,
                )


def statement_id(provider_id: str, cohort: str, month: date) -> str:
    """The id of a provider's statement of a cohort and a month."""
    return str(uuid5(NAMESPACE_URL, f"register/statement/{provider_id}/{cohort}/{month.year}-{month.month}"))


def _months(cohort: str) -> Iterator[date]:
    for number in range(FIRST_MONTH - 1, FIRST_MONTH - 1 + MONTHS):
        yield date(int(cohort) + number // 12, number % 12 + 1, 1)


def _schools(seeds: Seeds) -> Iterator[Record]:
    uplifted = [period.year for period in seeds.periods if period.uplift_fees]
    for number, seed in enumerate(seeds.schools.schools):
        at: datetime = seeds.schools.known_since + number * MINUTE
        yield School(
            id=school_id(seed.urn),
            urn=seed.urn,
            name=seed.name,
            eligible_for_funding=seed.eligible_for_funding,
            induction_tutor_name=seed.tutor,
            induction_tutor_email=address(seed.tutor, seed.domain) if seed.tutor else None,
            created_at=at,
            updated_at=at,
        )
        if seed.pupil_premium or seed.sparsity:
            for cohort in uplifted:
                yield SchoolFunding(id=f"{cohort}/{seed.urn}", pupil_premium=seed.pupil_premium, sparsity=seed.sparsity)
