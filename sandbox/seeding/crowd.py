"""The many: who there is of them, and where they are registered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sandbox.model import ParticipantType
from sandbox.seeding.biography import Biographer, windows
from sandbox.seeding.dice import Dice
from sandbox.seeding.events import AgreePartnership, Challenge, Register
from sandbox.seeding.ids import named
from sandbox.seeding.records import address, schedules
from sandbox.seeding.seeds import CrowdSeed, Person, SchoolSeed, Seeds


class Place(NamedTuple):
    """A school that has a lasting partnership, and since when."""

    school: SchoolSeed
    since: datetime


def people(seeds: Seeds) -> Iterator[Person]:
    """The many, with their lives: so many for each provider and cohort."""
    calendar = {schedule.id: windows(schedule) for schedule in schedules(seeds.schedules) if schedule.is_standard}
    names: set[str] = set()
    for provider, cohorts in seeds.crowd.numbers.items():
        for cohort, number in cohorts.items():
            dice = Dice(f"{seeds.crowd.shuffle}/{provider}/{cohort}")
            biographer = Biographer(
                dice,
                seeds.crowd.shares,
                september=calendar[f"{cohort}/ecf-standard-september"],
                january=calendar[f"{cohort}/ecf-standard-january"],
            )
            deal = Deal(dice, seeds.crowd, biographer, f"{provider}/{cohort}", cohort, names)
            yield from deal.people(number, list(_places(seeds, provider, cohort)))


def _places(seeds: Seeds, provider: str, cohort: str) -> Iterator[Place]:
    for school in seeds.schools.schools:
        if not any(isinstance(event, Challenge) and event.cohort == cohort for event in school.life):
            for event in school.life:
                if isinstance(event, AgreePartnership) and (event.provider, event.cohort) == (provider, cohort):
                    yield Place(school, event.at)


class Deal:
    """One provider's people of one cohort, dealt out to its schools."""

    def __init__(
        self, dice: Dice, seed: CrowdSeed, biographer: Biographer, name: str, cohort: str, names: set[str]
    ) -> None:
        self._dice = dice
        self._seed = seed
        self._biographer = biographer
        self._name = name
        self._cohort = cohort
        self._names = names  # of everyone dealt so far, as no two should be mistaken for each other
        self._dealt = 0

    def people(self, number: int, places: Sequence[Place]) -> Iterator[Person]:
        """So many people: a mentor and two or three ECTs at one school, and so on."""
        dice = self._dice
        while self._dealt < number:
            place = dice.one_of(places)
            registered = dice.afternoon(dice.day_after(place.since.date(), 3, 70))
            mentor = self._person("mentor", place.school, registered, None)
            yield mentor
            for _ in range(min(2 + dice.below(2), number - self._dealt)):
                later = dice.afternoon(dice.day_after(registered.date(), 1, 15))
                yield self._person("ect", place.school, later, mentor.id)

    def _person(self, role: ParticipantType, school: SchoolSeed, at: datetime, mentor: str | None) -> Person:
        self._dealt += 1
        id, name = named("crowd", self._name, str(self._dealt)), self._new_name()
        register = Register(at=at, role=role, school=school.urn, cohort=self._cohort, mentor=mentor)
        return Person(
            name=name,
            id=id,
            email=address(name, school.domain),
            trn=str(3_000_000 + int(id[:8], 16) % 7_000_000),
            life=tuple(self._biographer.life(register)),
        )

    def _new_name(self) -> str:
        while True:
            name = f"{self._dice.one_of(self._seed.given_names)} {self._dice.one_of(self._seed.family_names)}"
            if name not in self._names:
                self._names.add(name)
                return name
