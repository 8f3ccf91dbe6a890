"""What a provider does next on a walk, to whom or what: every choice has what the act is to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from contract_tests.register.calendar import london, milestones
from contract_tests.register.model import judgement
from contract_tests.register.model.records import COURSES, DAY, Training
from contract_tests.register.model.shown import time
from contract_tests.register.walks.chance import COHORTS, OF_PROVIDERS, PARTNERS, Chance
from contract_tests.register.walks.world import URNS, World

WITHOUT_OFFSET: Final = 0.1  # of the dates, though they are read as one thing and kept as another


def declare(chance: Chance, world: World) -> dict[str, Any] | None:
    """What is declared of somebody: mostly what may be."""
    found = chance.about(world)
    if found is None:
        return None
    who, role, by, course, training = found
    cohort, schedule = (training.cohort, training.schedule) if training else ("2025", "ecf-standard-september")
    there = milestones(schedule or "", cohort or "")
    types = list(there) or ["started"]
    open_types = [each for each in types if london(there[each].starts) <= world.known.now] or types
    narrow = role == "mentor" and (cohort or "") >= "2025"
    type = chance.random.choice(judgement.TYPES if chance.odd() else ("started", "completed") if narrow else open_types)
    taken = judgement.evidence_taken(cohort or "", role, type)
    evidence = chance.random.choice(taken) if taken and not chance.odd() else chance.random.choice((None, "other"))
    chance.declared += 1
    return {
        "by": by,
        "who": who,
        "course": course,
        "type": type,
        "dated": None if chance.random.random() < 0.02 else _dated(chance, world, training, type, who),
        "evidence": evidence,
        "named": f"D{chance.declared}",
    }


def _dated(chance: Chance, world: World, training: Training | None, type: str, who: str) -> str:
    """A moment that may well be one too many: of a milestone, a withdrawal, another declaration, or now."""
    second, now = timedelta(seconds=1), world.clock
    milestone = milestones(training.schedule or "", training.cohort or "").get(type) if training else None
    edges = [now, now - DAY, now - timedelta(hours=3)]
    if milestone:
        opens = london(milestone.starts)
        edges += [opens, opens - second, opens + timedelta(days=20)]
        if milestone.ends:
            closes = london(milestone.ends + DAY)
            edges += [closes - second, closes, closes - timedelta(days=30)]
    declared = [each.dated for each in world.known.declarations if each.person is world.people[who]]
    edges += [at + by for at in declared[-2:] for by in (second, -second, timedelta(0))]
    if training and training.withdrawn:
        edges += [training.withdrawn.at, training.withdrawn.at - second]
    if training and training.ends:
        edges.append(datetime.combine(training.ends, datetime.min.time(), now.tzinfo))
    past = [each for each in edges if each <= now]
    told = str(time(chance.random.choice(past if past and not chance.odd() else [*edges, now + timedelta(days=2)])))
    return told.removesuffix("Z") if chance.random.random() < WITHOUT_OFFSET else told


def void(chance: Chance, world: World) -> dict[str, Any] | None:
    """A declaration to take back, one of the last."""
    there = [name for name, each in world.declarations.items() if each in world.known.declarations]
    if not there:
        return None
    which = chance.random.choice(there[-5:])
    own = world.known.providers.index(world.declarations[which].provider)
    return {"by": chance.random.choice((0, 1)) if chance.odd() else own, "which": which}


def pause(chance: Chance, world: World) -> dict[str, Any] | None:
    """Who is withdrawn or deferred, and why."""
    found = chance.about(world)
    if found is None:
        return None
    how = chance.random.choice(("withdraw", "defer"))
    reasons = judgement.WITHDRAWN_FOR if how == "withdraw" else judgement.DEFERRED_FOR
    reason = "no-reason" if chance.odd() else chance.random.choice(reasons)
    return {"by": found[2], "who": found[0], "how": how, "course": found[3], "reason": reason}


def resume(chance: Chance, world: World) -> dict[str, Any] | None:
    """Who is back: mostly somebody who was away."""
    paused = [each for each in world.known.trainings if each.withdrawn or each.deferred]
    names = [(name, each) for name, person in world.people.items() for each in paused if each.person is person]
    if names and not chance.odd():
        who, training = chance.random.choice(names)
        return {"by": chance.by(world, training), "who": who, "course": COURSES[training.role]}
    found = chance.about(world)
    return {"by": found[2], "who": found[0], "course": found[3]} if found else None


def change_schedule(chance: Chance, world: World) -> dict[str, Any] | None:
    """Who moves to which schedule, perhaps of another cohort."""
    found = chance.about(world)
    if found is None:
        return None
    training = found[4]
    schedules = judgement.SCHEDULES
    if training and chance.random.random() < 0.6:
        schedules = (training.schedule or "", "ecf-extended-september", "ecf-standard-january")
    cohort = chance.random.choice((None, None, *COHORTS))
    about = {"by": found[2], "who": found[0], "course": found[3], "cohort": cohort}
    return about | {"schedule": "ecf-standard-spring" if chance.odd() else chance.random.choice(schedules)}


def confirm(chance: Chance, world: World) -> dict[str, Any]:
    """A school, a cohort and a partner: as often as not where a provider is hoped for."""
    hoped = [each for each in world.known.trainings if each.named and not each.partnership]
    if hoped and chance.random.random() < 0.5:
        each = chance.random.choice(hoped)
        assert each.named
        by = world.known.providers.index(each.named)
        return {
            "by": by,
            "urn": each.stay.school.urn,
            "cohort": each.cohort,
            "partner": chance.random.choice(OF_PROVIDERS[by]),
        }
    by = chance.random.choice((0, 1, 2))
    return {
        "by": by,
        "urn": None if chance.odd() else chance.random.choice(URNS),
        "cohort": chance.random.choice((None, "2022", "2023")) if chance.odd() else chance.random.choice(COHORTS),
        "partner": chance.random.choice((None, *PARTNERS)) if chance.odd() else chance.random.choice(OF_PROVIDERS[by]),
    }


def change_partner(chance: Chance, world: World) -> dict[str, Any] | None:
    """A partnership, and who is to deliver it."""
    of = chance.random.choice(world.known.partnerships)
    number = world.known.providers.index(of.provider)
    return {
        "by": (number + 1) % 3 if chance.odd() else number,
        "of": number,
        "urn": of.school.urn,
        "cohort": of.cohort,
        "partner": chance.random.choice(PARTNERS if chance.odd() else OF_PROVIDERS[number]),
    }


CHOICES: Final[Mapping[str, Callable[[Chance, World], dict[str, Any] | None]]] = {
    "declare": declare,
    "void": void,
    "pause": pause,
    "resume": resume,
    "change-schedule": change_schedule,
    "confirm": confirm,
    "change-partner": change_partner,
}
