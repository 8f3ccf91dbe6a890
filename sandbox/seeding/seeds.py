"""What the seed files may hold: their words, each with its type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from sandbox.model import Behaviour
from sandbox.seeding.events import PersonEvent, SchoolEvent, check_utc


class Seed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something the seed files describe. Unknown fields are refused."""


class Scenario(Seed, frozen=True, kw_only=True):
    """A moment at which the playing stops and the world's clock starts."""

    starts_at: datetime
    about: str
    edition: str = "ecf"

    def __post_init__(self) -> None:
        check_utc(self.starts_at)


class CohortSeed(Seed, frozen=True, kw_only=True):
    """A cohort (cohorts.yaml)."""

    year: str
    registration_opens: date
    academic_year_starts: date
    payments_frozen: date | None = None
    mentor_funding: bool = False
    detailed_evidence: bool = False


class MilestoneSeed(Seed, frozen=True, kw_only=True):
    """When declarations of some types may be dated. In a day, Y stands for the cohort's year, Y+1 for the next."""

    types: tuple[str, ...]
    starts: str = msgspec.field(name="from")
    ends: str | None = msgspec.field(default=None, name="to")
    paid: str | None = None
    behaviour: Behaviour | None = msgspec.field(default=None, name="in")


class ScheduleSeed(Seed, frozen=True, kw_only=True):
    """Schedules that have the same milestones, in some cohorts (schedules.yaml)."""

    identifiers: tuple[str, ...]
    cohorts: tuple[str, ...]
    courses: tuple[str, ...] = ("ecf-induction", "ecf-mentor")
    milestones: tuple[MilestoneSeed, ...]


class StatementRun(Seed, frozen=True, kw_only=True):
    """The months, such as 2021-11, for which each provider has a statement of a cohort; `output` are those that pay."""

    cohort: str
    first: str
    last: str
    none_in: tuple[str, ...] = ()
    output: tuple[str, ...]


class StatementException(Seed, frozen=True, kw_only=True):
    """A month whose statements keep other dates than usual."""

    cohort: str
    month: str
    deadline: date | None = None
    payment: date | None = None


class StatementsSeed(Seed, frozen=True, kw_only=True):
    """All statements (statements.yaml)."""

    drawn_up: datetime
    runs: tuple[StatementRun, ...]
    exceptions: tuple[StatementException, ...] = ()

    def __post_init__(self) -> None:
        check_utc(self.drawn_up)


class DeliveryPartnerSeed(Seed, frozen=True, kw_only=True):
    """A delivery partner, and the short name that the other seed files know it by."""

    key: str
    id: str
    name: str


class ProviderSeed(Seed, frozen=True, kw_only=True):
    """A lead provider, its token, and the cohorts in which it works with each delivery partner."""

    key: str
    id: str
    name: str
    token: str
    works_with: Mapping[str, tuple[str, ...]]


class ProvidersSeed(Seed, frozen=True, kw_only=True):
    """The organisations (providers.yaml)."""

    known_since: datetime
    delivery_partners: tuple[DeliveryPartnerSeed, ...]
    providers: tuple[ProviderSeed, ...]

    def __post_init__(self) -> None:
        check_utc(self.known_since)


class SchoolSeed(Seed, frozen=True, kw_only=True):
    """A school and what it decided, and when (schools.yaml). Its addresses end in `domain`."""

    urn: str
    name: str
    domain: str
    tutor: str | None = None
    eligible_for_funding: bool = True
    school_led_only: bool = False
    pupil_premium: bool = False
    sparsity: bool = False
    life: tuple[SchoolEvent, ...] = ()


class SchoolsSeed(Seed, frozen=True, kw_only=True):
    """All schools."""

    known_since: datetime
    schools: tuple[SchoolSeed, ...]

    def __post_init__(self) -> None:
        check_utc(self.known_since)


class Person(Seed, frozen=True, kw_only=True):
    """Someone and their life (people/*.yaml)."""

    name: str
    id: str
    email: str
    trn: str | None = None
    life: tuple[PersonEvent, ...]


class Shares(Seed, frozen=True, kw_only=True):
    """What befalls how many of the many, out of a hundred people or declarations."""

    not_validated: int
    checking_qts: int
    not_eligible: int
    january: int
    deferred: int
    resumed: int
    withdrawn: int
    withdrawn_by_school: int
    left: int
    missed: int
    corrected: int
    taken_back: int


class CrowdSeed(Seed, frozen=True, kw_only=True):
    """What the many are dealt from (crowd.yaml). `numbers` are by provider and cohort."""

    shuffle: str
    numbers: Mapping[str, Mapping[str, int]]
    shares: Shares
    given_names: tuple[str, ...]
    family_names: tuple[str, ...]


class Seeds(Seed, frozen=True, kw_only=True):
    """Everything the seed folder holds. `people` are by the file they stand in."""

    cohorts: tuple[CohortSeed, ...]
    schedules: tuple[ScheduleSeed, ...]
    statements: StatementsSeed
    organisations: ProvidersSeed
    schools: SchoolsSeed
    people: Mapping[str, tuple[Person, ...]]
    crowd: CrowdSeed
