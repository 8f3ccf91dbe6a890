"""What schools, appropriate bodies, the DfE and time do next: every choice has what the act is to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from contract_tests.register.model.records import DAY, Role
from contract_tests.register.walks.chance import COHORTS, OF_PROVIDERS, PARTNERS, Chance
from contract_tests.register.walks.world import URNS, World


def register(chance: Chance, world: World) -> dict[str, Any]:
    """Somebody new, mostly where a provider trains; or known already."""
    role = chance.random.choice(("ect", "ect", "mentor"))
    today = world.clock.date()
    partnership = chance.random.choice(world.known.partnerships)
    near = chance.random.random() < 0.6
    urn = partnership.school.urn if near else chance.random.choice(URNS)
    provider = world.known.providers.index(partnership.provider) if near else chance.random.choice((0, 1, 2))
    days = chance.random.choice((-40, -3, -1, 0, 0, 5, 30))
    about = chance.newcomer(role=role, urn=urn, starts=(today + timedelta(days=days)).isoformat(), provider=provider)
    if role == "ect":
        about["pattern"] = chance.random.choice((None, "full_time", "part_time"))
        about["programme"] = chance.random.choice(("provider_led", "provider_led", "provider_led", "school_led"))
        about["claimed"] = about["starts"] if chance.random.random() < 0.3 and days <= 0 else None
    else:
        about["programme"] = chance.random.choice(("provider_led", "provider_led", "school_led"))
        there = [name for name, each in world.people.items() if _is_ect_at(world, each, urn)]
        about["mentee"] = chance.random.choice([None, *there])
    if chance.random.random() < 0.15 and (found := chance.who(world, "mentor" if role == "ect" else "ect")):
        about["also"] = found[0]
    if chance.odd():
        about["trn"] = about["trn"] if about.get("also") else None
        about["trn"] = about["trn"] or f"72{chance.named:05}"
    return about


def _is_ect_at(world: World, person: Any, urn: str) -> bool:
    stay = world.known.present(person, "ect") if person in world.known.people else None
    return stay is not None and stay.school.urn == urn


def join(chance: Chance, world: World) -> dict[str, Any] | None:
    """Somebody joins a school, or comes back to one."""
    found = chance.who(world)
    if found is None:
        return None
    on, urn = chance.day(world, -2, 0, 0, 1, 14), chance.random.choice(URNS)
    stay = world.known.present(world.people[found[0]], found[1])
    if stay and stay.ends and chance.random.random() < 0.4:  # who left comes back
        urn, on = stay.school.urn, max(on, (stay.ends + DAY).isoformat())
    provider = chance.random.choice((None, None, 0, 1, 2))
    as_well = chance.random.random() < 0.4
    programme = "school_led" if found[1] == "ect" and chance.odd() else "provider_led"
    about = {"who": found[0], "role": found[1], "urn": urn, "on": on, "provider": provider}
    return about | {"as_well": as_well, "programme": programme}


def leave(chance: Chance, world: World) -> dict[str, Any] | None:
    """Somebody leaves their school, or one that is named."""
    found = chance.who(world)
    on = chance.day(world, -3, -1, 0, 0, 1, 20)
    return found and {"who": found[0], "role": found[1], "on": on, "urn": _one_of_several(chance, world, *found)}


def undo(chance: Chance, world: World) -> dict[str, Any] | None:
    """What a school said of somebody is taken back: the last, or what is of one that is named."""
    found = chance.who(world)
    return found and {"who": found[0], "role": found[1], "urn": _one_of_several(chance, world, *found)}


def _one_of_several(chance: Chance, world: World, who: str, role: Role) -> str | None:
    """A school that somebody was at in a role, at times, where there are several."""
    person = world.people[who]
    urns = sorted({each.school.urn for each in world.known.stays_of(person, role)})
    return chance.random.choice((None, *urns)) if len(urns) > 1 else None


def assign_mentor(chance: Chance, world: World) -> dict[str, Any] | None:
    """A mentor for an ECT, mostly one of the same school."""
    ect, mentor = chance.who(world, "ect"), chance.who(world, "mentor")
    for _ in range(6):
        if ect and mentor and _are_together(world, ect[0], mentor[0]):
            break
        mentor = chance.who(world, "mentor")
    if ect is None or mentor is None:
        return None
    return {"who": ect[0], "mentor": mentor[0], "urn": _one_of_several(chance, world, *ect)}


def _are_together(world: World, ect: str, mentor: str) -> bool:
    known = world.known
    one, other = known.present(world.people[ect], "ect"), known.present(world.people[mentor], "mentor")
    return one is not None and other is not None and one.school is other.school


def change_provider(chance: Chance, world: World) -> dict[str, Any] | None:
    """Somebody is to train with another provider, now and then also once their training has paused."""
    found = chance.who(world)
    to = chance.random.choice((0, 1, 2))
    return found and {"who": found[0], "role": found[1], "to": to, "paused": chance.odd()}


def change_programme(chance: Chance, world: World) -> dict[str, Any] | None:
    """An ECT is trained otherwise, now and then also once their training has paused."""
    found = chance.who(world, "ect")
    programme, provider = chance.random.choice(("school_led", "provider_led")), chance.random.choice((0, 1))
    return found and {"who": found[0], "programme": programme, "provider": provider, "paused": chance.odd()}


def change_details(chance: Chance, world: World) -> dict[str, Any] | None:
    """Another name, address or working pattern."""
    found = chance.who(world)
    chance.named += 1
    told: dict[str, Any] = {"full_name": None, "email": None, "pattern": None}
    what = chance.random.choice(tuple(told))
    new = {
        "full_name": f"Name {chance.named}",
        "email": f"new{chance.named}@school.example.com",
        "pattern": "part_time",
    }
    return found and {"who": found[0], **told, what: new[what]}


def claim(chance: Chance, world: World) -> dict[str, Any] | None:
    """An appropriate body takes an induction on."""
    found = chance.who(world, "ect")
    return found and {"who": found[0], "on": chance.day(world, -30, -1, 0)}


def exempt(chance: Chance, world: World) -> dict[str, Any] | None:
    """An ECT is exempt, mostly on the day on which they became eligible."""
    today = [
        name
        for name, each in world.people.items()
        if (since := each.funding["ect"].eligible_since) and since >= world.clock - DAY
    ]
    if today and chance.random.random() < 0.7:  # on the day on which they became eligible
        return {"who": chance.random.choice(today), "on": None}
    found = chance.who(world, "ect")
    return found and {"who": found[0], "on": chance.random.choice((None, chance.day(world, -9, -1, 0, 3)))}


def unfund(chance: Chance, world: World) -> dict[str, Any] | None:
    """The DfE pays for a mentor's training no longer."""
    found = chance.who(world, "mentor")
    reason = chance.random.choice(("completed_during_early_roll_out", "started_not_completed"))
    return found and {"who": found[0], "on": chance.day(world, -30, -1, 0, 6), "reason": reason}


