"""One life of the many: registered, validated, trained and declared, and what came in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import msgspec

from sandbox.model import Behaviour, Schedule
from sandbox.rules.evidence import ATTENDED
from sandbox.rules.participants import DEFERRAL_REASONS
from sandbox.seeding.dice import Dice
from sandbox.seeding.events import (
    ChangeSchedule,
    Declare,
    Defer,
    EndInduction,
    Leave,
    PersonEvent,
    Register,
    Resume,
    Validate,
    Void,
    Withdraw,
    WithdrawFromSchool,
)
from sandbox.seeding.seeds import Shares

BEHAVIOURS: Final[tuple[Behaviour, ...]] = ("documented", "deployed")
REASONS_TO_WITHDRAW: Final = ("left-teaching-profession", "moved-school", "switched-to-school-led", "other")


class Window(NamedTuple):
    """The days on which a declaration of one type may be dated."""

    type: str
    starts: date
    ends: date


def windows(schedule: Schedule) -> tuple[Window, ...]:
    """When each type may be dated on a standard schedule, whichever behaviour a world follows."""
    found = []
    for type in dict.fromkeys(milestone.declaration_type for milestone in schedule.milestones):
        milestones = [m for behaviour in BEHAVIOURS if (m := schedule.milestone(type, behaviour)) is not None]
        ends = [milestone.ends for milestone in milestones if milestone.ends is not None]
        if len(milestones) == len(ends) == len(BEHAVIOURS):
            found.append(Window(type, max(milestone.starts for milestone in milestones), min(ends)))
    return tuple(found)


class Biographer:
    """Writes lives of one cohort's people, on its September or its January schedule."""

    def __init__(self, dice: Dice, shares: Shares, *, september: Sequence[Window], january: Sequence[Window]) -> None:
        self._dice = dice
        self._shares = shares
        self._september = september
        self._january = january

    def life(self, register: Register) -> Iterator[PersonEvent]:
        """Everything that happens to someone from their registration on, not always in order of time."""
        dice, shares = self._dice, self._shares
        yield register
        checked = dice.morning(dice.day_after(register.at.date(), 2, 5))
        if dice.falls(shares.not_validated):
            if dice.falls(50):
                yield Validate(at=checked, status="contacted_for_information")
            return
        yield self._finding(checked)
        if dice.falls(shares.january):
            changed = dice.afternoon(dice.day_after(checked.date(), 1, 10))
            yield ChangeSchedule(at=changed, to="ecf-standard-january")
            yield from self._training(self._january, register, changed.date())
        else:
            yield from self._training(self._september, register, checked.date())

    def _finding(self, at: datetime) -> Validate:
        if self._dice.falls(self._shares.not_eligible):
            return Validate(at=at, status="not_eligible_for_funded_training")
        return Validate(
            at=at, status="checking_qts" if self._dice.falls(self._shares.checking_qts) else "eligible_to_start"
        )

    def _training(self, milestones: Sequence[Window], register: Register, ready: date) -> Iterator[PersonEvent]:
        """Declared at one milestone after the other, perhaps with a turn after one of the first three."""
        dice = self._dice
        turn, turns_after = self._turn(), dice.below(3)
        for number, window in enumerate(milestones):
            earliest = max(window.starts, ready + timedelta(days=1))
            # `started` is never missed: without it nothing else would be paid for.
            if earliest > window.ends or (number > 0 and dice.falls(self._shares.missed)):
                continue
            declared = self._declaration(window, earliest)
            ready = declared.at.date()
            yield declared
            yield from self._second_thoughts(declared)
            if declared.type == "completed" and register.role == "ect":
                yield EndInduction(at=dice.morning(ready + timedelta(days=60)), on=ready + timedelta(days=50))
            if turn is not None and number >= turns_after:
                turned = dice.afternoon(dice.day_after(ready, 10, 40))
                yield self._turned(turn, turned)
                if turn != "resumed":
                    return
                ready = dice.day_after(turned.date(), 90, 160)
                yield Resume(at=dice.morning(ready))
                turn = None

    def _declaration(self, window: Window, earliest: date) -> Declare:
        """Made while the milestone is open, on the day it is dated or soon after."""
        dice = self._dice
        day = min(dice.day_after(earliest, 0, (window.ends - earliest).days), window.ends)
        return Declare(
            at=dice.afternoon(min(day + timedelta(days=dice.below(4)), window.ends)),
            type=window.type,
            dated=f"{dice.morning(day):%Y-%m-%dT%H:%M:%SZ}",
            evidence=None if window.type == "started" else dice.one_of(ATTENDED),
        )

    def _second_thoughts(self, declared: Declare) -> Iterator[PersonEvent]:
        """A declaration may be taken back the day after and made again, or taken back once it may have been paid."""
        dice, day = self._dice, declared.at.date()
        if dice.falls(self._shares.corrected):
            yield Void(at=dice.morning(day + timedelta(days=1)), type=declared.type)
            again = dice.afternoon(day + timedelta(days=2))
            yield msgspec.structs.replace(declared, at=again)
        elif declared.type != "started" and dice.falls(self._shares.taken_back):
            yield Void(at=dice.afternoon(dice.day_after(day, 50, 130)), type=declared.type)

    def _turn(self) -> str | None:
        """What keeps someone from going on to the end; for most, nothing."""
        left = self._dice.below(100)
        for turn in ("deferred", "resumed", "withdrawn", "withdrawn_by_school", "left"):
            left -= getattr(self._shares, turn)
            if left < 0:
                return turn
        return None

    def _turned(self, turn: str, at: datetime) -> PersonEvent:
        if turn == "withdrawn":
            return Withdraw(at=at, reason=self._dice.one_of(REASONS_TO_WITHDRAW))
        if turn == "withdrawn_by_school":
            return WithdrawFromSchool(at=at)
        if turn == "left":
            return Leave(at=at, ends_on=self._dice.day_after(at.date(), 5, 40))
        return Defer(at=at, reason=self._dice.one_of(DEFERRAL_REASONS))
