"""What is refused, and over which attributes, in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from contract_tests.register.calendar import london, milestones
from contract_tests.register.model.known import Known
from contract_tests.register.model.records import (
    COURSES,
    Declaration,
    Partner,
    Partnership,
    Person,
    Provider,
    Role,
    School,
    Training,
    day_of,
)
from contract_tests.register.model.standing import participant_status

TYPES: Final = (
    "started",
    *(f"retained-{n}" for n in range(1, 5)),
    "completed",
    *(f"extended-{n}" for n in range(1, 4)),
)
WITHDRAWN_FOR: Final = (
    *("left-teaching-profession", "moved-school", "mentor-no-longer-being-mentor", "switched-to-school-led"),
    *("changed-lead-provider", "other"),
)
DEFERRED_FOR: Final = ("bereavement", "long-term-sickness", "parental-leave", "career-break", "other")
SCHEDULES: Final = tuple(
    f"ecf-{kind}-{season}"
    for kind in ("standard", "extended", "reduced", "replacement")
    for season in ("september", "january", "april")
)
ATTENDED: Final = ("training-event-attended", "self-study-material-completed", "other")
ALL: Final = (*ATTENDED, "materials-engaged-with-offline")
ENGAGED: Final = ("75-percent-engagement-met", "75-percent-engagement-met-reduced-induction")
ANY: Final = ("any",)
UNJUDGED: Final = "Bad request"  # a 400, not a 422


class Check(NamedTuple):
    """What is at fault when this is true, looked at unless one of these is at fault already."""

    over: str
    unless: Sequence[str]
    fails: Callable[[], bool]


def judged(checks: Sequence[Check]) -> list[str]:
    """The attributes at fault: one for each check that fails, grouped, in the order in which each failed first."""
    over: dict[str, int] = {}
    for check in checks:
        if over and (check.unless == ANY or any(name in over for name in check.unless)):
            continue
        if check.fails():
            over[check.over] = over.get(check.over, 0) + 1
    return [name for name, times in over.items() for _ in range(times)]


def role_of(course: str | None) -> Role | None:
    """The role that a course is for."""
    return next((role for role, known in COURSES.items() if known == course), None)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a provider declares: the date is one that can be read, or None."""

    person: Person | None
    course: str | None
    type: str | None
    dated: datetime | None
    evidence: str | None


def evidence_taken(cohort: str, role: Role, type: str) -> Sequence[str]:
    """The evidence of which a type takes one; none where it takes whatever is sent, and drops it."""
    if cohort < "2025":
        return () if type == "started" else ATTENDED
    if type == "started":
        return ALL
    if type == "completed":
        return (*ENGAGED, "one-term-induction") if role == "ect" else ENGAGED
    return () if role == "mentor" else ENGAGED if type == "retained-2" else ALL


def declaring(known: Known, provider: Provider, claim: Claim) -> list[str]:
    """Over what a declaration is refused."""
    person, role, type, at = claim.person, role_of(claim.course) or "mentor", claim.type, claim.dated
    trainings = known.trainings_of(person) if person else []
    training = known.latest(provider, person, role) if person else None
    other = any(each.provider is provider for each in trainings if each.role != role)
    cohort = training.cohort if training else None
    milestone = milestones(training.schedule or "", cohort or "").get(type or "") if training else None
    live = [each for each in known.declared_of(person, role) if each.live] if person else []
    eligible = person is not None and person.funding[role].eligible_since is not None
    taken = evidence_taken(cohort, role, type or "") if cohort else ()
    today = [each for each in trainings if each.role == role and each.covers(known.today) and each.partnership]
    withdrawn = training.withdrawn if training and training.status == "withdrawn" else None
    if withdrawn and at is None:  # which cannot be compared with that
        return [UNJUDGED]
    p, c, d, t, k = "participant_id", "course_identifier", "declaration_date", "declaration_type", "cohort"
    return judged(
        [
            Check(p, (p, c), lambda: person is None),
            Check(c, ANY, lambda: role_of(claim.course) is None),
            Check(d, ANY, lambda: at is None),
            Check(c, (p, c, t, d), lambda: training is None and other),
            Check(t, ANY, lambda: type is None),
            Check(t, ANY, lambda: type not in TYPES),
            Check(t, (t, d), lambda: training is not None and any(each.type == type for each in live)),
            Check(d, (p, c, t, d), lambda: at is not None and at > known.now),
            Check(d, (d, t, k), lambda: bool(at and milestone and at < london(milestone.starts))),
            Check(d, (d, t, k), lambda: bool(at and milestone and _is_after(at, milestone.ends))),
            Check(t, (t, k), lambda: _is_of_ects(cohort, role, type)),
            Check("evidence_held", ANY, lambda: bool(taken) and claim.evidence not in taken),
            Check(p, (p,), lambda: bool(withdrawn and at and withdrawn.at <= at)),
            Check(k, (k,), lambda: any(each.cohort in known.frozen for each in today)),
            Check(k, (t, k), lambda: bool(cohort and eligible and not known.next_due(provider, cohort, "open"))),
            Check(t, (d, t, p, c, k), lambda: training is not None and milestone is None),
            Check(d, (d, t), lambda: bool(at and cohort and cohort >= "2025" and _is_out_of_turn(type, at, live))),
            Check(p, (p,), lambda: training is None and not other),
        ]
    )


