"""What is refused: by which rules, and over which attributes, in which order."""

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


class Refusal(NamedTuple):
    """How something is refused: over which things, in order, and by which rules."""

    titles: Sequence[str]
    rules: Sequence[str]
    status: int = 422


UNJUDGED: Final = Refusal(["Bad request"], ["decl.withdrawal-undated"], 400)


def not_there(rule: str) -> Refusal:
    """What is said of whatever is not there, or not the provider's, by this rule."""
    return Refusal(["Resource not found"], [rule], 404)


class Check(NamedTuple):
    """A rule, and what is at fault when this is true, looked at unless one of these is at fault already."""

    rule: str
    over: str
    unless: Sequence[str]
    fails: Callable[[], bool]


def judged(checks: Sequence[Check]) -> Refusal | None:
    """The attributes at fault: one for each check that fails, grouped, in the order in which each failed first."""
    over: dict[str, list[str]] = {}
    for check in checks:
        if over and (check.unless == ANY or any(name in over for name in check.unless)):
            continue
        if check.fails():
            over.setdefault(check.over, []).append(check.rule)
    if not over:
        return None
    return Refusal(
        [name for name, rules in over.items() for _ in rules], [rule for each in over.values() for rule in each]
    )


def role_of(course: str | None) -> Role | None:
    """The role that a course is for."""
    return next((role for role, known in COURSES.items() if known == course), None)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a provider declares: the date is one that can be read, or None.

    Without an offset it is `dated`, as it is compared, as if it were in UTC, and `kept` as London's time.
    """

    person: Person | None
    course: str | None
    type: str | None
    dated: datetime | None
    kept: datetime | None
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


def declaring(known: Known, provider: Provider, claim: Claim) -> Refusal | None:
    """Over what a declaration is refused."""
    person, role, type, at = claim.person, role_of(claim.course) or "mentor", claim.type, claim.dated
    earliest = min((each for each in (at, claim.kept) if each is not None), default=None)
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
        return UNJUDGED
    p, c, d, t, k = "participant_id", "course_identifier", "declaration_date", "declaration_type", "cohort"
    return judged(
        [
            Check("decl.participant-known", p, (p, c), lambda: person is None),
            Check("decl.course-given", c, ANY, lambda: role_of(claim.course) is None),
            Check("decl.date-given", d, ANY, lambda: at is None),
            Check("decl.course-matches", c, (p, c, t, d), lambda: training is None and other),
            Check("decl.type-given", t, ANY, lambda: type is None),
            Check("decl.type-known", t, ANY, lambda: type not in TYPES),
            Check(
                "decl.one-per-milestone",
                t,
                (t, d),
                lambda: training is not None and any(each.type == type for each in live),
            ),
            Check("decl.date-not-future", d, (p, c, t, d), lambda: at is not None and at > known.now),
            Check(
                "decl.milestone-start",
                d,
                (d, t, k),
                lambda: bool(earliest and milestone and earliest < london(milestone.starts)),
            ),
            Check("decl.milestone-end", d, (d, t, k), lambda: bool(at and milestone and _is_after(at, milestone.ends))),
            Check("decl.mentor-types", t, (t, k), lambda: _is_of_ects(cohort, role, type)),
            Check("decl.evidence", "evidence_held", ANY, lambda: bool(taken) and claim.evidence not in taken),
            Check("decl.before-withdrawal", p, (p,), lambda: bool(withdrawn and at and withdrawn.at <= at)),
            Check("decl.cohort-not-frozen", k, (k,), lambda: any(each.cohort in known.frozen for each in today)),
            Check(
                "decl.cohort-open",
                k,
                (t, k),
                lambda: bool(cohort and eligible and not known.next_due(provider, cohort, "open")),
            ),
            Check("decl.milestone-exists", t, (d, t, p, c, k), lambda: training is not None and milestone is None),
            Check(
                "decl.in-sequence",
                d,
                (d, t),
                lambda: bool(at and cohort and cohort >= "2025" and _is_out_of_turn(type, at, live)),
            ),
            Check("decl.placed-with-provider", p, (p,), lambda: training is None and not other),
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


def voiding(known: Known, declaration: Declaration) -> Refusal | None:
    """Over what taking a declaration back is refused."""
    done = declaration.state in ("voided", "awaiting-clawback", "clawed-back")
    late = declaration.state == "paid" and not known.next_due(declaration.provider, declaration.cohort)
    rule = "void.paid-needs-statement" if late else "void.once" if declaration.state == "voided" else "void.final"
    return Refusal(["participant_declaration_id"], [rule]) if done or late else None


def pausing(
    known: Known, provider: Provider, person: Person, how: str, course: str, reason: str | None
) -> Refusal | None:
    """Over what withdrawing or deferring somebody is refused."""
    role = role_of(course)
    training = known.latest(provider, person, role) if role else None
    reasons = WITHDRAWN_FOR if how == "withdraw" else DEFERRED_FOR
    c, p, r = "course_identifier", "participant_id", "reason"
    status = training.status if training else None
    return judged(
        [
            Check("participant.course-matches", c, (), lambda: training is None),
            Check(f"{how}.reason", r, (), lambda: reason not in reasons),
            Check(f"{how}.not-withdrawn", p, (c, p), lambda: status == "withdrawn"),
            Check("defer.not-deferred", p, (c, p), lambda: how == "defer" and status == "deferred"),
            Check("training.begun", p, (c, p), lambda: training is not None and training.starts > known.today),
            Check("training.one-day", p, (c, p), lambda: training is not None and training.starts == known.today),
            Check(
                "withdraw.mentor-only-reason",
                r,
                (c, r, p),
                lambda: role == "ect" and reason == "mentor-no-longer-being-mentor",
            ),
        ]
    )


def resuming(known: Known, provider: Provider, person: Person, course: str) -> Refusal | None:
    """Over what somebody's return is refused."""
    role = role_of(course)
    training = known.latest(provider, person, role) if role else None
    if training is None:
        return Refusal(["course_identifier"], ["participant.course-matches"])
    trainings = known.trainings_of(person, role)
    stay, today, p = training.stay, known.today, "participant_id"
    return judged(
        [
            Check("resume.was-paused", p, (p,), lambda: training.status == "active"),
            Check(
                "resume.not-elsewhere",
                p,
                (p,),
                lambda: any(each is not training and each.stay is stay and each.covers(today) for each in trainings),
            ),
            Check("resume.not-same-day", p, (p,), lambda: training.ends == today),
            Check("resume.still-at-school", p, (p,), lambda: not stay.goes_on_after(today)),
            Check(
                "resume.overlaps",
                p,
                (p,),
                lambda: any(  # with what was paused for later, too
                    (stay.ends is None or each.starts <= stay.ends) and (each.ends is None or each.ends >= today)
                    for each in trainings
                ),
            ),
        ]
    )


