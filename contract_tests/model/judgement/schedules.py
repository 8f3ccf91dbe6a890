"""Who may not be put on another schedule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from contract_tests.model.judgement.subjects import Breach, Refusal, Subject, refusal
from contract_tests.model.providers import moves_between_closed_cohorts
from contract_tests.model.records import Declaration, Partnership, Placement, Provider, Schedule, midnight
from contract_tests.model.register import Register

SEASONS: Final = ("september", "january", "april")
SCHEDULES: Final = {
    course: tuple(f"ecf-{kind}-{season}" for kind in kinds for season in SEASONS)
    for course, kinds in {
        "ecf-induction": ("standard", "extended", "reduced"),
        "ecf-mentor": ("standard", "extended", "reduced", "replacement"),
    }.items()
}


def partnership_in(register: Register, provider: Provider, placement: Placement, cohort: str) -> Partnership | None:
    """Through which partnership somebody would train in a cohort: their own, or the school's with the provider."""
    if placement.cohort == cohort and placement.partnership is not None:
        return placement.partnership
    theirs = (each for each in register.partnerships if each.provider is provider and each.stands)
    there = (each for each in theirs if (each.school, each.cohort) == (placement.school, cohort))
    return min(there, key=lambda each: each.relationship, default=None)


def changing_schedule(
    register: Register, provider: Provider, whom: Subject, course: str, identifier: str, cohort: str | None
) -> Refusal | None:
    """Whether somebody cannot be put on a schedule."""
    placement, training = whom.placement, whom.training
    if cohort is None:
        cohort = placement.cohort if placement else training.schedule.cohort if training else ""
    target = Schedule(identifier, cohort)
    known = "2021" <= cohort <= "2025" and any(identifier in each for each in SCHEDULES.values())
    if not register.deployed:
        return _changing_as_documented(register, provider, whom, course, target, known=known)
    return _changing_as_deployed(register, provider, whom, course, target, known=known)


def _changing_as_documented(
    register: Register, provider: Provider, whom: Subject, course: str, target: Schedule, *, known: bool
) -> Refusal | None:
    placement, training = whom.placement, whom.training
    breaches = list(whom.breaches())
    if placement is not None and placement.said.status == "withdrawn":
        breaches.append(("sched.not-withdrawn", "participant_id"))
    if placement is not None and not known:
        breaches.append(("sched.identifier", "schedule_identifier"))
    if breaches:
        return refusal(breaches)
    assert placement is not None
    assert training is not None
    if target == placement.schedule:
        breaches.append(("sched.different", "schedule_identifier"))
    breaches += _clashes(register, provider, placement, course, target, register.declared_of(training))
    return refusal(breaches)


def _changing_as_deployed(
    register: Register, provider: Provider, whom: Subject, course: str, target: Schedule, *, known: bool
) -> Refusal | None:
    placement, training = whom.placement, whom.training
    declared = register.declared_of(training) if training else []
    if training and training.cohort_changed:
        declared = [each for each in declared if not register.is_closed(each.cohort)]
    excused = placement is not None and _is_excused(register, placement, target)
    if placement is not None and known and not excused:
        types = register.milestones(target)
        if any(each.type not in types for each in declared):
            return refusal([("sched.declared-milestone", "404")])
    breaches = list(whom.breaches())
    if placement is not None and placement.said.status == "withdrawn":
        breaches.append(("sched.not-withdrawn", "participant_id"))
    if known and training and target == training.schedule and (placement is None or target == placement.schedule):
        breaches.append(("sched.different", "schedule_identifier"))
    if course not in SCHEDULES:
        breaches.append(("sched.course", "schedule_identifier"))
    elif placement is not None:
        breaches += _clashes(register, provider, placement, course, target, declared, known=known)
    elif training is not None:
        breaches += [*_does_not_do(register, course, target, declared, known=known), ("sched.partnership", "cohort")]
    return refusal(breaches) or refusal([] if known else [("sched.known", "Invalid action")])


def _is_excused(register: Register, placement: Placement, target: Schedule) -> bool:
    return moves_between_closed_cohorts(register, placement.training, placement.schedule, target.cohort)


def _clashes(
    register: Register,
    provider: Provider,
    placement: Placement,
    course: str,
    target: Schedule,
    binding: list[Declaration],
    *,
    known: bool = True,
) -> Iterator[Breach]:
    excused = _is_excused(register, placement, target)
    yield from _does_not_do(register, course, target, [] if excused else binding, known=known)
    changes = target.cohort != placement.schedule.cohort
    exists = "2020" <= target.cohort <= "2025"
    if not exists:
        yield "sched.cohort", "cohort"
        return
    if changes and not excused and register.declared_of(placement.training):
        yield "sched.cohort-fixed", "cohort"
    through = partnership_in(register, provider, placement, target.cohort)
    if through is None or not through.stands or (through.relationship and changes):
        yield "sched.partnership", "cohort"


def _does_not_do(
    register: Register, course: str, target: Schedule, binding: list[Declaration], *, known: bool
) -> Iterator[Breach]:
    if known and target.identifier not in SCHEDULES[course]:
        yield "sched.course", "schedule_identifier"
    if known and any(not _fits(register, each, target) for each in binding):
        yield "sched.fits-declarations", "schedule_identifier"


def _fits(register: Register, declaration: Declaration, target: Schedule) -> bool:
    milestone = register.milestones(target).get(declaration.type)
    if milestone is None or declaration.dated <= midnight(milestone.starts):
        return False
    return milestone.ends is None or declaration.dated.date() <= milestone.ends
