"""What is known of a world: the organisations, the people, what they train as and where, and what was declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

NEVER: Final = datetime.min.replace(tzinfo=UTC)
UNVALIDATED: Final = ("contacted_for_information", "dfe_checking_eligibility")
BILLABLE: Final = ("eligible", "payable", "paid")
LIVE: Final = ("submitted", *BILLABLE)


class Schedule(NamedTuple):
    """A schedule of a cohort."""

    identifier: str
    cohort: str


class Said(NamedTuple):
    """What a provider said last of someone's training."""

    status: str = "active"
    reason: str | None = None
    at: datetime | None = None


ACTIVE: Final = Said()


@dataclass(eq=False)
class Provider:
    """A lead provider."""

    id: str
    name: str


@dataclass(eq=False)
class Partner:
    """A delivery partner; `works_with` has the cohorts by the provider's id."""

    id: str
    name: str
    created: datetime
    updated: datetime
    works_with: dict[str, set[str]] = field(default_factory=dict)


@dataclass(eq=False)
class School:
    """A school; what it chose, and when that changed, by cohort."""

    id: str
    urn: str
    name: str
    tutor_name: str | None
    tutor_email: str | None
    pupil_premium: bool
    sparsity: bool
    created: datetime
    updated: datetime
    programmes: dict[str, str] = field(default_factory=dict)
    programmes_updated: dict[str, datetime] = field(default_factory=dict)

    def updated_in(self, cohort: str) -> datetime:
        """When it changed, as it is shown for a cohort."""
        return max(self.updated, self.programmes_updated.get(cohort, NEVER))


@dataclass(eq=False)
class Partnership:
    """A provider at a school for a cohort; a `relationship` is there for one person who kept their provider."""

    id: str
    school: School
    cohort: str
    provider: Provider
    partner: Partner
    relationship: bool
    created: datetime
    updated: datetime
    challenged_reason: str | None = None
    challenged_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """True unless the school has challenged it."""
        return self.challenged_at is None


@dataclass(eq=False)
class Person:
    """A participant. `addressed` is when they were first registered, `readdressed` of later addresses and ids."""

    id: str
    full_name: str
    email: str
    trn: str | None
    created: datetime
    updated: datetime
    addressed: datetime = NEVER
    readdressed: datetime = NEVER


@dataclass(eq=False)
class Training:
    """What somebody trains as: one row in v1, an enrolment in v3. `registered_as` is the id it was registered under."""

    id: str
    person: Person
    registered_as: str
    role: str
    schedule: Schedule
    pupil_premium: bool
    sparsity: bool
    created: datetime
    updated: datetime
    validation: str = "dfe_checking_eligibility"
    trn_validated: bool = False
    withdrawn_by_school: bool = False
    induction_end: date | None = None
    funding_end: date | None = None
    funding_end_reason: str | None = None
    cohort_changed: bool = False
    placements: list[Placement] = field(default_factory=list)

    @property
    def course(self) -> str:
        """What requests call it."""
        return "ecf-induction" if self.role == "ect" else "ecf-mentor"

    @property
    def validated(self) -> bool:
        """False while the DfE waits for details, or checks them."""
        return self.validation not in UNVALIDATED

    @property
    def eligible(self) -> bool | None:
        """Whether it is funded; None while nobody knows."""
        return {"eligible_to_start": True, "not_eligible_for_funded_training": False}.get(self.validation)

    @property
    def newest(self) -> Placement:
        """Where they are, were last, or will be."""
        return newest_first(self.placements)[0]


@dataclass(eq=False)
class Placement:
    """Somebody at a school, from an act or day to an act or day. `view` is the school's, `said` the provider's."""

    training: Training
    school: School
    partnership: Partnership | None
    cohort: str
    schedule: Schedule
    starts_on: date
    email: str
    created: datetime
    updated: datetime
    ends_on: date | None = None
    began_at: datetime | None = None
    ended_at: datetime | None = None
    view: str = "active"
    said: Said = ACTIVE
    mentor: Person | None = None
    transfer: bool = False

    @property
    def provider(self) -> Provider | None:
        """With whom they train."""
        return self.partnership.provider if self.partnership else None

    @property
    def starts_at(self) -> datetime:
        """Its first moment."""
        return self.began_at or midnight(self.starts_on)

    @property
    def ends_at(self) -> datetime | None:
        """The moment from which it is over."""
        return self.ended_at or (midnight(self.ends_on) if self.ends_on else None)

    @property
    def stays(self) -> bool:
        """True of whoever neither leaves nor was withdrawn by the school."""
        return self.ends_on is None and self.view == "active"

    def lasts_at(self, at: datetime) -> bool:
        """True from its first moment to its last, or to the end of its last day."""
        if at < self.starts_at:
            return False
        return at < self.ended_at if self.ended_at else self.ends_on is None or at.date() <= self.ends_on


@dataclass(eq=False)
class Statement:
    """What a provider is paid for a month."""

    id: str
    provider: Provider
    cohort: str
    month: int
    year: int
    deadline: date
    payment: date
    output: bool
    state: str
    created: datetime
    updated: datetime


@dataclass(eq=False)
class Declaration:
    """What a provider declared; `first_shown` is how it was answered then."""

    id: str
    person: Person
    training: Training
    provider: Provider
    type: str
    dated: datetime
    cohort: str
    evidence: str | None
    partner_id: str | None
    mentor_id: str | None
    uplift: bool
    state: str
    statement: Statement | None
    created: datetime
    updated: datetime
    clawback: Statement | None = None
    duplicate: bool = False
    first: tuple[str, Statement | None] = ("", None)

    @property
    def course(self) -> str:
        """The course it is about."""
        return self.training.course

    @property
    def live(self) -> bool:
        """True while it stands in the way of another."""
        return self.state in LIVE


class IdChange(NamedTuple):
    """An id that was retired."""

    retired: str
    remaining: str
    at: datetime


def newest_first(placements: list[Placement]) -> list[Placement]:
    """Those that have no end, then what began last, then what was made last."""
    return sorted(placements, key=newest_last)[::-1]


def newest_last(placement: Placement) -> tuple[bool, datetime, datetime]:
    """What placements are put in order by, the newest last; two that are alike in it may be in either order."""
    return placement.ends_on is None, placement.starts_at, placement.created


def midnight(day: date) -> datetime:
    """When a day begins."""
    return datetime.combine(day, time.min, UTC)
