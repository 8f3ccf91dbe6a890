"""What schools, the DfE and time do next on a walk: every choice has what the act is to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from contract_tests.walks.chance import Chance
from contract_tests.walks.world import COHORTS, NAMES, PARTNERS, WAITED_FOR, World

VALIDATIONS: Final = (
    *("none", "contacted_for_information", "dfe_checking_eligibility", "checking_qts"),
    *("not_eligible_for_funded_training", "eligible_to_start", "eligible_to_start", "eligible_to_start"),
)
CHALLENGES: Final = ("another_provider", "not_confirmed", "do_not_recognise", "no_ects", "mistake")


def register(chance: Chance, world: World) -> dict[str, Any] | None:
    """Somebody new, mostly where a provider trains; or known already, or with the TRN of somebody known."""
    random = chance.random
    standing = [each for each in world.register.partnerships if each.stands and each.provider.id]
    where = random.choice(standing) if standing and random.random() < 0.85 else None
    urn = where.school.urn if where else random.choice(world.register.schools).urn
    cohort = where.cohort if where else random.choice(COHORTS)
    if (urn, cohort) == WAITED_FOR or (urn in ("900115", "900313") and cohort == "2022"):
        return None
    about: dict[str, Any] = {"urn": urn, "cohort": cohort}
    about |= {"role": random.choice(("ect", "ect", "mentor")), "validation": random.choice(VALIDATIONS)}
    step = chance.newcomer(**about)
    if random.random() < 0.2:
        step |= {"also": chance.who(world), "role": "mentor"}
    elif random.random() < 0.25:
        step |= {"trn": world.trainings[chance.who(world)].person.trn, "validation": "none"}
    elif step["validation"] == "contacted_for_information" and random.random() < 0.5:
        step["trn"] = None
    if random.random() < 0.3:
        step["starts_on"] = (world.register.today + timedelta(days=random.choice((-20, 0, 9)))).isoformat()
    mentors = [name for name, training in world.trainings.items() if training.role == "mentor"]
    if step["role"] == "ect" and mentors and random.random() < 0.5:
        step["mentor"] = random.choice(mentors)
    return None if step["trn"] is None and step["validation"] != "contacted_for_information" else step


def mentor(chance: Chance, world: World) -> dict[str, Any] | None:
    """A mentor for an ECT, or none any more."""
    ects = [name for name, training in world.trainings.items() if training.role == "ect"]
    mentors = [name for name, training in world.trainings.items() if training.role == "mentor"]
    who = chance.who(world, "ect") if ects else None
    return {"who": who, "mentor": chance.random.choice([*mentors, *mentors, None])} if who else None


def leave(chance: Chance, world: World) -> dict[str, Any]:
    """Somebody leaves their school, or that which is named."""
    who = chance.who(world)
    urns = sorted({each.school.urn for each in world.trainings[who].placements})
    urn = chance.random.choice((None, *urns)) if len(urns) > 1 else None
    return {"who": who, "on": chance.day(world), "urn": urn}


def join(chance: Chance, world: World) -> dict[str, Any]:
    """Somebody joins another school."""
    who, random = chance.who(world), chance.random
    training = world.trainings[who]
    elsewhere = [each.urn for each in world.register.schools if each is not training.newest.school]
    mentors = [name for name, each in world.trainings.items() if each.role == "mentor"]
    mentor = random.choice(mentors) if mentors and training.role == "ect" and random.random() < 0.4 else None
    email = f"new.{chance.named}@elsewhere.example.com" if random.random() < 0.3 else None
    about = {"who": who, "urn": random.choice(elsewhere), "on": chance.day(world), "keeps": random.random() < 0.4}
    return about | {"mentor": mentor, "email": email}


def withdraw_by_school(chance: Chance, world: World) -> dict[str, Any]:
    """A school has somebody in training no longer."""
    return {"who": chance.who(world)}


def change_details(chance: Chance, world: World) -> dict[str, Any]:
    """Another name, or another address."""
    number = chance.random.randrange(100)
    email = f"changed.{number}@new-school.example.com"
    changes: dict[str, str | None] = chance.random.choice(
        ({"full_name": chance.name(), "email": None}, {"full_name": None, "email": email})
    )
    return {"who": chance.who(world)} | changes


def choose_programme(chance: Chance, world: World) -> dict[str, Any] | None:
    """A school chooses how it trains a cohort."""
    urn, cohort = chance.random.choice(world.register.schools).urn, chance.random.choice(COHORTS)
    if (urn, cohort) == WAITED_FOR:
        return None
    programme = chance.random.choice(("provider_led", "school_led", "no_early_career_teachers"))
    return {"urn": urn, "cohort": cohort, "programme": programme}


def challenge(chance: Chance, world: World) -> dict[str, Any] | None:
    """A school challenges a partnership."""
    about = chance.partnership(world)
    return about and about | {"reason": chance.random.choice(CHALLENGES)}


def validate(chance: Chance, world: World) -> dict[str, Any]:
    """The DfE comes so far with somebody's details."""
    statuses = [each for each in VALIDATIONS if each != "none"]
    validated = chance.random.choice((None, None, True, False))
    return {"who": chance.who(world), "status": chance.random.choice(statuses), "trn_validated": validated}


