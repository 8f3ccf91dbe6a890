"""How somebody stands in a role, in words: one for each thing that a rule may look at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from contract_tests.register.model.records import ROLES, Mentorship, Person, Provider, Role, Stay, Training
from contract_tests.register.walks.world import World

Ordered = TypeVar("Ordered", date, str)


def of_person(world: World, person: Person, role: Role | None) -> Iterator[str]:
    """All that is so of somebody whom an act is about in a role, or as whoever they are."""
    known, today = world.known, world.known.today
    yield f"inductions {[(each.outcome, side(each.ends, today)) for each in person.inductions[-2:]]}"
    yield f"reason {person.reason} ids {sum(each.remaining is person for each in known.id_changes)}"
    yield f"changed now {person.updated == known.now}"
    for each in ROLES:
        as_what = "same" if each == role else "either" if role is None else "other"
        yield from (f"{as_what} {word}" for word in _in_role(world, person, each))
        if role == each:
            yield f"role {each}"


def to_provider(world: World, person: Person, role: Role, by: Provider) -> Iterator[str]:
    """How somebody stands with whoever reports of them."""
    trainings = world.known.trainings_of(person, role)
    own = [each for each in trainings if each.provider is by]
    yield f"theirs {'newest' if trainings and trainings[-1] in own else 'former' if own else 'never'}"
    if own:
        yield f"theirs {own[-1].status} {span(own[-1], world.known.today)} here {own[-1].stay is trainings[-1].stay}"
    declared = [each for each in world.known.declared_of(person, role) if each.provider is by]
    yield f"they declared {sorted({each.state for each in declared})}"


def briefly(world: World, person: Person) -> Iterator[str]:
    """How somebody stands whom an act names beside whom it is about."""
    known, today = world.known, world.known.today
    for role in ROLES:
        stays, trainings = known.stays_of(person, role), known.trainings_of(person, role)
        yield f"{role} {span(stays[-1], today) if stays else None} several {len(stays) > 1}"
        yield f"{role} trains {(trainings[-1].status, trainings[-1].programme) if trainings else None}"
        yield f"{role} declared {bool(known.declared_of(person, role))}"
        yield f"{role} ineligible {person.funding[role].ineligible_from is not None}"
    yield f"inducted {person.inducted_on is not None}"


def span(one: Stay | Training | Mentorship, today: date) -> str:
    """Whether something has begun by a day, and has ended."""
    return f"begun {side(today, one.starts)} its first day, ends {side(one.ends, today)}"


def side(one: Ordered | None, other: Ordered | None) -> str:
    """On which side of a day, or of a cohort, another lies."""
    if one is None or other is None:
        return "never"
    return "same" if one == other else "before" if one < other else "after"


def _in_role(world: World, person: Person, role: Role) -> Iterator[str]:
    known, today = world.known, world.known.today
    funding = person.funding[role]
    yield f"eligible {funding.eligible_since is not None} not from {side(funding.ineligible_from, today)}"
    yield f"out of {funding.frozen}"
    stays, trainings = known.stays_of(person, role), known.trainings_of(person, role)
    yield f"stays {min(len(stays), 3)} schools {len({each.school.urn for each in stays})}"
    if not stays:
        return
    yield f"last stays {span(stays[-1], today)} present {known.present(person, role) is stays[-1]}"
    yield from (f"before stayed {span(each, today)} there {each.school is stays[-1].school}" for each in stays[-2:-1])
    providers = {each.provider for each in trainings if each.provider}
    yield f"trainings {min(len(trainings), 4)} providers {len(providers)}"
    for which, training in zip(("newest", "before"), reversed(trainings), strict=False):
        yield from (f"{which} {word}" for word in _training(world, training))
    yield f"statuses {sorted({each.status for each in trainings})}"
    declared = known.declared_of(person, role)
    yield f"declared {min(len(declared), 3)} by {len({each.provider for each in declared})}"
    yield f"declared of newest {any(each.training is trainings[-1] for each in declared)}" if trainings else "untrained"
    yield from (f"declared {each.type} {each.state}" for each in declared)
    mentorships = [each for each in known.mentorships if person in (each.ect.person, each.mentor.person)]
    ours = [each for each in mentorships if (each.ect if role == "ect" else each.mentor).person is person]
    yield f"mentorships {min(len(ours), 2)} {[span(each, today) for each in ours[-1:]]}"


def _training(world: World, training: Training) -> Iterator[str]:
    yield f"{training.status} {span(training, world.known.today)}"
    with_whom = "partnered" if training.partnership else "hoped for" if training.named else "none"
    yield f"{training.programme} {with_whom}"
    yield f"cohort {training.cohort} frozen {training.cohort in world.known.frozen}"
    yield f"schedule {training.schedule}"
