"""What is left to chance on a walk: who and when, of those who are known, and how they are called."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any, Final

from contract_tests.register.model.records import COURSES, Role, Training
from contract_tests.register.walks.world import World

COHORTS: Final = ("2024", "2025", "2026")
PARTNERS: Final = (
    "Oakfield Teaching School Hub",
    "Tideway Teaching School Hub",
    "Saltmarsh Schools Partnership",
    "Brookvale Teaching School Hub",
    "Larkrise Federation",
)
OF_PROVIDERS: Final = (PARTNERS[:2], PARTNERS[1:3], PARTNERS[3:])
MAY_BE_ODD: Final = 0.12


class Chance:
    """Chooses by a seed, with an eye on what is known."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.named = self.declared = 0
        self.recent: list[tuple[str, Role]] = []

    def newcomer(self, **about: Any) -> dict[str, Any]:
        """Somebody who is registered."""
        self.named += 1
        number = self.named
        told = {
            "named": f"P{number}",
            "full_name": f"{chr(65 + number * 7 % 26)}. O'Neill-Þór {number}",
            "trn": f"7{number * 370_001 % 1_000_000:06}",
            "email": f"p{number}@school.example.com",
        }
        return told | about

    def started(self, by: int, who: str, role: Role, year: str) -> dict[str, Any]:
        """That somebody has begun, in October of a year."""
        self.declared += 1
        about = {"by": by, "who": who, "course": COURSES[role], "type": "started", "named": f"D{self.declared}"}
        return about | {"dated": f"{year}-10-10T09:00:00Z", "evidence": "other"}

    def who(self, world: World, *roles: Role) -> tuple[str, Role] | None:
        """Somebody in a role: one of whom something was told lately, or whoever there is."""
        wanted = roles or ("ect", "mentor")
        there: list[tuple[str, Role]] = [
            (name, role)
            for name, person in world.people.items()
            if person in world.known.people
            for role in wanted
            if world.known.stays_of(person, role)
        ]
        recent = [each for each in self.recent if each in there]
        if not there:
            return None
        found = self.random.choice(recent if recent and self.random.random() < 0.5 else there)
        self.recent = [*self.recent[-3:], found]
        return found

    def training(self, world: World, who: str, role: Role) -> Training | None:
        """Their last training with a provider, if there is one."""
        led = [each for each in world.known.trainings_of(world.people[who], role) if each.provider]
        return led[-1] if led else None

    def by(self, world: World, training: Training | None) -> int:
        """The provider that trains somebody, or trained them, or another."""
        provider = training.provider if training else None
        if provider is None or self.random.random() < MAY_BE_ODD:
            return self.random.choice((0, 0, 1, 1, 2))
        return world.known.providers.index(provider)

    def odd(self) -> bool:
        """True now and then: then something may not be as it should."""
        return self.random.random() < MAY_BE_ODD

    def about(self, world: World) -> tuple[str, Role, int, str, Training | None] | None:
        """Somebody, what they are, a provider, and a course."""
        found = self.who(world)
        if found is None:
            return None
        who, role = found
        training = self.training(world, who, role)
        course = COURSES["mentor" if (role == "ect") == self.odd() else "ect"]
        return who, role, self.by(world, training), course, training

    def day(self, world: World, *days: int) -> str:
        """A day so many days from now."""
        return (world.known.today + timedelta(days=self.random.choice(days))).isoformat()