def partnership_to_use(known: Known, provider: Provider, training: Training, cohort: str) -> Partnership | None:
    """The partnership under which somebody would train in a cohort: with the same partner, else the newest."""
    if cohort == training.cohort:
        return training.partnership
    there = known.partnerships_with(training.stay.school, cohort, provider)
    partner = training.partnership.partner if training.partnership else None
    return max(there, key=lambda each: (each.partner is partner, each.created), default=None)


def rescheduling(
    known: Known, provider: Provider, person: Person, course: str, schedule: str, cohort: str | None
) -> Refusal | None:
    """Over what a change of schedule is refused."""
    role = role_of(course)
    training = known.latest(provider, person, role) if role else None
    target = cohort or (training.cohort if training else None)
    if training is None or role is None:
        found = Refusal(["course_identifier"], ["participant.course-matches"])
        if target is not None and schedule in SCHEDULES:
            return found
        return Refusal([*found.titles, "schedule_identifier"], [*found.rules, "sched.identifier"])
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
            Check("sched.identifier", s, (s,), lambda: schedule not in SCHEDULES),
            Check("sched.different", s, (s,), lambda: (training.schedule, training.cohort) == (schedule, target)),
            Check("sched.course", s, (s,), lambda: other_role in schedule),
            Check(
                "sched.fits-declarations",
                s,
                (s,),
                lambda: training.starts >= known.today and _leaves_out(declared, schedule, target),
            ),
            Check("sched.statement-clash", s, (s,), lambda: clashes),
            Check("sched.partnership", k, (k,), lambda: lacks),
            Check("sched.not-into-frozen", k, (k,), lambda: target in known.frozen and funding.frozen != target),
            Check("sched.not-completed", p, (p,), lambda: has_completed is not None and not reduced),
            Check("sched.not-left", p, (p,), lambda: status == "left"),
            Check("sched.not-withdrawn", p, (p,), lambda: training.status == "withdrawn" and status == "leaving"),
            Check("sched.no-later-training", p, (p,), lambda: later),
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
) -> Refusal | None:
    """Over what a partnership is refused; None stands for nothing sent."""
    k, s, d = "cohort", "school_id", "delivery_partner_id"
    there = bool(cohort and school and known.partnerships_with(school, cohort, provider))
    standing = school.standings.get(cohort) if school and cohort else None
    return judged(
        [
            Check("part.cohort-given", k, (), lambda: not cohort),
            Check("part.school-given", s, (), lambda: school is None),
            Check("part.delivery-partner-given", d, (), lambda: partner is None),
            Check("part.cohort-begun", k, (k,), lambda: date(int(cohort or 0), 6, 1) > known.today),
            Check("part.cohort-enabled", k, (k,), lambda: (cohort or "") < "2023"),
            Check(
                "part.delivery-partner-yours",
                d,
                (),
                lambda: partner is not None and cohort not in partner.works_with.get(provider, ()),
            ),
            Check("part.not-yours-already", s, (), lambda: there),
            Check("part.not-school-led", s, (), lambda: standing is not None and standing.programme == "school_led"),
        ]
    )


def changing_partner(known: Known, partnership: Partnership, partner: Partner | None) -> Refusal | None:
    """Over what another delivery partner of a partnership is refused."""
    d = "delivery_partner_id"
    there = known.partnerships_with(partnership.school, partnership.cohort, partnership.provider)
    return judged(
        [
            Check("part.delivery-partner-given", d, (), lambda: partner is None),
            Check(
                "part.delivery-partner-yours",
                d,
                (),
                lambda: partner is not None and not _works_there(partner, partnership),
            ),
            Check("part.update-delivery-partner", d, (), lambda: any(each.partner is partner for each in there)),
        ]
    )


def _works_there(partner: Partner, partnership: Partnership) -> bool:
    return partnership.cohort in partner.works_with.get(partnership.provider, ())
