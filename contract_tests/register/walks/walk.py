"""A walk through Register: every other act it is looked at what providers see, and everything at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from contract_tests.register.walks.choosing import Chooser, opening
from contract_tests.register.walks.looking import Looker
from contract_tests.register.walks.sweeping import Sweep
from contract_tests.register.walks.world import World
from contract_tests.walking.walk import Asked
from contract_tests.walking.walk import Walk as AnyWalk

ACTS_TO_A_LOOK: Final = 2  # what an act is answered with is looked at each time


@dataclass
class Walk(AnyWalk[World]):
    """Of several parts each chooses acts of its own."""

    def through(self, world: World, asked: list[Asked[World]]) -> None:
        """Take acts as they are chosen, and ask of them."""
        random = Random(f"{self.seed} {self.part}")
        choose, looker = Chooser(random), Looker(random)
        for step in sorted(opening(choose.chance), key=lambda step: step.at):
            self.take(step, world)
        taken = 0
        while taken < self.length:
            asked.clear()
            times: list[datetime] = []
            while len(times) < ACTS_TO_A_LOOK:
                if self.take(choose.next(world), world):
                    times.append(world.known.now)
            taken += ACTS_TO_A_LOOK
            for question in looker.questions(world, random.choice(times)):
                asked.append(question)
                question.ask(world)
        for question in (*looker.everything(), *Sweep(world, random).questions()):
            asked.append(question)
            question.ask(world)
