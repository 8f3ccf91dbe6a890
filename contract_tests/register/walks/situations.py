"""What is so when something is done on a walk: of whom, of what was declared, at which school, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from contract_tests.register.calendar import london, milestones
from contract_tests.register.model.judgement import SCHEDULES
from contract_tests.register.model.records import (
    COURSES,
    DAY,
    Declaration,
    Person,
    Provider,
    Role,
    School,
    day_of,
)
from contract_tests.register.walks import standing
from contract_tests.register.walks.standing import side
from contract_tests.register.walks.world import World

TOLD: Final = (
    *("reason", "type", "evidence", "schedule", "how", "programme", "pattern", "outcome", "as_well", "course", "role"),
)
GIVEN: Final = (
    "provider",
    "urn",
    "cohort",
    "partner",
    "also",
    "mentee",
    "claimed",
)  # of which it counts whether they are
ROLES_OF: Final[Mapping[str, Role]] = {course: role for role, course in COURSES.items()}


def circumstances(world: World, about: Mapping[str, Any]) -> Iterator[str]:
    """What is so of all that an act is about."""
    known = world.known
    yield from (f"told {name} {about[name]}" for name in TOLD if name in about)
    yield from (f"given {name} {about[name] is not None}" for name in GIVEN if name in about)
    by = known.providers[about["by"]] if "by" in about else None
    role = about.get("role") or ROLES_OF.get(about.get("course", ""))
    person = _there(world, about, "who")
    if person:
        yield from standing.of_person(world, person, role)
    if person and role:
        yield from _of_somebody(world, person, role, by, about)
    for other in ("mentor", "into", "mentee"):
        if named := _there(world, about, other):
            yield from (f"{other} {word}" for word in standing.briefly(world, named))
    if declaration := world.declarations.get(about.get("which", "")):
        yield from _of_declaration(world, declaration)
    if about.get("urn"):
        whose = known.providers[about["of"]] if "of" in about else by
        yield from _of_school(world, world.school(about["urn"]), about.get("cohort") or "2025", whose)


def _there(world: World, about: Mapping[str, Any], name: str) -> Person | None:
    found = world.people.get(about.get(name) or "")
    return found if found in world.known.people else None


def _of_somebody(
    world: World, person: Person, role: Role, by: Provider | None, about: Mapping[str, Any]
) -> Iterator[str]:
    known = world.known
    trainings = known.trainings_of(person, role)
    if by:
        yield from standing.to_provider(world, person, role, by)
    for name in ("to", "provider"):
        if about.get(name) is not None:
            yield from _of_next(world, person, role, known.providers[about[name]])
    if about.get("dated"):
        yield from _of_date(world, person, role, by, about["type"], about["dated"])
    if "schedule" in about:
        yield from _of_schedule(world, person, role, by, about)
    if told := about.get("on") or about.get("starts"):
        yield from _of_day(world, person, role, date.fromisoformat(told))
    if about.get("urn") and trainings:
        there = [each.stay.school.urn == about["urn"] for each in trainings]
        yield f"there {there[-1]} ever {any(there)}"


def _of_next(world: World, person: Person, role: Role, provider: Provider) -> Iterator[str]:
    trainings = world.known.trainings_of(person, role)
    with_them = [(each.provider or each.named) is provider for each in trainings]
    yield f"next is the same {with_them[-1:]} ever {any(with_them)}"
    present = world.known.present(person, role)
    if present and trainings and trainings[-1].cohort:
        there = world.known.partnerships_with(present.school, trainings[-1].cohort, provider)
        yield f"next partnered {min(len(there), 2)}"


def _of_date(world: World, person: Person, role: Role, by: Provider | None, type: str, dated: str) -> Iterator[str]:
    known, at = world.known, datetime.fromisoformat(dated if dated.endswith("Z") else f"{dated}+00:00")
    trainings = known.trainings_of(person, role)
    yield f"now {_beside(at, known.now)}"
    for newest in [each for each in trainings if each.provider is by][-1:] or trainings[-1:]:
        milestone = _milestones(newest.schedule, newest.cohort).get(type)
        yield f"opens {_beside(at, london(milestone.starts)) if milestone else 'never'}"
        yield f"closes {_beside(at, london(milestone.ends + DAY)) if milestone and milestone.ends else 'never'}"
        yield f"dated in {[number for number, each in enumerate(reversed(trainings)) if each.covers(day_of(at))][:2]}"
        yield f"withdrawn {newest.withdrawn and _beside(at, newest.withdrawn.at)}"
        yield f"deferred {newest.deferred and _beside(at, newest.deferred.at)}"
    declared = known.declared_of(person, role)
    rivals = [(each.state, each.provider is by, each.dated == at) for each in declared if each.type == type]
    yield f"rivals {rivals[-2:]}"
    yield f"others {[_beside(at, each.dated) for each in declared if each.live][-2:]}"


def _milestones(schedule: str | None, cohort: str | None) -> Mapping[str, Any]:
    return milestones(schedule, cohort) if schedule in SCHEDULES and cohort else {}


def _beside(at: datetime, edge: datetime) -> str:
    if at == edge:
        return "at"
    before_or_after = "before" if at < edge else "after"
    return f"{before_or_after} that day" if day_of(at) == day_of(edge) else before_or_after


def _of_schedule(
    world: World, person: Person, role: Role, by: Provider | None, about: Mapping[str, Any]
) -> Iterator[str]:
    for newest in [each for each in world.known.trainings_of(person, role) if each.provider is by][-1:]:
        cohort = about.get("cohort")
        yield f"to the same {newest.schedule == about['schedule']} frozen {cohort in world.known.frozen}"
        yield f"to a cohort {side(cohort, newest.cohort)}"
        if cohort:
            yield f"to partners {bool(world.known.partnerships_with(newest.stay.school, cohort, by))}"
        types = _milestones(about["schedule"], cohort or newest.cohort)
        live = [each.type for each in world.known.declared_of(person, role) if each.live]
        yield f"fits {[each in types for each in live][-2:]}"


def _of_day(world: World, person: Person, role: Role, day: date) -> Iterator[str]:
    known = world.known
    yield f"on {side(day, known.today)} today, {side(day, person.inducted_on)} inducted"
    for stay in known.stays_of(person, role)[-1:]:
        yield f"on {side(day, stay.starts)} there, {side(day, stay.ends)} gone"
    for training in known.trainings_of(person, role)[-1:]:
        yield f"on {side(day, training.starts)} in training, {side(day, training.ends)} out of it"


def _of_declaration(world: World, declaration: Declaration) -> Iterator[str]:
    known = world.known
    yield f"it is {declaration.type} {declaration.state}"
    yield f"on {declaration.statement and declaration.statement.state}"
    yield f"another is due {known.next_due(declaration.provider, declaration.cohort) is not None}"
    beside = [each for each in known.declared_of(declaration.person, declaration.role) if each is not declaration]
    yield from (f"beside {each.type} {each.state}" for each in beside)
    trainings = known.trainings_of(declaration.person, declaration.role)
    yield f"of the newest {declaration.training in trainings[-1:]} {declaration.training.status}"
    if declaration.person in known.people:
        yield from standing.of_person(world, declaration.person, declaration.role)


def _of_school(world: World, school: School, cohort: str, whose: Provider | None) -> Iterator[str]:
    known = world.known
    there = known.partnerships_with(school, cohort)
    own = [each for each in there if each.provider is whose]
    yield f"theirs there {min(len(own), 2)} others' {min(len(there) - len(own), 2)}"
    stands = school.standings.get(cohort)
    yield f"stands {stands and (stands.programme, len(stands.interested))} frozen {cohort in known.frozen}"
    trainings = [each for each in known.trainings if each.stay.school is school and each.cohort == cohort]
    yield f"trained there {min(sum(each.partnership is not None for each in trainings), 2)}"
    yield f"hoped for {[each.named is whose for each in trainings if each.named and not each.partnership][:2]}"
