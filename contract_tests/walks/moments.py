"""As of which other times providers act and ask on a walk: beside those when something happens, or days from now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from contract_tests.model.records import Declaration, Partnership, Training, midnight
from contract_tests.walks.provider_choices import CHOICES
from contract_tests.walks.world import World

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
BESIDE: Final = (-SECOND, timedelta(0), SECOND)
FROM_NOW: Final = (-30 * DAY, -DAY, timedelta(hours=-1), -SECOND, SECOND, timedelta(hours=1), DAY, 5 * DAY)
MOST, MANY, SOME = 0.9, 0.6, 0.3  # of what providers do; of what is told in a story more is left to its time
OF_STORIES: Final = 0.6
BACK, FORTH = 400 * DAY, 40 * DAY  # as of later an act would keep somebody from all that comes after it on a walk


class Moments:
    """Chooses such times, by chance of its own: what is done is what would be done without them."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def of_act(self, world: World, act: str, about: Mapping[str, Any], *, told: bool = False) -> datetime | None:
        """The time as of which a provider does something, mostly none; `told` of an act of a story."""
        if act not in CHOICES or self._random.random() > _share(world, about) * (OF_STORIES if told else 1):
            return None
        now, choose = world.register.now, self._random.choice
        if "dated" in about and self._random.random() < 0.3:
            edges = [datetime.fromisoformat(about["dated"])]
        else:
            edges = [each for each in _about(world, about) if now - BACK < each < now + FORTH]
        changes = [each for each in _changes(world, about) if each > now - BACK]
        return self._beside(now, choose((edges, changes, changes, [])), before=choose((True, False)))

    def perhaps(self) -> bool:
        """True as often as not."""
        return self._random.random() < 0.5

    def of_question(self, world: World) -> datetime:
        """The time as of which something is read, as often as not beside what happened last."""
        of = self._random.choice((last_changed(world), self._random.choice(list(world.trainings.values()))))
        return self._beside(world.register.now, self._random.choice(([*_of_training(world, of)], [of.updated], [])))

    def _beside(self, now: datetime, edges: list[datetime], *, before: bool = False) -> datetime:
        """A moment beside one of these, or just `before` it; where there are none some time before or after now."""
        if edges:
            at = self._random.choice(edges).replace(microsecond=0)
            return at - SECOND if before else at + self._random.choice(BESIDE)
        return now + self._random.choice(FROM_NOW)


def _share(world: World, about: Mapping[str, Any]) -> float:
    """How much of such acts is as of another time: most of what is seldom, and much of what was acted on before."""
    if "partner" in about:
        return MOST
    training = world.trainings.get(about.get("who", ""))
    is_again = training is not None and training.newest.began_at is not None
    return MANY if (is_again and "dated" not in about) or "which" in about else SOME


def last_changed(world: World) -> Training:
    """Whose training changed last."""
    return max(world.trainings.values(), key=lambda each: each.updated)


def _changes(world: World, about: Mapping[str, Any]) -> Iterator[datetime]:
    """When what an act is about was changed last, or a cohort closed between which and another somebody moves."""
    if training := world.trainings.get(about.get("who", "")):
        closed = world.register.closed.values() if about.get("cohort") else ()  # who moves, out of it or back
        yield from closed or [training.updated]
    if declaration := world.declarations.get(about.get("which", "")):
        yield declaration.updated
    for partnership in _partnerships(world, about):
        yield partnership.updated


def _partnerships(world: World, about: Mapping[str, Any]) -> list[Partnership]:
    where = about.get("urn"), about.get("cohort")
    return [each for each in world.register.partnerships if (each.school.urn, each.cohort) == where]


def _about(world: World, about: Mapping[str, Any]) -> Iterator[datetime]:
    """When something happens to what an act is about."""
    if training := world.trainings.get(about.get("who", "")):
        yield from _of_training(world, training)
        yield from _of_milestones(world, training)
    if declaration := world.declarations.get(about.get("which", "")):
        yield from _of_declaration(declaration)
    for partnership in _partnerships(world, about):
        yield from _of_partnership(world, partnership)


def _of_training(world: World, training: Training) -> Iterator[datetime]:
    """When somebody begins and ends, when something was said of them, and when a cohort was closed."""
    for placement in training.placements:
        yield from (at for at in (placement.starts_at, placement.ends_at, placement.said.at) if at)
        yield from [midnight(placement.ends_on) + DAY] if placement.ends_on else []
    yield from world.register.closed.values()


def _of_milestones(world: World, training: Training) -> Iterator[datetime]:
    for milestone in world.register.milestones(training.schedule).values():
        yield from (at for at in (milestone.opens, milestone.closes) if at)


def _of_declaration(declaration: Declaration) -> Iterator[datetime]:
    """When it was made, and when its statement closes or was accepted."""
    yield declaration.created
    if statement := declaration.statement:
        yield from (midnight(statement.deadline) + DAY, statement.updated)


def _of_partnership(world: World, partnership: Partnership) -> Iterator[datetime]:
    """When it was made and challenged, and when whoever is placed through it begins."""
    yield from (at for at in (partnership.created, partnership.challenged_at) if at)
    for training in world.register.trainings:
        if training.newest.school is partnership.school:
            yield training.newest.starts_at
