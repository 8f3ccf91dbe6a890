"""Who tells stories: of whom, at which school, of what comes next."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from contract_tests.model import judgement
from contract_tests.model.records import Partnership, Provider, Training
from contract_tests.model.shown import time
from contract_tests.walks.world import World

Act = tuple[str, dict[str, Any]]
Story = Iterator[Act]
Named = Generator[Act, None, str]
Newcomer = Callable[..., dict[str, Any]]
DAY: Final = timedelta(days=1)


class Teller:
    """What stories are told with: somebody to tell them of, and names for what is new."""

    def __init__(self, random: Random, newcomer: Newcomer, declared: Callable[[], str]) -> None:
        self.random = random
        self.newcomer = newcomer
        self.declared = declared

    def by(self, world: World, provider: Provider | None) -> int:
        """The number of a provider."""
        return world.register.providers.index(provider) if provider in world.register.providers else 0

    def standing(self, world: World, *cohorts: str) -> Partnership:
        """A partnership that stands, of one of these cohorts if there is one."""
        own = [each for each in world.register.partnerships if each.stands and each.provider.id]
        own = [each for each in own if not each.relationship]
        return self.random.choice([each for each in own if each.cohort in cohorts] or own)

    def somebody(self, world: World, role: str = "ect", *cohorts: str) -> Named:
        """Register somebody who is eligible, in one of these cohorts. Returns what they go by."""
        there = self.standing(world, *(cohorts or ("2024", "2023")))
        where = {"urn": there.school.urn, "cohort": there.cohort, "role": role, "validation": "eligible_to_start"}
        return (yield from self.registered(self.newcomer(**where)))

    def registered(self, newcomer: dict[str, Any]) -> Named:
        """Register them. Returns what they go by."""
        yield "register", newcomer
        return str(newcomer["named"])

    def known(self, world: World, who: str) -> tuple[Training, int]:
        """Their training, and with whom it is. Raises KeyError for whoever could not be registered."""
        training = world.trainings[who]
        return training, self.by(world, training.newest.provider)

    def placed(self, world: World, role: str) -> str | None:
        """Somebody in training, at random."""
        found = [
            name
            for name, training in world.trainings.items()
            if training.role == role and training.eligible and training.newest.stays
            if training.newest.provider in world.register.providers
        ]
        return self.random.choice(found) if found else None

    def declaring(self, world: World, by: int, who: str, type: str = "", dated: datetime | None = None) -> Named:
        """Declare somebody: the next that can be, at a date inside its milestone. Returns what it goes by."""
        training, register = world.trainings[who], world.register
        own = register.acted_on(register.providers[by], training)
        schedule = training.schedule if register.deployed or not own else own[0].schedule
        milestones = {t: each for t, each in register.milestones(schedule).items() if each.opens < register.now}
        missing = [t for t in milestones if not judgement.rival(register, training.person, training.course, t)]
        if dated is not None:
            missing = [t for t in missing if milestones[t].opens <= dated <= (milestones[t].closes or dated)] or missing
        type = type or next(iter(missing), "started")
        milestone = register.milestones(schedule).get(type)
        if dated is None and milestone is not None:
            last = min(milestone.closes or register.now, register.now)
            dated = milestone.opens + (last - milestone.opens) * self.random.uniform(0.05, 0.95)
        allowed = judgement.evidence_allowed(training, schedule, type)
        about = {"by": by, "who": who, "type": type, "dated": time((dated or register.now).replace(microsecond=0))}
        about |= {"evidence": self.random.choice(allowed) if allowed else None}
        named = self.declared()
        yield "declare", about | {"id": "now", "named": named}
        return named

    def elsewhere(self, world: World, training: Training, *, other_provider: bool) -> str:
        """A school that somebody is not at: where another provider trains, if there is one."""
        register, newest = world.register, training.newest
        others = [each for each in register.schools if each is not newest.school]
        there = {each.urn: register.standing(each, newest.cohort) for each in others}
        fitting = [
            urn
            for urn, each in there.items()
            if each and each.provider in register.providers and (each.provider is not newest.provider) == other_provider
        ]
        return self.random.choice(fitting or [each.urn for each in others])
