"""What the seed files of Register may hold: their words, each with its type."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

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


class Seeds(Seed, frozen=True, kw_only=True):
    """What is there before any life begins."""

    periods: tuple[ContractPeriodSeed, ...]
    schedules: tuple[ScheduleSeed, ...]
    organisations: ProvidersSeed
    schools: SchoolsSeed


def read(folder: Path = FOLDER) -> Seeds:
    """Read the seed folder. Raises SeedProblem."""
    return Seeds(
        periods=read_as(folder / "cohorts.yaml", tuple[ContractPeriodSeed, ...]),
        schedules=read_as(folder / "schedules.yaml", tuple[ScheduleSeed, ...]),
        organisations=read_organisations(folder),
        schools=read_as(folder / "schools.yaml", SchoolsSeed),
    )


def read_organisations(folder: Path = FOLDER) -> ProvidersSeed:
    """The lead providers, with their tokens, and the delivery partners. Raises SeedProblem."""
    return read_as(folder / "providers.yaml", ProvidersSeed)
