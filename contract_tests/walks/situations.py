"""What is so when something is done on a walk: of whom, of what was declared, at which school, and how it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from contract_tests.model import judgement
from contract_tests.model.records import Declaration, Provider, School, Training, newest_first
from contract_tests.model.register import Register
from contract_tests.walks import standing
from contract_tests.walks.finding import school_of
from contract_tests.walks.world import World

TOLD: Final = (
    *("reason", "type", "evidence", "to", "cohort", "id", "status", "trn_validated", "programme", "how", "keeps"),
    *("role", "validation", "course"),
)
GIVEN: Final = ("mentor", "email", "trn", "also")  # of which it counts whether they are


def circumstances(world: World, about: Mapping[str, Any]) -> Iterator[str]:
    """What is so of all that an act is about."""
    yield from (f"told {name} {about[name]}" for name in TOLD if name in about)
    yield from (f"given {name} {about[name] is not None}" for name in GIVEN if name in about)
    by = world.register.providers[about["by"]] if "by" in about else None
    if training := world.trainings.get(about.get("who", "")):
        yield from _of_somebody(world.register, training, by)
        yield from _of_what_is_told(world, training, by, about)
    if declaration := world.declarations.get(about.get("which", "")):
        yield from _of_declaration(world.register, declaration)
        yield from _of_somebody(world.register, declaration.training, by)
    if about.get("urn"):
        school = school_of(world, about["urn"])
        whose = world.register.providers[about["of"]] if "of" in about else by
        cohort = about.get("cohort") or (training.schedule.cohort if training else "")
        yield from _of_school(world.register, school, cohort, whose or (training.newest.provider if training else None))


def _of_somebody(register: Register, training: Training, by: Provider | None) -> Iterator[str]:
    yield from standing.of_training(register, training)
    if by:
        yield from standing.to_provider(register, training, by)


def _of_what_is_told(world: World, training: Training, by: Provider | None, about: Mapping[str, Any]) -> Iterator[str]:
    register = world.register
    if "dated" in about:
        yield from _of_date(register, training, by, about["type"], datetime.fromisoformat(about["dated"]))
    if about.get("to"):
        cohort = about.get("cohort")
        yield f"to the same {about['to'] == training.schedule.identifier}"
        closed = cohort is not None and register.is_closed(cohort)
        yield f"to a cohort {_side(cohort, training.schedule.cohort)} closed {closed}"
    if about.get("on"):
        yield f"on {_side(about['on'], register.today.isoformat())}"
    for other in ("mentor", "into"):
        if named := world.trainings.get(about.get(other) or ""):
            yield from (f"{other} {each}" for each in standing.briefly(register, named))


def _side(one: str | None, other: str) -> str:
    if one is None:
        return "none"
    return "same" if one == other else "before" if one < other else "after"


def _of_date(register: Register, training: Training, by: Provider | None, type: str, at: datetime) -> Iterator[str]:
    own = register.acted_on(by, training) if by else []
    schedule = training.schedule if register.deployed or not own else own[0].schedule
    milestone = register.milestones(schedule).get(type)
    yield f"opens {_beside(at, milestone and milestone.opens)} closes {_beside(at, milestone and milestone.closes)}"
    yield f"now {_beside(at, register.now)}"
    placements = newest_first(training.placements)
    there = next((number for number, each in enumerate(placements) if each.lasts_at(at)), None)
    yield f"dated in {there and min(there, 2)} theirs {there is not None and placements[there].provider is by}"
    yield f"withdrawn {[_beside(at, each.said.at) for each in own if each.said.status == 'withdrawn'][:1]}"
    rival = judgement.rival(register, training.person, training.course, type)
    yield f"rival {rival and (rival.state, rival.provider is by, rival.dated == at)}"


def _beside(at: datetime, edge: datetime | None) -> str:
    if edge is None or at == edge:
        return "at" if edge else "nothing"
    side = "before" if at < edge else "after"
    return f"{side} that day" if at.date() == edge.date() else side


def _of_declaration(register: Register, declaration: Declaration) -> Iterator[str]:
    yield f"it is {declaration.type} {declaration.state} duplicate {declaration.duplicate}"
    yield f"on {declaration.statement and declaration.statement.state}"
    yield f"another is open {register.open_statement(declaration.provider, declaration.cohort) is not None}"
    others = [each for each in register.declarations if each.training is declaration.training]
    yield from (f"beside {each.type} {each.state}" for each in others if each is not declaration)


def _of_school(register: Register, school: School, cohort: str, whose: Provider | None) -> Iterator[str]:
    there = [each for each in register.partnerships if each.school is school and each.cohort == cohort]
    own = [each for each in there if each.provider is whose]
    yield f"theirs there {sorted(standing.through(each) for each in own)}"
    yield f"others' there {sorted({standing.through(each) for each in there if each not in own})}"
    yield f"programme {school.programmes.get(cohort)} closed {register.is_closed(cohort)}"
    trained = [
        each
        for each in register.trainings
        if any(one.school is school and one.cohort == cohort for one in each.placements)
    ]
    yield f"trained there {min(len(trained), 2)} still {min(sum(each.newest.school is school for each in trained), 2)}"
    through = sum(any(one.partnership in own for one in each.placements) for each in trained)
    yield f"through theirs {min(through, 2)}"
