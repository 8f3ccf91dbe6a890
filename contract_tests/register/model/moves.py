"""Moves from one school to another, or to none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from contract_tests.register.model.known import Known
from contract_tests.register.model.records import ROLES, Person, Provider, Training


@dataclass(frozen=True)
class Move:
    """The last training at one school, and the first at the next."""

    left: Training
    joined: Training | None

    @property
    def sides(self) -> list[Training]:
        """Those there are."""
        return [self.left, self.joined] if self.joined else [self.left]

    @property
    def type(self) -> str:
        """To another provider, which none at all is, too; else to another school; or nobody knows where to."""
        if self.joined is None:
            return "unknown"
        return "new_school" if self.left.provider is self.joined.provider else "new_provider"

    def status(self, today: date) -> str:
        """Complete once both days are there."""
        days = [self.left.ends, self.joined.starts if self.joined else None]
        return "incomplete" if any(day and day > today for day in days) else "complete"

    @property
    def updated(self) -> datetime:
        """When the days of either side changed last."""
        return max(each.moved for each in self.sides)


def moves_seen(known: Known, provider: Provider, person: Person) -> list[Move]:
    """Somebody's moves away from a provider, or to it."""
    found = []
    for role in ROLES:
        stays = known.stays_of(person, role)
        for number, stay in enumerate(stays):
            here = known.trainings_in(stay)
            if stay.ends is None or not here or here[-1].ends is None:
                continue
            if number + 1 == len(stays):
                if person.inducted_on is None:
                    found.append(Move(here[-1], None))
            elif stays[number + 1].school is not stay.school:
                there = known.trainings_in(stays[number + 1])
                found.append(Move(here[-1], there[0] if there else None))
    seen = [each for each in found if any(side.provider is provider for side in each.sides)]
    return sorted(seen, key=lambda each: each.left.starts)
