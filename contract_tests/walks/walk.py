"""A walk: act after act, everything looked at after each, and what goes wrong told by as few acts as it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from contract_tests.errors import ContractBroken, NotDone
from contract_tests.walks.choosing import Chooser, opening
from contract_tests.walks.finding import Impossible
from contract_tests.walks.looking import Looker, Question
from contract_tests.walks.steps import Step
from contract_tests.walks.stories import STORIES
from contract_tests.walks.world import World

ACTS_TO_A_LOOK: Final = 2  # what an act is answered with is looked at each time
PATIENCE: Final = 8.0  # seconds for which fewer acts are tried, once something went wrong


@dataclass
class Walk:
    """So many acts from a seed, in worlds that `begin` makes; of several `parts` each tells stories of its own."""

    begin: Callable[[], World]
    seed: int
    length: int
    patience: float = PATIENCE
    part: int = 0
    parts: int = 1
    taken: list[Step] = field(default_factory=list)

    def go(self) -> None:
        """Raises ContractBroken, with the acts that lead to it."""
        world = self.begin()
        self.taken, asked = [], list[Question]()
        try:
            self._go(world, asked)
        except ContractBroken as broken:
            raise self._told(broken, asked[-1] if asked else None) from None
        finally:
            world.stage.done()

    def _go(self, world: World, asked: list[Question]) -> None:
        random = Random(f"{self.seed} {world.version}")
        stories = random.sample(STORIES, k=len(STORIES))
        choose, looker = Chooser(random, stories[self.part :: self.parts]), Looker(world.version, random)
        for step in opening(choose.chance, world.register.now):
            self._take(step, world)
        for _ in range(0, self.length, ACTS_TO_A_LOOK):
            asked.clear()
            times = []
            for _ in range(ACTS_TO_A_LOOK):
                self._take(choose.next(world), world)
                times.append(world.register.now)
            for question in looker.questions(world, random.choice(times)):
                asked.append(question)
                question.ask(world)
        for question in looker.everything(world):
            asked.append(question)
            question.ask(world)

    def _take(self, step: Step, world: World) -> None:
        self.taken.append(step)
        try:
            _do(step, world)
        except Impossible:
            self.taken.pop()

    def _told(self, broken: ContractBroken, asked: Question | None) -> ContractBroken:
        """What went wrong, after as few acts as show it still."""
        shown, last = self._fewer(broken, asked)
        steps = "; ".join(f"{number}. {step}" for number, step in enumerate(shown, 1))
        told = f"{last.received}, of {asked}" if asked else last.received
        return ContractBroken(last.check, last.expected, f"{told}, after {steps}", last.exchange)

    def _fewer(self, broken: ContractBroken, asked: Question | None) -> tuple[Sequence[Step], ContractBroken]:
        ends = time.monotonic() + self.patience
        steps, size = list(self.taken), max(1, len(self.taken) - 1)
        while size >= 1:
            start, needed = 0, 0 if asked else 1  # an act that was answered wrongly is the last
            while start < len(steps) - needed and time.monotonic() < ends:
                fewer = [*steps[:start], *steps[min(start + size, len(steps) - needed) :]]
                again = self._again(fewer, asked)
                if again is not None and again.check == broken.check:
                    steps, broken = fewer, again
                else:
                    start += size
            size //= 2
        return steps, broken

    def _again(self, steps: Sequence[Step], asked: Question | None) -> ContractBroken | None:
        """What goes wrong when only these acts are done and only the last question is asked."""
        world = self.begin()
        try:
            for number, step in enumerate(steps, 1):
                try:
                    _do(step, world)
                except Impossible:
                    if number == len(steps):
                        return None
            if asked is not None:
                asked.ask(world)
        except ContractBroken as broken:
            return broken
        finally:
            world.stage.done()
        return None


def _do(step: Step, world: World) -> None:
    try:
        step.take(world)
    except NotDone as refused:
        raise ContractBroken("check.control", f"{step} done", str(refused)) from refused
