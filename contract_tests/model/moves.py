"""How somebody moved from school to school: what transfers show, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from contract_tests.model.records import Placement, Provider, School, Training
from contract_tests.model.register import Register


@dataclass
class Stay:
    """Somebody's time at one school, from act to act."""

    placements: list[Placement]

    @property
    def first(self) -> Placement:
        """How it began."""
        return self.placements[0]

    @property
    def last(self) -> Placement:
        """How it ended, or goes on."""
        return self.placements[-1]

    @property
    def school(self) -> School:
        """Where it is."""
        return self.first.school


@dataclass
class Move:
    """Somebody leaves a school, and joins another once that has said so."""

    leaving: Stay
    joining: Stay | None = None

    @property
    def leaves_on(self) -> date:
        """The last day there."""
        assert self.leaving.last.ends_on is not None
        return self.leaving.last.ends_on

    @property
    def placements(self) -> list[Placement]:
        """All that belongs to it."""
        return [*self.leaving.placements, *(self.joining.placements if self.joining else [])]

    @property
    def changed(self) -> datetime:
        """When any of it changed."""
        return max(each.updated for each in self.placements)

    def type(self) -> str:
        """What kind of move it is."""
        if self.joining is None:
            return "unknown"
        before, after = self.leaving.last.provider, self.joining.first.provider
        return "new_provider" if before and after and before is not after else "new_school"

    def status(self, today: date) -> str:
        """Whether it has happened."""
        last = max(self.leaves_on, self.joining.first.starts_on) if self.joining else self.leaves_on
        return "complete" if last <= today else "incomplete"


def stays(training: Training) -> list[Stay]:
    """The schools of a training, one after the other."""
    found: list[Stay] = []
    for placement in training.placements:
        for stay in found:
            if stay.last.view == "changed" and stay.school is placement.school:
                stay.placements.append(placement)
                break
        else:
            found.append(Stay([placement]))
    return found


def moves(register: Register, training: Training) -> list[Move]:
    """The moves of a training."""
    return _as_deployed(stays(training)) if register.deployed else _as_documented(stays(training))


def _as_documented(everywhere: list[Stay]) -> list[Move]:
    found: list[Move] = []
    for stay in everywhere:
        if stay.first.transfer and found and found[-1].joining is None:
            found[-1].joining = stay
        if stay.last.ends_on is not None:
            found.append(Move(stay))
    return found


def _as_deployed(everywhere: list[Stay]) -> list[Move]:
    found: list[Move] = []
    for number, stay in enumerate(everywhere):
        if stay.last.ends_on is not None and stay.last.view == "leaving":
            joined = [move.joining for move in found]
            later = everywhere[number + 1 :]
            joinable = (s for s in later if s.first.transfer and s.last.ends_on is None and s not in joined)
            found.append(Move(stay, next(joinable, None)))
    return found


def moves_seen(register: Register, provider: Provider, training: Training) -> list[Move]:
    """The moves of which a provider sees a side: in the service through challenged partnerships too."""
    seen = register.acted_on(provider, training)
    return [move for move in moves(register, training) if any(each in seen for each in move.placements)]
