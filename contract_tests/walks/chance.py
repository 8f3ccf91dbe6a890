"""What is left to chance on a walk: who and where, of those who are known, and how they are called."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any, Final

from contract_tests.model.records import Training
from contract_tests.walks.world import World

REST_OF_NAMES: Final = (
    '"Zoë", O\'Neill',
    "Grønn\nbæk-Łukasiewicz",
    "of the Seven Very Long Winding Rivers and Hills, Vale",
    "Ünal; Smith\tJr",
    "=1+1 <b>&amp;</b>",
    "Plain",
)
COURSES: Final = ("ecf-induction", "ecf-mentor", "ecf-headship")
MAY_BE_ANOTHER: Final = 0.08


class Chance:
    """Chooses by a seed, with an eye on what is known."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.named = self._declared = 0
        self.recent: list[str] = []

    def next_declared(self) -> str:
        """How the next declaration is called."""
        self._declared += 1
        return f"D{self._declared}"

    def newcomer(self, **about: Any) -> dict[str, Any]:
        """Somebody who is registered."""
        self.named += 1
        number = self.named
        told = {
            "named": f"T{number}",
            "full_name": self.name(),
            "email": f"o'neill+{number}.x@sub-domain.example.com",
            "trn": f"{2345600 + number}",
        }
        return told | about

    def name(self) -> str:
        """Two plain letters, so that it has its place in every order, and then whatever there is."""
        number = self.random.randrange(26 * 26)
        return f"{chr(65 + number // 26)}{chr(97 + number % 26)} {self.random.choice(REST_OF_NAMES)}"

    def who(self, world: World, role: str | None = None) -> str:
        """A training: as often as not one that something was done about lately."""
        known = [name for name, training in world.trainings.items() if role in (None, training.role)]
        recent = [name for name in self.recent if name in known]
        return self.random.choice(recent if recent and self.random.random() < 0.5 else known)

    def by(self, world: World, training: Training) -> int:
        """Mostly a provider that has something to do with somebody."""
        providers = world.register.providers
        own = [n for n, each in enumerate(providers) if any(p.provider is each for p in training.placements)]
        return self.random.choice(own if own and self.random.random() < 0.85 else range(len(providers)))

    def report(self, world: World) -> dict[str, Any]:
        """Of whom a provider reports something, by which of their ids, and now and then under which other course."""
        who = self.who(world)
        id = self.random.choice(("now", "now", "then"))
        course = self.random.choice(COURSES) if self.random.random() < MAY_BE_ANOTHER else None
        return {"by": self.by(world, world.trainings[who]), "who": who, "id": id, "course": course}

    def partnership(self, world: World) -> dict[str, Any] | None:
        """A partnership that a provider has by itself, if there is one."""
        own = [each for each in world.register.partnerships if each.provider.id and not each.relationship]
        if not own:
            return None
        found = self.random.choice(own)
        of = world.register.providers.index(found.provider)
        return {"of": of, "urn": found.school.urn, "cohort": found.cohort}

    def day(self, world: World) -> str:
        """A day about now."""
        return (world.register.today + timedelta(days=self.random.choice((-3, 0, 0, 1, 4, 20)))).isoformat()
