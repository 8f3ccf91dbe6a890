"""What of declarations is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from contract_tests.register.calendar import london, milestones
from contract_tests.register.model.judgement.refusal import ALONE, ANY, Check, Refusal, judged, role_of
from contract_tests.register.model.known import Known
from contract_tests.register.model.records import Declaration, Person, Provider, Role, day_of

TYPES: Final = (
    "started",
    *(f"retained-{n}" for n in range(1, 5)),
    "completed",
    *(f"extended-{n}" for n in range(1, 4)),
)
ATTENDED: Final = ("training-event-attended", "self-study-material-completed", "other")
ALL: Final = (*ATTENDED, "materials-engaged-with-offline")
FORM: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?")
ENGAGED: Final = ("75-percent-engagement-met", "75-percent-engagement-met-reduced-induction")


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a provider declares: of a date that is `sent` it is said what it means, if it can be read.

    Without an offset it is `dated`, as it is compared, as if it were in UTC, and `kept` as London's time.
    """

    person: Person | None
    course: str | None
    type: str | None
    sent: str | None
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
    p, c, d, t, k = "participant_id", "course_identifier", "declaration_date", "declaration_type", "cohort"
    return judged(
        [
            Check("decl.participant-known", p, (p, c), lambda: person is None),
            Check("decl.course-given", c, ANY, lambda: role_of(claim.course) is None),
            Check("decl.date-given", d, ANY, lambda: claim.sent is None),
            Check("decl.course-matches", c, (p, c, t, d), lambda: training is None and other),
            Check("decl.type-given", t, ANY, lambda: type is None),
            Check("decl.type-known", t, ANY, lambda: type not in TYPES),
            Check(
                "decl.one-per-milestone",
                t,
                (t, d),
                lambda: training is not None and any(each.type == type for each in live),
            ),
            Check("decl.date-unreadable", ALONE, (p, c, t, d), lambda: at is None),
            Check("decl.date-not-future", d, (p, c, t, d), lambda: at is not None and at > known.now),
            Check(
                "decl.milestone-start",
                d,
                (d, t, k),
                lambda: bool(earliest and milestone and earliest < london(milestone.starts)),
            ),
            Check("decl.milestone-end", d, (d, t, k), lambda: bool(at and milestone and is_after(at, milestone.ends))),
            Check("decl.date-format", d, (d,), lambda: claim.sent is not None and not FORM.fullmatch(claim.sent)),
            Check("decl.mentor-types", t, (t, k), lambda: _is_of_ects(cohort, role, type)),
            Check("decl.evidence", "evidence_held", ANY, lambda: bool(taken) and claim.evidence not in taken),
            Check("decl.withdrawal-undated", ALONE, (p,), lambda: withdrawn is not None and at is None),
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


def is_after(at: datetime, last: date | None) -> bool:
    """True of a moment after a last day, if there is one."""
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
