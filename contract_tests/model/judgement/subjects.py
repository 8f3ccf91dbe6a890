"""Whom a request names, and how it is refused: by which rules, over what, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from contract_tests.model.records import Person, Placement, Provider, Training, newest_first, newest_last
from contract_tests.model.register import Register

Breach = tuple[str, str]
"""A rule, and what the refusal is over."""


class Refusal(NamedTuple):
    """How something is refused: by which rules, over which things in order."""

    status: int
    rules: tuple[str, ...]
    titles: tuple[str, ...]


class Ambiguous(Exception):
    """It is left open which of two trainings is meant."""


def refusal(breaches: Iterable[Breach]) -> Refusal | None:
    """One refusal of all that is wrong; nothing where nothing is."""
    found = list(breaches)
    if not found:
        return None
    if found[0][1] == "404":
        return Refusal(404, (found[0][0],), ())
    return Refusal(422, tuple(rule for rule, _ in found), tuple(dict.fromkeys(title for _, title in found)))


@dataclass(frozen=True)
class Subject:
    """Whom a request names, as far as the provider knows them, and which training; `waits` for the DfE otherwise."""

    person: Person | None
    training: Training | None
    placements: list[Placement]
    waits: bool = False

    @property
    def placement(self) -> Placement | None:
        """The newest placement that the provider may report of."""
        return self.placements[0] if self.placements else None

    def breaches(self) -> Iterator[Breach]:
        """What all that is reported of somebody begins with."""
        if self.person is None:
            yield ("vis.validated-only" if self.waits else "vis.participant"), "participant_id"
        elif self.training is None:
            yield "participant.course-matches", "course_identifier"
        elif self.placement is None:
            yield "participant.placed-with-provider", "participant_id"


def subject(register: Register, provider: Provider, id: str, course: str) -> Subject:
    """Whom an id means to a provider. Raises Ambiguous."""
    person = register.person(id)
    if person is None:
        return Subject(None, None, [])
    trainings = register.trainings_of(person)
    if not register.deployed:
        if not any(register.acted_on(provider, each) for each in trainings):
            own = [p for each in trainings for p in each.placements if p.provider is provider]
            return Subject(None, None, [], waits=any(p.partnership and p.partnership.stands for p in own))
        trainings = [each for each in trainings if each.validated]
    else:
        trainings = [each for each in trainings if not each.withdrawn_by_school]
    of_course = [each for each in trainings if each.course == course]
    if person.id != id.lower():
        if register.deployed:
            of_course = [each for each in of_course if each.registered_as == id.lower()]
        if not of_course:
            return Subject(None, None, [])
    training = of_course[0] if of_course else None
    if len(of_course) > 1:
        placed = newest_first([placement for each in of_course for placement in register.acted_on(provider, each)])
        if not placed or _is_open(placed):
            raise Ambiguous
        training = placed[0].training  # of two that two ids made one person's, the one placed last
    return Subject(person, training, register.acted_on(provider, training) if training else [])


def _is_open(placed: list[Placement]) -> bool:
    """True where two trainings were placed last alike: an act on somebody changes all that they train as at once."""
    last, alike = placed[0], newest_last(placed[0])
    return any(each.training is not last.training and newest_last(each) == alike for each in placed)