def _is_after(at: datetime, last: date | None) -> bool:
    return last is not None and day_of(at) > last


def _is_of_ects(cohort: str | None, role: Role, type: str | None) -> bool:
    return role == "mentor" and (cohort or "") >= "2025" and type not in ("started", "completed")


def _is_out_of_turn(type: str | None, at: datetime, live: Sequence[Declaration]) -> bool:
    if type not in TYPES:
        return False
    place = TYPES.index(type)
    earlier = (each.dated for each in live if TYPES.index(each.type) < place)
    later = (each.dated for each in live if TYPES.index(each.type) > place)
    return any(at < each for each in earlier) or any(at > each for each in later)


def voiding(known: Known, declaration: Declaration) -> list[str]:
    """Over what taking a declaration back is refused."""
    done = declaration.state in ("voided", "awaiting-clawback", "clawed-back")
    late = declaration.state == "paid" and not known.next_due(declaration.provider, declaration.cohort)
    return ["participant_declaration_id"] if done or late else []


def pausing(known: Known, provider: Provider, person: Person, how: str, course: str, reason: str | None) -> list[str]:
    """Over what withdrawing or deferring somebody is refused."""
    role = role_of(course)
    training = known.latest(provider, person, role) if role else None
    reasons = WITHDRAWN_FOR if how == "withdraw" else DEFERRED_FOR
    p, r = "participant_id", "reason"
    paused = ("withdrawn",) if how == "withdraw" else ("withdrawn", "deferred")
    return judged(
        [
            Check("course_identifier", (), lambda: training is None),
            Check(r, (), lambda: reason not in reasons),
            Check(p, (p,), lambda: training is not None and training.status in paused),
            Check(p, (p,), lambda: training is not None and training.starts >= known.today),
            Check(r, ANY, lambda: role == "ect" and reason == "mentor-no-longer-being-mentor"),
        ]
    )


def resuming(known: Known, provider: Provider, person: Person, course: str) -> list[str]:
    """Over what somebody's return is refused."""
    role = role_of(course)
    training = known.latest(provider, person, role) if role else None
    if training is None:
        return ["course_identifier"]
    trainings = known.trainings_of(person, role)
    stay, today = training.stay, known.today
    paused = training.status != "active"
    elsewhere = any(each is not training and each.stay is stay and each.covers(today) for each in trainings)
    overlaps = any(  # with what was paused for later, too
        (stay.ends is None or each.starts <= stay.ends) and (each.ends is None or each.ends >= today)
        for each in trainings
    )
    gone = training.ends == today or not stay.goes_on_after(today)
    return ["participant_id"] if not paused or elsewhere or gone or overlaps else []


