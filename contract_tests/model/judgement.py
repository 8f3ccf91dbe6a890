"""What a provider may not do: by which rules it is refused, over what, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from contract_tests.calendar import Milestone
from contract_tests.model.providers import moves_between_closed_cohorts
from contract_tests.model.records import (
    Declaration,
    Partner,
    Partnership,
    Person,
    Placement,
    Provider,
    Schedule,
    School,
    Training,
    midnight,
)
from contract_tests.model.register import Register

ATTENDED: Final = ("training-event-attended", "self-study-material-completed", "other")
DETAILED: Final = (*ATTENDED, "materials-engaged-with-offline")
ENGAGED: Final = ("75-percent-engagement-met", "75-percent-engagement-met-reduced-induction")
COMPLETED: Final = (*ENGAGED, "one-term-induction")
DEFERRAL_REASONS: Final = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")
WITHDRAWAL_REASONS: Final = (
    "left-teaching-profession",
    "moved-school",
    "mentor-no-longer-being-mentor",
    "switched-to-school-led",
    "other",
)
SEASONS: Final = ("september", "january", "april")
SCHEDULES: Final = {
    course: tuple(f"ecf-{kind}-{season}" for kind in kinds for season in SEASONS)
    for course, kinds in {
        "ecf-induction": ("standard", "extended", "reduced"),
        "ecf-mentor": ("standard", "extended", "reduced", "replacement"),
    }.items()
}

Breach = tuple[str, str]
"""A rule, and what the refusal is over."""


class Refusal(NamedTuple):
    """How something is refused: by which rules, over which things in order."""

    status: int
    rules: tuple[str, ...]
    titles: tuple[str, ...]


class Ambiguous(Exception):
    """It is left open which of two trainings is meant."""


def refusal(breaches: Iterable[Breach]) -> Refusal | None:
    """One refusal of all that is wrong; nothing where nothing is."""
    found = list(breaches)
    if not found:
        return None
    if found[0][1] == "404":
        return Refusal(404, (found[0][0],), ())
    return Refusal(422, tuple(rule for rule, _ in found), tuple(dict.fromkeys(title for _, title in found)))


@dataclass(frozen=True)
class Subject:
    """Whom a request names, as far as the provider knows them, and which training; `waits` for the DfE otherwise."""

    person: Person | None
    training: Training | None
    placements: list[Placement]
    waits: bool = False

    @property
    def placement(self) -> Placement | None:
        """The newest placement that the provider may report of."""
        return self.placements[0] if self.placements else None

    def breaches(self) -> Iterator[Breach]:
        """What all that is reported of somebody begins with."""
        if self.person is None:
            yield ("vis.validated-only" if self.waits else "vis.participant"), "participant_id"
        elif self.training is None:
            yield "participant.course-matches", "course_identifier"
        elif self.placement is None:
            yield "participant.placed-with-provider", "participant_id"


def subject(register: Register, provider: Provider, id: str, course: str) -> Subject:
    """Whom an id means to a provider. Raises Ambiguous."""
    person = register.person(id)
    if person is None:
        return Subject(None, None, [])
    trainings = register.trainings_of(person)
    if not register.deployed:
        if not any(register.acted_on(provider, each) for each in trainings):
            own = [p for each in trainings for p in each.placements if p.provider is provider]
            return Subject(None, None, [], waits=any(p.partnership and p.partnership.stands for p in own))
        trainings = [each for each in trainings if each.validated]
    else:
        trainings = [each for each in trainings if not each.withdrawn_by_school]
    of_course = [each for each in trainings if each.course == course]
    if person.id != id.lower():
        if register.deployed:
            of_course = [each for each in of_course if each.registered_as == id.lower()]
        if not of_course:
            return Subject(None, None, [])
    if len(of_course) > 1:
        raise Ambiguous
    training = of_course[0] if of_course else None
    return Subject(person, training, register.acted_on(provider, training) if training else [])


def declaring(
    register: Register, provider: Provider, whom: Subject, course: str, type: str, dated: datetime, evidence: str | None
) -> Refusal | None:
    """Whether a declaration is refused; whoever is declared, of which training, is found before."""
    training, schedule = whom.training, schedule_declared(register, whom)
    milestone = register.milestones(schedule).get(type) if schedule else None
    return (
        refusal(_at_once(register, provider, whom, course, type, dated, schedule, milestone))
        or refusal([("decl.course-matches", "course_identifier")] if training is None else [])
        or refusal(_not_placed(register, whom, schedule))
        or refusal(_lacks_evidence(training, schedule, type, evidence))
    )


def schedule_declared(register: Register, whom: Subject) -> Schedule | None:
    """The schedule that somebody is declared by."""
    if whom.training is None:
        return None
    if register.deployed:
        return whom.training.schedule
    return whom.placement.schedule if whom.placement else None


def _at_once(
    register: Register,
    provider: Provider,
    whom: Subject,
    course: str,
    type: str,
    dated: datetime,
    schedule: Schedule | None,
    milestone: Milestone | None,
) -> Iterator[Breach]:
    training = whom.training
    if whom.person is None:
        yield ("vis.validated-only" if whom.waits else "decl.participant-known"), "participant_id"
    withdrawn = _withdrawn_at(register, whom.placements)
    if withdrawn is not None and dated >= withdrawn and not _trains_at(whom.placements, dated):
        yield "decl.before-withdrawal", "participant_id"
    if dated > register.now:
        yield "decl.date-not-future", "declaration_date"
    if schedule and milestone:
        if dated.date() < milestone.starts:
            yield "decl.milestone-start", "declaration_date"
        if milestone.ends and dated.date() > milestone.ends:
            yield "decl.milestone-end", "declaration_date"
    if schedule and training and training.eligible and register.open_statement(provider, schedule.cohort) is None:
        yield "decl.cohort-open", "cohort"
    if schedule and milestone is None:
        yield "decl.milestone-exists", "declaration_type"
    if whom.person and rival(register, whom.person, course, type):
        yield "decl.one-per-milestone", "base"
    is_mentor = training is not None and training.role == "mentor"
    if is_mentor and schedule and schedule.cohort >= "2025" and type not in ("started", "completed"):
        yield "decl.mentor-types", "declaration_type"


def rival(register: Register, person: Person, course: str, type: str) -> Declaration | None:
    """The live declaration that there is already."""
    found = (each for each in register.declarations if each.person is person and each.live)
    return next((each for each in found if (each.course, each.type) == (course, type)), None)


def _withdrawn_at(register: Register, placements: list[Placement]) -> datetime | None:
    newest: dict[str, Placement] = {}
    for placement in placements:
        newest.setdefault(placement.school.id, placement)
    times = [each.said.at for each in newest.values() if each.said.status == "withdrawn" and each.said.at]
    at = max(times, default=None)
    if register.deployed and at is not None and all(each.starts_at > at for each in placements):
        return None
    return at


def _trains_at(placements: list[Placement], dated: datetime) -> bool:
    """True where the provider has not withdrawn them from the placement of that day, once any had begun."""

    def is_withdrawn(placement: Placement) -> bool:
        at = placement.said.at
        return placement.said.status == "withdrawn" and at is not None and any(e.starts_at <= at for e in placements)

    return any(each.lasts_at(dated) and not is_withdrawn(each) for each in placements)


def _not_placed(register: Register, whom: Subject, schedule: Schedule | None) -> Iterator[Breach]:
    if register.deployed:
        if all(each.schedule != schedule for each in whom.placements):
            yield "decl.placed-with-provider", "participant_id"
    elif whom.placement is None:
        yield "decl.placed-with-provider", "participant_id"


def evidence_allowed(training: Training | None, schedule: Schedule | None, type: str) -> tuple[str, ...]:
    """The evidence that may be named; none where what is sent is dropped."""
    if training is None or schedule is None:
        return ()
    if schedule.cohort < "2025":
        return () if type == "started" else ATTENDED
    if type == "completed":
        return ENGAGED if training.role == "mentor" else COMPLETED
    return ENGAGED if type == "retained-2" else DETAILED


def _lacks_evidence(
    training: Training | None, schedule: Schedule | None, type: str, evidence: str | None
) -> Iterator[Breach]:
    allowed = evidence_allowed(training, schedule, type)
    if allowed and (type != "started" if evidence is None else evidence not in allowed):
        yield "decl.evidence", "evidence_held"


def voiding(register: Register, provider: Provider, declaration: Declaration) -> Refusal | None:
    """Whether a declaration cannot be taken back."""
    if declaration.provider is not provider:
        return refusal([("path.unknown", "404")])
    title = "Invalid action"
    if declaration.state == "voided":
        return refusal([("void.once", title)])
    if declaration.state in ("awaiting_clawback", "clawed_back"):
        return refusal([("void.final", title)])
    if declaration.state == "paid" and register.open_statement(provider, declaration.cohort) is None:
        return refusal([("void.paid-needs-statement", title)])
    return None


def deferring(whom: Subject, reason: str) -> Refusal | None:
    """Whether somebody cannot be deferred."""
    breaches = list(whom.breaches())
    if reason not in DEFERRAL_REASONS:
        breaches.append(("defer.reason", "reason"))
    said = whom.placement.said.status if whom.placement else "active"
    if said != "active":
        breaches.append((f"defer.not-{said}", "participant_profile"))
    return refusal(breaches)


def resuming(whom: Subject) -> Refusal | None:
    """Whether somebody cannot resume."""
    breaches = list(whom.breaches())
    if whom.placement is not None and whom.placement.said.status == "active":
        breaches.append(("resume.was-paused", "participant_profile"))
    return refusal(breaches)


def withdrawing(register: Register, whom: Subject, reason: str) -> Refusal | None:
    """Whether somebody cannot be withdrawn."""
    breaches = list(whom.breaches())
    allowed = WITHDRAWAL_REASONS if register.deployed else (*WITHDRAWAL_REASONS, "school-left-fip")
    if whom.training is not None and reason not in allowed:
        breaches.append(("withdraw.reason", "reason"))
    declared = register.declared_of(whom.placement.training) if whom.placement else []
    if not register.deployed and whom.placement and not any(each.type == "started" for each in declared):
        breaches.append(("withdraw.needs-started", "participant_id"))
    if whom.placement is not None and whom.placement.said.status == "withdrawn":
        breaches.append(("withdraw.not-withdrawn", "participant_profile"))
    return refusal(breaches)


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
    if placement is not None:
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


def confirming(register: Register, provider: Provider, school: School, cohort: str, partner: Partner) -> Refusal | None:
    """Whether a partnership cannot be confirmed with a school that may have one."""
    breaches = []
    standing = register.standing(school, cohort)
    if standing is not None:
        rule = "part.not-yours-already" if standing.provider is provider else "part.not-anothers"
        breaches.append((rule, "school_id"))
    elif register.standing(school, str(int(cohort) - 1)) is not None and cohort not in school.programmes:
        breaches.append(("part.school-decided", "school_id"))
    if cohort not in partner.works_with.get(provider.id, ()):
        breaches.append(("part.delivery-partner-yours", "delivery_partner_id"))
    return refusal(breaches)


def changing_partner(
    register: Register, provider: Provider, partnership: Partnership, partner: Partner
) -> Refusal | None:
    """Whether a partnership cannot be delivered by somebody."""
    title = "delivery_partner_id"
    if partnership.provider is not provider or partnership.relationship:
        return refusal([("part.update-known", "404")])
    if partnership.cohort not in partner.works_with.get(provider.id, ()):
        return refusal([("part.delivery-partner-yours", title)])
    if not partnership.stands:
        return refusal([("part.update-active", title)])
    if partner is not partnership.partner and any(
        (each.provider, each.school, each.cohort, each.partner)
        == (provider, partnership.school, partnership.cohort, partner)
        for each in register.partnerships
        if each is not partnership
    ):
        return refusal([("part.update-delivery-partner", title)])
    return None