def unfund(chance: Chance, world: World) -> dict[str, Any] | None:
    """The DfE pays for a mentor's training no longer."""
    mentors = [name for name, training in world.trainings.items() if training.role == "mentor"]
    on = world.register.today + timedelta(days=chance.random.choice((-90, -1, 0, 8)))
    reason = chance.random.choice(("completed_during_early_roll_out", "started_not_completed"))
    return {"who": chance.random.choice(mentors), "on": on.isoformat(), "reason": reason} if mentors else None


def end_induction(chance: Chance, world: World) -> dict[str, Any]:
    """An induction ends, or does not after all."""
    on: date = world.register.today + timedelta(days=chance.random.choice((-30, 0, 30)))
    return {"who": chance.who(world, "ect"), "on": chance.random.choice((on.isoformat(), on.isoformat(), None))}


def merge(chance: Chance, world: World) -> dict[str, Any] | None:
    """Two people turn out to be one."""
    who = chance.who(world)
    others = [name for name, each in world.trainings.items() if each.person is not world.trainings[who].person]
    return {"who": who, "into": chance.random.choice(others)} if others else None


def close_cohort(chance: Chance, _world: World) -> dict[str, Any]:
    """A cohort that the walks know as one that closes."""
    return {"cohort": chance.random.choice(("2022", "2023"))}


def open_cohort(chance: Chance, world: World) -> dict[str, Any] | None:
    """A closed cohort, if there is one."""
    closed = sorted(world.register.closed)
    return {"cohort": chance.random.choice(closed)} if closed else None


def pay(chance: Chance, world: World) -> dict[str, Any]:
    """A statement, mostly one on which something waits."""
    held = [each.statement for each in world.register.declarations if each.statement]
    waiting = [each for each in held if each.state == "open"]
    how = chance.random.choice(("pay", "pay", "payable"))
    if waiting and chance.random.random() < 0.8:
        found = chance.random.choice(waiting)
        return {"of": world.register.providers.index(found.provider), "cohort": found.cohort, "how": how}
    return {"of": chance.random.randrange(3), "cohort": chance.random.choice(COHORTS), "how": how}


def relate(chance: Chance, _world: World) -> dict[str, Any]:
    """A delivery partner, and a provider and a cohort to work with."""
    by, cohort = chance.random.randrange(len(NAMES)), chance.random.choice(COHORTS)
    return {"by": by, "name": chance.random.choice([*PARTNERS, "Dove, Wing & Co"]), "cohort": cohort}


def nothing(_chance: Chance, _world: World) -> dict[str, Any]:
    """Time needs to be told nothing."""
    return {}


CHOICES: Final[Mapping[str, Callable[[Chance, World], dict[str, Any] | None]]] = {
    "register": register,
    "assign-mentor": mentor,
    "leave": leave,
    "join": join,
    "withdraw-by-school": withdraw_by_school,
    "change-details": change_details,
    "choose-programme": choose_programme,
    "challenge": challenge,
    "validate": validate,
    "unfund": unfund,
    "end-induction": end_induction,
    "merge": merge,
    "close-cohort": close_cohort,
    "open-cohort": open_cohort,
    "pay": pay,
    "relate": relate,
    "wait": nothing,
}