def partnership_to_use(known: Known, provider: Provider, training: Training, cohort: str) -> Partnership | None:
    """The partnership under which somebody would train in a cohort: with the same partner, else the newest."""
    if cohort == training.cohort:
        return training.partnership
    there = known.partnerships_with(training.stay.school, cohort, provider)
    partner = training.partnership.partner if training.partnership else None
    return max(there, key=lambda each: (each.partner is partner, each.created), default=None)


def rescheduling(
    known: Known, provider: Provider, person: Person, course: str, schedule: str, cohort: str | None
) -> list[str]:
    """Over what a change of schedule is refused."""
    role = role_of(course)
    training = known.latest(provider, person, role) if role else None
    target = cohort or (training.cohort if training else None)
    if training is None or role is None:
        unknown = ["schedule_identifier"] if target is None or schedule not in SCHEDULES else []
        return ["course_identifier", *unknown]
    assert target is not None
    changes, funding = target != training.cohort, person.funding[role]
    declared = [each for each in known.declarations if each.training is training]
    has_completed = person.inducted_on if role == "ect" else funding.ineligible_from
    in_place = training.starts >= known.today or (role == "ect" and has_completed is not None)
    clashes = in_place and changes and any(each.statement for each in declared)
    status = participant_status(training, known.today)
    later = any(each.starts > training.starts for each in known.trainings_of(person, role))
    lacks = changes and partnership_to_use(known, provider, training, target) is None
    s, k, p = "schedule_identifier", "cohort", "participant_id"
    other_role = "replacement" if role == "ect" else "reduced"
    reduced = role == "ect" and "reduced" in schedule
    return judged(
        [
            Check(s, (s,), lambda: schedule not in SCHEDULES),
            Check(s, (s,), lambda: (training.schedule, training.cohort) == (schedule, target)),
            Check(s, (s,), lambda: other_role in schedule),
            Check(s, (s,), lambda: training.starts >= known.today and _leaves_out(declared, schedule, target)),
            Check(s, (s,), lambda: clashes),
            Check(k, (k,), lambda: lacks),
            Check(k, (k,), lambda: target in known.frozen and funding.frozen != target),
            Check(p, (p,), lambda: has_completed is not None and not reduced),
            Check(p, (p,), lambda: status == "left" or (training.status == "withdrawn" and status == "leaving")),
            Check(p, (p,), lambda: later),
        ]
    )


def _leaves_out(declared: Sequence[Declaration], schedule: str, cohort: str) -> bool:
    there = milestones(schedule, cohort)
    return any(
        each.dated < london(there[each.type].starts) or _is_after(each.dated, there[each.type].ends)
        for each in declared
        if each.type in there
    )


def partnering(
    known: Known, provider: Provider, cohort: str | None, school: School | None, partner: Partner | None
) -> list[str]:
    """Over what a partnership is refused; None stands for nothing sent."""
    k, s, d = "cohort", "school_id", "delivery_partner_id"
    there = bool(cohort and school and known.partnerships_with(school, cohort, provider))
    standing = school.standings.get(cohort) if school and cohort else None
    return judged(
        [
            Check(k, (), lambda: not cohort),
            Check(s, (), lambda: school is None),
            Check(d, (), lambda: partner is None),
            Check(k, (k,), lambda: date(int(cohort or 0), 6, 1) > known.today),
            Check(k, (k,), lambda: (cohort or "") < "2023"),
            Check(d, (), lambda: partner is not None and cohort not in partner.works_with.get(provider, ())),
            Check(s, (), lambda: there),
            Check(s, (), lambda: standing is not None and standing.programme == "school_led"),
        ]
    )


def changing_partner(known: Known, partnership: Partnership, partner: Partner | None) -> list[str]:
    """Over what another delivery partner of a partnership is refused."""
    d = "delivery_partner_id"
    there = known.partnerships_with(partnership.school, partnership.cohort, partnership.provider)
    return judged(
        [
            Check(d, (), lambda: partner is None),
            Check(d, (), lambda: partner is not None and not _works_there(partner, partnership)),
            Check(d, (), lambda: any(each.partner is partner for each in there)),
        ]
    )


def _works_there(partner: Partner, partnership: Partnership) -> bool:
    return partnership.cohort in partner.works_with.get(partnership.provider, ())
