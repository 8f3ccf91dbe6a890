"""A walk: act after act, looked at after each, and what goes wrong told by as few acts as it takes."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, Protocol, TypeVar

from contract_tests.errors import ContractBroken, NotDone

PATIENCE: Final = 8.0  # seconds for which fewer acts are tried, once something went wrong


class Impossible(Exception):
    """An act makes no sense where its world has come to."""


class Stage(Protocol):
    """Where a walk is made."""

    def done(self) -> None:
        """End it."""


class Staged(Protocol):
    """A world that is walked through."""

    @property
    def stage(self) -> Stage:
        """Where it is."""


W = TypeVar("W", bound=Staged)
W_contra = TypeVar("W_contra", bound=Staged, contravariant=True)


class Asked(Protocol[W_contra]):
    """What is looked at."""

    def ask(self, world: W_contra) -> None:
        """Raises ContractBroken unless it is as it should be."""


@dataclass(frozen=True)
class Step(ABC, Generic[W]):
    """Something that is done at a time, told so that it can be done again."""

    act: str
    about: Mapping[str, Any]
    at: datetime

    @abstractmethod
    def take(self, world: W) -> None:
        """Do it. Raises ContractBroken, Impossible."""

    def __str__(self) -> str:
        told = ", ".join(f"{name} {value}" for name, value in self.about.items() if value is not None)
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.act} ({told})"


@dataclass
class Walk(ABC, Generic[W]):
    """So many acts from a seed, in worlds that `begin` makes; of several `parts` each tells of its own."""

    begin: Callable[[], W]
    seed: int
    length: int
    patience: float = PATIENCE
    part: int = 0
    parts: int = 1
    taken: list[Step[W]] = field(default_factory=list)

    @abstractmethod
    def through(self, world: W, asked: list[Asked[W]]) -> None:
        """Take acts, and ask questions: each stands in `asked` when it is asked, until more acts are taken."""

    def go(self) -> None:
        """Raises ContractBroken, with the acts that lead to it."""
        world = self.begin()
        self.taken, asked = [], list[Asked[W]]()
        try:
            self.through(world, asked)
        except ContractBroken as broken:
            raise self._told(broken, asked[-1] if asked else None) from None
        finally:
            world.stage.done()

    def take(self, step: Step[W], world: W) -> bool:
        """Do something, unless it makes no sense there; true when it was done."""
        self.taken.append(step)
        try:
            _do(step, world)
        except Impossible:
            self.taken.pop()
            return False
        return True

    def _told(self, broken: ContractBroken, asked: Asked[W] | None) -> ContractBroken:
        """What went wrong, after as few acts as show it still."""
        shown, last = self._fewer(broken, asked)
        steps = "; ".join(f"{number}. {step}" for number, step in enumerate(shown, 1))
        told = f"{last.received}, of {asked}" if asked else last.received
        return ContractBroken(last.check, last.expected, f"{told}, after {steps}", last.exchange)

    def _fewer(self, broken: ContractBroken, asked: Asked[W] | None) -> tuple[Sequence[Step[W]], ContractBroken]:
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

    def _again(self, steps: Sequence[Step[W]], asked: Asked[W] | None) -> ContractBroken | None:
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


def _do(step: Step[W], world: W) -> None:
    try:
        step.take(world)
    except NotDone as refused:
        raise ContractBroken("check.control", f"{step} done", str(refused)) from refused
