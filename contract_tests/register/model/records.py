"""What is remembered of a world: people, where they are, who trains them, and what was declared of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

Role = Literal["ect", "mentor"]
Programme = Literal["provider_led", "school_led", "not_yet_known"]

LONDON: Final = ZoneInfo("Europe/London")
DAY: Final = timedelta(days=1)
ROLES: Final[tuple[Role, ...]] = ("ect", "mentor")
COURSES: Final[dict[Role, str]] = {"ect": "ecf-induction", "mentor": "ecf-mentor"}
LIVE: Final = ("submitted", "eligible", "payable", "paid")


def day_of(moment: datetime) -> date:
    """The day that it is in London."""
    return moment.astimezone(LONDON).date()


def begins(day: date) -> datetime:
    """When a day begins in London."""
    return datetime.combine(day, time.min, LONDON).astimezone(UTC)


@dataclass(eq=False)
class Provider:
    """A lead provider."""

    id: str
    name: str


@dataclass(eq=False)
class Partner:
    """A delivery partner, and in which cohorts it works with each provider."""

    id: str
    name: str
    created: datetime
    updated: datetime
    works_with: dict[Provider, set[str]] = field(default_factory=dict)


class Standing(NamedTuple):
    """What follows for a school, in a cohort, from who trains there."""

    partnered: bool = False
    programme: Programme = "not_yet_known"
    interested: frozenset[str] = frozenset()


@dataclass(eq=False)
class School:
    """A school, with how it stands in each cohort and since when."""

    id: str
    urn: str
    name: str
    created: datetime
    updated: datetime
    tutor_name: str | None = None
    tutor_email: str | None = None
    uplifts: tuple[bool, bool] = (False, False)
    standings: dict[str, Standing] = field(default_factory=dict)
    moved: dict[str, datetime] = field(default_factory=dict)

    def updated_in(self, cohort: str) -> datetime:
        """When anything that is shown of it in a cohort changed last."""
        return max(self.updated, self.moved.get(cohort, self.updated))


@dataclass(eq=False)
class Partnership:
    """A provider trains a school's people of a cohort, with a delivery partner."""

    id: str
    provider: Provider
    school: School
    cohort: str
    partner: Partner
    created: datetime
    updated: datetime


@dataclass(eq=False)
class Induction:
    """An induction at an appropriate body; without an outcome it was only released, or goes on."""

    starts: date
    ends: date | None = None
    outcome: str | None = None


@dataclass(eq=False)
class Funding:
    """Whether someone may be funded in a role, and which frozen cohort they came out of."""

    eligible_since: datetime | None = None
    ineligible_from: date | None = None
    frozen: str | None = None
    record_id: str | None = None


@dataclass(eq=False)
class Person:
    """Somebody who is, or was, an ECT, a mentor, or both."""

    id: str
    name: str
    trn: str | None
    created: datetime
    updated: datetime
    mentor_updated: datetime
    reason: str | None = None
    inductions: list[Induction] = field(default_factory=list)
    funding: dict[Role, Funding] = field(default_factory=lambda: {role: Funding() for role in ROLES})

    @property
    def inducted_on(self) -> date | None:
        """When the induction ended with an outcome."""
        return max((each.ends for each in self.inductions if each.outcome and each.ends), default=None)

    def completed_on(self, role: Role) -> date | None:
        """When they completed what they were trained for."""
        return self.inducted_on if role == "ect" else self.funding["mentor"].ineligible_from


@dataclass(eq=False)
class Stay:
    """Somebody's time at a school in a role."""

    person: Person
    role: Role
    school: School
    email: str | None
    starts: date
    ends: date | None
    pattern: str | None
    created: datetime

    def goes_on_after(self, day: date) -> bool:
        """True when it has not ended by the end of a day."""
        return self.ends is None or self.ends > day


class Stamp(NamedTuple):
    """That a provider said somebody paused, when, and why."""

    at: datetime
    reason: str


@dataclass(eq=False)
class Training:
    """A time of training at a school: with a provider, named or in partnership, or by the school itself."""

    stay: Stay
    programme: Programme
    named: Provider | None
    partnership: Partnership | None
    cohort: str | None
    schedule: str | None
    starts: date
    ends: date | None
    created: datetime
    moved: datetime
    withdrawn: Stamp | None = None
    deferred: Stamp | None = None

    @property
    def person(self) -> Person:
        """Who trains."""
        return self.stay.person

    @property
    def role(self) -> Role:
        """As what."""
        return self.stay.role

    @property
    def provider(self) -> Provider | None:
        """With whom, in partnership."""
        return self.partnership.provider if self.partnership else None

    @property
    def status(self) -> str:
        """What its provider said last."""
        if self.withdrawn and (self.deferred is None or self.withdrawn.at >= self.deferred.at):
            return "withdrawn"
        return "deferred" if self.deferred else "active"

    def covers(self, day: date) -> bool:
        """True on its first day, on its last, and between."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(eq=False)
class Mentorship:
    """Somebody mentors an ECT at a school."""

    ect: Stay
    mentor: Stay
    starts: date
    ends: date | None
    created: datetime


@dataclass(eq=False)
class Statement:
    """What the DfE pays a provider in a month; one without output pays for no declarations."""

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
    """That somebody reached a milestone, as a provider said."""

    id: str
    person: Person
    training: Training
    provider: Provider
    cohort: str
    type: str
    dated: datetime
    partner: Partner
    mentor: Person | None
    evidence: str | None
    state: str
    statement: Statement | None
    created: datetime
    updated: datetime
    clawback: Statement | None = None

    @property
    def role(self) -> Role:
        """As what they reached it."""
        return self.training.role

    @property
    def live(self) -> bool:
        """True unless it was taken back."""
        return self.state in LIVE


class IdChange(NamedTuple):
    """An id that was retired, and whose it was."""

    retired: str
    remaining: Person
    at: datetime
