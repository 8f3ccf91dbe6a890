"""A walk through ECF: every other act everything is looked at, and once more at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from contract_tests.walking.walk import Asked
from contract_tests.walking.walk import Walk as AnyWalk
from contract_tests.walks.choosing import Chooser, opening
from contract_tests.walks.looking import Looker
from contract_tests.walks.moments import Moments
from contract_tests.walks.stories import STORIES
from contract_tests.walks.sweeping import Sweep
from contract_tests.walks.world import World

ACTS_TO_A_LOOK: Final = 2  # what an act is answered with is looked at each time


@dataclass
class Walk(AnyWalk[World]):
    """Of several parts each tells stories of its own."""

    def through(self, world: World, asked: list[Asked[World]]) -> None:
        """Take acts as they are chosen, and ask of them."""
        random = Random(f"{self.seed} {world.version}")
        stories = random.sample(STORIES, k=len(STORIES))
        moments = Moments(Random(f"{self.seed} {world.version} {self.part}"))
        choose = Chooser(random, moments, stories[self.part :: self.parts])
        looker = Looker(world.version, random, moments)
        for step in opening(choose.chance, world.register.now):
            self.take(step, world)
        for _ in range(0, self.length, ACTS_TO_A_LOOK):
            asked.clear()
            times: list[datetime] = []
            while len(times) < ACTS_TO_A_LOOK:
                if self.take(choose.next(world), world):
                    times.append(world.register.now)
            for question in looker.questions(world, random.choice(times)):
                asked.append(question)
                question.ask(world)
        for question in (*looker.everything(world), *Sweep(world, random).questions()):
            asked.append(question)
            question.ask(world)
