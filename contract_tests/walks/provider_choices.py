"""What a provider does next on a walk, to whom or what: every choice has what the act is to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from contract_tests.model import judgement
from contract_tests.model.records import Schedule, Training, midnight
from contract_tests.model.shown import time
from contract_tests.walks.chance import Chance
from contract_tests.walks.world import COHORTS, WAITED_FOR, World


def declare(chance: Chance, world: World) -> dict[str, Any]:
    """What is declared of somebody: mostly of a milestone that is missing still."""
    about = chance.report(world)
    training, register = world.trainings[about["who"]], world.register
    own = register.acted_on(register.providers[about["by"]], training)
    schedule = training.schedule if register.deployed or not own else own[0].schedule
    milestones = register.milestones(schedule)
    begun = [type for type, each in milestones.items() if each.opens <= register.now]
    missing = [t for t in begun if not judgement.rival(register, training.person, training.course, t)]
    types = missing if missing and chance.random.random() < 0.8 else list(milestones)
    type = "started" if "started" in missing and chance.random.random() < 0.6 else chance.random.choice(types)
    dated = _dated(chance, world, training, schedule, type)
    evidence = _evidence(chance, training, schedule, type)
    return about | {"type": type, "dated": time(dated), "evidence": evidence, "named": chance.next_declared()}


def _dated(chance: Chance, world: World, training: Training, schedule: Schedule, type: str) -> datetime:
    """A date inside the milestone, mostly; sometimes on the edge of it, of now, or of a placement."""
    now, milestone = world.register.now, world.register.milestones(schedule)[type]
    second = timedelta(seconds=1)
    last = min(milestone.closes or now, now)
    inside = milestone.opens + (last - milestone.opens) * chance.random.random()
    edges = [milestone.opens, milestone.opens - second, milestone.opens + second, now, now + second]
    edges += [milestone.closes, milestone.closes + second] if milestone.closes else []
    for placement in training.placements:
        for at in (placement.starts_at, placement.ends_at, placement.said.at):
            edges += [at, at - second] if at else []
        edges += [midnight(placement.ends_on) + timedelta(hours=15)] if placement.ends_on else []
    if milestone.opens < last and chance.random.random() < 0.6:
        return inside.replace(microsecond=0)
    return chance.random.choice(edges)


def _evidence(chance: Chance, training: Training, schedule: Schedule, type: str) -> str | None:
    allowed = judgement.evidence_allowed(training, schedule, type)
    if chance.random.random() < 0.1:
        return chance.random.choice((None, "nothing", "one-term-induction", "other"))
    return chance.random.choice(allowed) if allowed else chance.random.choice((None, "other"))


def void(chance: Chance, world: World) -> dict[str, Any] | None:
    """A declaration to take back: one that is paid as often as not."""
    declared = world.declarations
    if not declared:
        return None
    paid = [name for name, each in declared.items() if each.state == "paid"]
    which = chance.random.choice(paid if paid and chance.random.random() < 0.5 else list(declared))
    by = world.register.providers.index(declared[which].provider)
    return {"by": by if chance.random.random() < 0.9 else (by + 1) % 3, "which": which}


def defer(chance: Chance, world: World) -> dict[str, Any]:
    """Who takes a break, and why."""
    reasons = (*judgement.DEFERRAL_REASONS, "moved-school")
    return chance.report(world) | {"reason": chance.random.choice(reasons)}


def resume(chance: Chance, world: World) -> dict[str, Any]:
    """Who is back: mostly somebody who was away."""
    about = chance.report(world)
    paused = [
        (name, placement)
        for name, training in world.trainings.items()
        for placement in training.placements
        if placement.said.status != "active" and placement.view != "changed"
    ]
    if paused and chance.random.random() < 0.8:
        who, placement = chance.random.choice(paused)
        if placement.provider in world.register.providers:
            return about | {"who": who, "by": world.register.providers.index(placement.provider)}
    return about


def withdraw(chance: Chance, world: World) -> dict[str, Any]:
    """Who leaves training, and why."""
    reasons = (*judgement.WITHDRAWAL_REASONS, "school-left-fip", "bereavement")
    return chance.report(world) | {"reason": chance.random.choice(reasons)}


def change_schedule(chance: Chance, world: World) -> dict[str, Any]:
    """Who moves to which schedule, perhaps of another cohort."""
    about = chance.report(world)
    training = world.trainings[about["who"]]
    known = (*judgement.SCHEDULES[training.course], "ecf-standard-september", "ecf-replacement-april")
    choices: list[str | None] = [None, None, None, "2024", *COHORTS]
    return about | {"to": chance.random.choice(known), "cohort": chance.random.choice(choices)}


def confirm(chance: Chance, world: World) -> dict[str, Any] | None:
    """A school and a partner: as often as not again, where it was challenged."""
    urn = chance.random.choice(world.register.schools).urn
    cohort = chance.random.choice(("2024", "2024", "2025", "2023", "2022"))
    if (urn, cohort) == WAITED_FOR:
        return None
    by = chance.random.randrange(3)
    own = [each for each in world.register.partnerships if not each.stands and each.provider.id]
    if own and chance.random.random() < 0.6:
        again = chance.random.choice(own)
        urn, cohort, by = again.school.urn, again.cohort, world.register.providers.index(again.provider)
    provider = world.register.providers[by]
    partners = world.register.partners
    theirs = [n for n, each in enumerate(partners) if cohort in each.works_with.get(provider.id, ())]
    partner = chance.random.choice(theirs if theirs and chance.random.random() < 0.9 else range(len(partners)))
    return {"by": by, "urn": urn, "cohort": cohort, "partner": partner}


def change_partner(chance: Chance, world: World) -> dict[str, Any] | None:
    """A partnership, and who is to deliver it."""
    about = chance.partnership(world)
    if about is None:
        return None
    by = about["of"] if chance.random.random() < 0.9 else (about["of"] + 1) % 3
    partners, provider = world.register.partners, world.register.providers[about["of"]]
    theirs = [n for n, each in enumerate(partners) if about["cohort"] in each.works_with.get(provider.id, ())]
    return about | {"by": by, "partner": chance.random.choice([*theirs, *theirs, *theirs, *range(len(partners))])}


CHOICES: Final[Mapping[str, Callable[[Chance, World], dict[str, Any] | None]]] = {
    "declare": declare,
    "void": void,
    "defer": defer,
    "resume": resume,
    "withdraw": withdraw,
    "change-schedule": change_schedule,
    "confirm": confirm,
    "change-delivery-partner": change_partner,
}
