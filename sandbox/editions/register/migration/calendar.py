"""Cohorts become contract periods; schedules are those that Register has for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from msgspec.structs import replace

from sandbox.editions.register.migration.account import Account
from sandbox.editions.register.seeding.records import periods
from sandbox.editions.register.seeding.seeds import read
from sandbox.model import Behaviour, Cohort, ContractPeriod, Schedule
from sandbox.seeding.records import schedules
from sandbox.store.protocol import Reader

FIRST: Final = "2021"
LAST_WITH_UPLIFTS: Final = "2024"
BEFORE_REGISTER: Final = f"Register has no contract period before {FIRST}"
DAY: Final = timedelta(days=1)


def contract_periods(reader: Reader, now: datetime, account: Account) -> Iterator[ContractPeriod]:
    """Each cohort as the contract period of its year, and the later ones that Register has by itself.

    One begins when its registration opened, and ends when the next one begins.
    """
    cohorts = sorted(reader.all(Cohort), key=lambda cohort: cohort.id)
    for cohort in cohorts:
        if cohort.id < FIRST:
            account.leave("cohorts", cohort.id, BEFORE_REGISTER)
    carried = [cohort for cohort in cohorts if cohort.id >= FIRST]
    last = max((cohort.id for cohort in carried), default="")
    later = [period for period in periods(read()) if period.id > last]
    starts = [*(cohort.registration_opens for cohort in carried), *(period.starts for period in later)]
    for cohort, following in zip(carried, [*starts[1:], None], strict=False):
        yield _contract_period(cohort, following, now)
    yield from later


def _contract_period(cohort: Cohort, following: date | None, now: datetime) -> ContractPeriod:
    starts = cohort.registration_opens
    ends = (following or starts + timedelta(days=365)) - DAY
    return ContractPeriod(
        id=cohort.id,
        starts=starts,
        ends=max(starts, ends),
        enabled=not cohort.frozen_at(now),
        payments_frozen_at=cohort.payments_frozen_at,
        mentor_funding=cohort.mentor_funding,
        detailed_evidence=cohort.detailed_evidence,
        uplift_fees=cohort.id <= LAST_WITH_UPLIFTS,
    )


def calendar(reader: Reader, behaviour: Behaviour, cohorts: Mapping[str, ContractPeriod]) -> Iterator[Schedule]:
    """The schedules of these cohorts: Register's own, and ECF's where Register knows none of that name."""
    known = {schedule.id: schedule for schedule in schedules(read().schedules)}
    theirs = {schedule.id: schedule for schedule in reader.all(Schedule)}
    for id, schedule in {**theirs, **known}.items():
        if schedule.cohort in cohorts:
            yield schedule if id in known else _of_one_behaviour(schedule, behaviour)


def _of_one_behaviour(schedule: Schedule, behaviour: Behaviour) -> Schedule:
    milestones = tuple(replace(milestone, behaviour=None) for milestone in schedule.milestones_in(behaviour))
    return replace(schedule, milestones=milestones)
