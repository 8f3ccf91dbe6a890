"""What may not be declared, and which declarations may not be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from contract_tests.calendar import Milestone
from contract_tests.model.judgement.subjects import Breach, Refusal, Subject, refusal
from contract_tests.model.records import Declaration, Person, Placement, Provider, Schedule, Training
from contract_tests.model.register import Register

ATTENDED: Final = ("training-event-attended", "self-study-material-completed", "other")
DETAILED: Final = (*ATTENDED, "materials-engaged-with-offline")
ENGAGED: Final = ("75-percent-engagement-met", "75-percent-engagement-met-reduced-induction")
COMPLETED: Final = (*ENGAGED, "one-term-induction")


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
