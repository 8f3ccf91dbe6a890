"""The records that are there before any life begins: the calendar, the organisations, the schools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from unicodedata import normalize

from sandbox.model import (
    ApiToken,
    Cohort,
    DeliveryPartner,
    LeadProvider,
    Milestone,
    ProviderRelationship,
    Record,
    Schedule,
    School,
    Statement,
)
from sandbox.seeding.files import SeedProblem
from sandbox.seeding.ids import named, school_id
from sandbox.seeding.seeds import (
    MilestoneSeed,
    ProvidersSeed,
    ScheduleSeed,
    SchoolsSeed,
    Seeds,
    StatementRun,
    StatementsSeed,
)


def seed_records(seeds: Seeds) -> Iterator[Record]:
    """Every record that is there from the beginning, whatever the scenario. Raises SeedProblem."""
    yield from _cohorts(seeds)
    yield from schedules(seeds.schedules)
    yield from _organisations(seeds.organisations)
    for provider in seeds.organisations.providers:
        yield from _statements(seeds.statements, provider.id, provider.key)
    yield from _schools(seeds.schools)


def schedules(seeds: tuple[ScheduleSeed, ...]) -> Iterator[Schedule]:
    """Every schedule of every cohort."""
    for seed in seeds:
        for cohort in seed.cohorts:
            milestones = tuple(m for window in seed.milestones for m in _milestones(window, cohort))
            for identifier in seed.identifiers:
                yield Schedule(
                    id=f"{cohort}/{identifier}",
                    identifier=identifier,
                    cohort=cohort,
                    courses=seed.courses,
                    milestones=milestones,
                )


def _milestones(seed: MilestoneSeed, cohort: str) -> Iterator[Milestone]:
    starts = _day(seed.starts, cohort)
    ends = _day(seed.ends, cohort) if seed.ends else None
    payment = _day(seed.paid, cohort) if seed.paid else None
    for type in seed.types:
        yield Milestone(declaration_type=type, starts=starts, ends=ends, payment=payment, behaviour=seed.behaviour)


def _day(text: str, cohort: str) -> date:
    """A day, such as 2021-11-19, or Y+1-01-31 for the last of January in the year after the cohort's."""
    dated = re.sub(r"^Y(?:\+(\d))?", lambda match: str(int(cohort) + int(match[1] or 0)), text)
    try:
        return date.fromisoformat(dated)
    except ValueError as error:
        raise SeedProblem(
            f"schedules.yaml, cohort {cohort}: {text!r} is no day. Write 2021-11-19 or Y+1-01-31."
        ) from error


def _cohorts(seeds: Seeds) -> Iterator[Cohort]:
    for seed in seeds.cohorts:
        yield Cohort(
            id=seed.year,
            registration_opens=seed.registration_opens,
            academic_year_starts=seed.academic_year_starts,
            payments_frozen_at=datetime.combine(seed.payments_frozen, time.min, UTC) if seed.payments_frozen else None,
            mentor_funding=seed.mentor_funding,
            detailed_evidence=seed.detailed_evidence,
        )


def _statements(seeds: StatementsSeed, provider_id: str, provider: str) -> Iterator[Statement]:
    """One provider's statements: the deadline is the last day of the month before, payment on the 25th."""
    exceptions = {(exception.cohort, exception.month): exception for exception in seeds.exceptions}
    for run in seeds.runs:
        for month in _months(run):
            first = date.fromisoformat(f"{month}-01")
            exception = exceptions.get((run.cohort, month))
            yield Statement(
                id=named("statement", provider, run.cohort, month),
                lead_provider_id=provider_id,
                cohort=run.cohort,
                year=first.year,
                month=first.month,
                deadline=(exception and exception.deadline) or first - timedelta(days=1),
                payment_date=(exception and exception.payment) or first.replace(day=25),
                output=month in run.output,
                created_at=seeds.drawn_up,
                updated_at=seeds.drawn_up,
            )


def _months(run: StatementRun) -> Iterator[str]:
    year, month = map(int, run.first.split("-"))
    while (text := f"{year}-{month:02}") <= run.last:
        if text not in run.none_in:
            yield text
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _organisations(seeds: ProvidersSeed) -> Iterator[Record]:
    since = seeds.known_since
    for partner in seeds.delivery_partners:
        yield DeliveryPartner(id=partner.id, name=partner.name, created_at=since, updated_at=since)
    partners = {partner.key: partner.id for partner in seeds.delivery_partners}
    for provider in seeds.providers:
        yield LeadProvider(id=provider.id, name=provider.name)
        yield ApiToken(id=sha256(provider.token.encode()).hexdigest(), lead_provider_id=provider.id)
        for key, cohorts in provider.works_with.items():
            if key not in partners:
                raise SeedProblem(
                    f"providers.yaml, {provider.name}: there is no delivery partner {key!r}. Add it there."
                )
            for cohort in cohorts:
                yield ProviderRelationship(
                    id=named("relationship", provider.key, key, cohort),
                    lead_provider_id=provider.id,
                    delivery_partner_id=partners[key],
                    cohort=cohort,
                )


def _schools(seeds: SchoolsSeed) -> Iterator[School]:
    for seed in seeds.schools:
        yield School(
            id=school_id(seed.urn),
            urn=seed.urn,
            name=seed.name,
            eligible_for_funding=seed.eligible_for_funding,
            school_led_only=seed.school_led_only,
            pupil_premium=seed.pupil_premium,
            sparsity=seed.sparsity,
            induction_tutor_name=seed.tutor,
            induction_tutor_email=address(seed.tutor, seed.domain) if seed.tutor else None,
            created_at=seeds.known_since,
            updated_at=seeds.known_since,
        )


def address(name: str, domain: str) -> str:
    """Someone's e-mail address at a school: Zoë O'Neill is zoe.oneill."""
    plain = normalize("NFKD", name.lower().replace("'", "")).encode("ascii", "ignore").decode()
    return f"{'.'.join(plain.split())}@{domain}"