def close_induction(chance: Chance, world: World) -> dict[str, Any] | None:
    """An induction ends, with an outcome or without."""
    inducted = [name for name, each in world.people.items() if any(not one.ends for one in each.inductions)]
    if not inducted:
        return None
    outcome = chance.random.choice(("pass", "fail", None))
    return {"who": chance.random.choice(inducted), "on": chance.day(world, -5, -1, 0), "outcome": outcome}


def merge(chance: Chance, world: World) -> dict[str, Any] | None:
    """Two people turn out to be one: mostly a mentor to be an ECT."""
    one, other = chance.who(world, "mentor"), chance.who(world, "ect")
    if chance.random.random() < 0.3:
        one, other = other, one
    return {"who": one[0], "into": other[0]} if one and other else None


def partner_up(chance: Chance, _world: World) -> dict[str, Any]:
    """A partnership that the DfE knows of."""
    by = chance.random.choice((0, 1, 2))
    urn, cohort = chance.random.choice(URNS), chance.random.choice(COHORTS)
    return {"by": by, "urn": urn, "cohort": cohort, "partner": chance.random.choice(OF_PROVIDERS[by])}


def relate(chance: Chance, _world: World) -> dict[str, Any]:
    """A delivery partner, and a provider and a cohort to work with."""
    chance.named += 1
    partner = chance.random.choice((*PARTNERS, f"Partner {chance.named}"))
    return {
        "by": chance.random.choice((0, 1)),
        "partner": partner,
        "cohort": chance.random.choice(("2022", *COHORTS)),
    }


def change_school(chance: Chance, _world: World) -> dict[str, Any]:
    """Another name of a school, or another tutor."""
    chance.named += 1
    number, name = chance.named, chance.random.random() < 0.4
    return {
        "urn": chance.random.choice(URNS),
        "name": f"School {number}" if name else None,
        "tutor_name": None if name else f"Tutor {number}",
        "tutor_email": None if name else f"tutor{number}@school.example.com",
    }


def pay(chance: Chance, world: World) -> dict[str, Any]:
    """A statement, mostly one on which something waits."""
    payable = [each for each in world.known.declarations if each.state in ("payable", "awaiting-clawback")]
    if payable:
        each = chance.random.choice(payable)
        return {"by": world.known.providers.index(each.provider), "cohort": each.cohort}
    return {"by": chance.random.choice((0, 1)), "cohort": chance.random.choice(COHORTS)}


def of_cohort(chance: Chance, _world: World) -> dict[str, Any]:
    """A contract period that the DfE freezes."""
    return {"cohort": chance.random.choice(("2021", "2024", "2024", "2025"))}


def thaw(chance: Chance, world: World) -> dict[str, Any] | None:
    """A frozen contract period, if there is one."""
    frozen = sorted(world.known.frozen_since.keys() - {"2021", "2022"})
    return {"cohort": chance.random.choice(frozen)} if frozen else None


def wait(_chance: Chance, _world: World) -> dict[str, Any]:
    """Time needs to be told nothing."""
    return {}


CHOICES: Final[Mapping[str, Callable[[Chance, World], dict[str, Any] | None]]] = {
    "register": register,
    "join": join,
    "leave": leave,
    "undo": undo,
    "assign-mentor": assign_mentor,
    "change-provider": change_provider,
    "change-programme": change_programme,
    "change-details": change_details,
    "claim": claim,
    "exempt": exempt,
    "unfund": unfund,
    "close-induction": close_induction,
    "merge": merge,
    "partner-up": partner_up,
    "relate": relate,
    "change-school": change_school,
    "pay": pay,
    "freeze": of_cohort,
    "thaw": thaw,
    "wait": wait,
}
