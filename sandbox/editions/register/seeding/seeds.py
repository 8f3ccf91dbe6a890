"""What the seed files of Register may hold: their words, each with its type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from sandbox.editions.register.seeding.events import PersonEvent
from sandbox.seeding.files import SEEDS, read_as
from sandbox.seeding.seeds import ProvidersSeed, ScheduleSeed, SchoolsSeed, Seed

FOLDER: Final = SEEDS / "register"


class ContractPeriodSeed(Seed, frozen=True, kw_only=True):
    """A contract period (cohorts.yaml)."""

    year: str
    starts: date
    ends: date
    enabled: bool = True
    payments_frozen: date | None = None
    mentor_funding: bool = False
    detailed_evidence: bool = False
    uplift_fees: bool = False


class PartnershipSeed(Seed, frozen=True, kw_only=True):
    """A provider's partnerships through one partner: in each of the cohorts with each of the schools."""

    provider: str = msgspec.field(name="with")
    partner: str = msgspec.field(name="through")
    cohorts: tuple[str, ...]
    schools: tuple[str, ...]


class PartnershipEvent(NamedTuple):
    """One partnership, and when it began."""

    at: datetime
    school: str
    cohort: str
    provider: str
    partner: str


class Person(Seed, frozen=True, kw_only=True):
    """Someone and their life (people.yaml). `about` says what to look for them for."""

    name: str
    id: str
    email: str | None = None
    trn: str | None = None
    about: str | None = None
    life: tuple[PersonEvent, ...]


class CrowdSeed(Seed, frozen=True, kw_only=True):
    """How many people each provider has in each cohort, and what befalls how many of a hundred (crowd.yaml)."""

    shuffle: str
    numbers: Mapping[str, Mapping[str, int]]
    not_claimed: int
    part_time: int
    withdrawn: int
    deferred: int
    resumed: int
    left: int
    changed_schedule: int
    missed: int
    taken_back: int


class Seeds(Seed, frozen=True, kw_only=True):
    """What is there before any life begins."""

    periods: tuple[ContractPeriodSeed, ...]
    schedules: tuple[ScheduleSeed, ...]
    organisations: ProvidersSeed
    schools: SchoolsSeed
    partnerships: tuple[PartnershipSeed, ...]
    people: tuple[Person, ...]
    crowd: CrowdSeed


def read(folder: Path = FOLDER) -> Seeds:
    """Read the seed folder. Raises SeedProblem."""
    return Seeds(
        periods=read_as(folder / "cohorts.yaml", tuple[ContractPeriodSeed, ...]),
        schedules=read_as(folder / "schedules.yaml", tuple[ScheduleSeed, ...]),
        organisations=read_organisations(folder),
        schools=read_as(folder / "schools.yaml", SchoolsSeed),
        partnerships=read_as(folder / "partnerships.yaml", tuple[PartnershipSeed, ...]),
        people=read_as(folder / "people.yaml", tuple[Person, ...]),
        crowd=read_as(folder / "crowd.yaml", CrowdSeed),
    )


def read_organisations(folder: Path = FOLDER) -> ProvidersSeed:
    """The lead providers, with their tokens, and the delivery partners. Raises SeedProblem."""
    return read_as(folder / "providers.yaml", ProvidersSeed)
