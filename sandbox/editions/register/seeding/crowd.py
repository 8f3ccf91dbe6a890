"""The many: so that lists have pages, and statements something to pay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from sandbox.editions.register.seeding.events import (
    ChangeSchedule,
    Claim,
    Declare,
    Defer,
    Leave,
    PersonEvent,
    Register,
    Resume,
    Void,
    Withdraw,
)
from sandbox.editions.register.seeding.seeds import CrowdSeed, Person, Seeds
from sandbox.model import ParticipantType
from sandbox.seeding.dice import Dice
from sandbox.seeding.files import SEEDS, read_crowd
from sandbox.seeding.ids import named
from sandbox.seeding.records import address, schedules
from sandbox.seeding.seeds import CrowdSeed as NamePool

# When each milestone of a standard September schedule is reached: years after the cohort's, month and day.
MILESTONES: Final = (
    ("started", 0, 10, 5),
    ("retained-1", 1, 1, 20),
    ("retained-2", 1, 5, 10),
    ("retained-3", 1, 10, 10),
    ("retained-4", 2, 2, 10),
    ("completed", 2, 6, 10),
)
OF_MENTORS: Final = ("started", "completed")
PAID_FOR_MENTORS_ALONE: Final = "2025"  # from this cohort on
DETAILED: Final = {"retained-2": "75-percent-engagement-met", "completed": "75-percent-engagement-met"}
WITHDRAWALS: Final = ("left-teaching-profession", "moved-school", "other")
DEFERRALS: Final = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")


def people(seeds: Seeds, until: datetime) -> Iterator[Person]:
    """The many, with their lives as far as a time: so many for each provider and cohort."""
    names: set[str] = set()
    for provider, cohorts in seeds.crowd.numbers.items():
        for cohort, number in cohorts.items():
            yield from Deal(seeds, provider, cohort, names).people(number, until)


class Deal:
    """One provider's people of one cohort, dealt out to its schools: a mentor and two ECTs, and so on."""

    def __init__(self, seeds: Seeds, provider: str, cohort: str, names: set[str]) -> None:
        self._seed: CrowdSeed = seeds.crowd
        self._dice = Dice(f"{seeds.crowd.shuffle}/{provider}/{cohort}")
        self._provider, self._cohort = provider, cohort
        self._schools = [
            urn
            for each in seeds.partnerships
            if each.provider == provider and cohort in each.cohorts
            for urn in each.schools
        ]
        (calendar,) = (each for each in schedules(seeds.schedules) if each.id == f"{cohort}/ecf-standard-september")
        self._milestones = {milestone.declaration_type: milestone for milestone in calendar.milestones}
        self._domains = {school.urn: school.domain for school in seeds.schools.schools}
        self._names = names  # of everyone dealt so far, as no two should be mistaken for each other

    def people(self, number: int, until: datetime) -> Iterator[Person]:
        """So many of them."""
        mentor, school = "", ""
        for place in range(number):
            role: ParticipantType = "ect" if place % 3 else "mentor"
            if role == "mentor":
                school = self._dice.one_of(self._schools)
            id, name = named("register", "crowd", self._provider, self._cohort, str(place)), self._new_name()
            life = self._life(role, school, mentor if role == "ect" else None)
            yield Person(
                name=name,
                id=id,
                email=address(name, self._domains[school]),
                trn=str(3_000_000 + int(id[:8], 16) % 7_000_000),
                life=tuple(event for event in life if event.at <= until),
            )
            mentor = id if role == "mentor" else mentor

    def _life(self, role: ParticipantType, school: str, mentor: str | None) -> Iterator[PersonEvent]:
        dice, seed, year = self._dice, self._seed, int(self._cohort)
        starts_on = date(year, 9, 1)
        registered = dice.morning(dice.day_after(date(year, 7, 1), 0, 20) if role == "mentor" else date(year, 8, 20))
        if role == "ect":
            registered += timedelta(days=dice.below(12), minutes=dice.below(300))
        yield Register(
            at=registered,
            role=role,
            school=school,
            starts_on=starts_on,
            provider=self._provider,
            mentor=mentor,
            pattern="part_time" if dice.falls(seed.part_time) else "full_time",
        )
        if role == "ect" and not dice.falls(seed.not_claimed):
            yield Claim(at=dice.afternoon(date(year, 9, 3)), on=starts_on)
        stopped = self._stop()
        for event in self._declarations(role):
            if stopped and event.at >= stopped[0].at:
                break
            yield event
        yield from stopped

    def _stop(self) -> Sequence[PersonEvent]:
        """How somebody's training stops before the end, if it does; or how it changes."""
        dice, seed = self._dice, self._seed
        at = dice.afternoon(dice.day_after(date(int(self._cohort), 11, 10), 0, 500))
        cast = dice.below(100)
        for share, kind in (
            (seed.withdrawn, "withdrawn"),
            (seed.deferred, "deferred"),
            (seed.resumed, "resumed"),
            (seed.left, "left"),
            (seed.changed_schedule, "changed"),
        ):
            if cast < share:
                return self._stopped(kind, at)
            cast -= share
        return ()

    def _stopped(self, kind: str, at: datetime) -> Sequence[PersonEvent]:
        dice = self._dice
        if kind == "withdrawn":
            return (Withdraw(at=at, reason=dice.one_of(WITHDRAWALS)),)
        if kind == "left":
            return (Leave(at=at, on=at.date() + timedelta(days=20)),)
        if kind == "changed":
            return (ChangeSchedule(at=at, to="ecf-extended-september"),)
        deferred = Defer(at=at, reason=dice.one_of(DEFERRALS))
        return (deferred, Resume(at=at + timedelta(days=60))) if kind == "resumed" else (deferred,)

    def _declarations(self, role: ParticipantType) -> Iterator[PersonEvent]:
        dice, seed = self._dice, self._seed
        detailed = self._cohort >= PAID_FOR_MENTORS_ALONE
        for type, years, month, day in MILESTONES:
            if (role == "mentor" and detailed and type not in OF_MENTORS) or dice.falls(seed.missed):
                continue
            usual = self._within(type, date(int(self._cohort) + years, month, day))
            dated = datetime.combine(usual, time(9), UTC) + timedelta(days=dice.below(10))
            at = dice.afternoon(dated.date() + timedelta(days=1 + dice.below(10)))
            evidence = DETAILED.get(type, "training-event-attended") if detailed else "training-event-attended"
            yield Declare(at=at, type=type, dated=dated, evidence=evidence)
            if dice.falls(seed.taken_back):
                yield Void(at=at + timedelta(hours=20), type=type)
                return

    def _within(self, type: str, day: date) -> date:
        """A day, or the nearest from which ten more lie within the milestone of a type."""
        milestone = self._milestones[type]
        last = milestone.ends - timedelta(days=11) if milestone.ends else day
        return max(min(day, last), milestone.starts)

    def _new_name(self) -> str:
        pool = _names()
        while True:
            name = f"{self._dice.one_of(pool.given_names)} {self._dice.one_of(pool.family_names)}"
            if name not in self._names:
                self._names.add(name)
                return name


@cache
def _names() -> NamePool:
    """The names that the people of ECF's seeds have, too."""
    return read_crowd(SEEDS)
