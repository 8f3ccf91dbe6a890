"""What would have been accepted instead of what was refused.

Nothing here knows what the rules allow: candidates are put to the very rules that refused, and those they let through
are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from difflib import SequenceMatcher
from typing import Any, Final

import msgspec

from sandbox.model import COURSES, Schedule
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.participants import DEFERRAL_REASONS, WITHDRAWAL_REASONS
from sandbox.rules.rule import Breach, Refused, judge
from sandbox.rules.times import instant

Again = Callable[[Any], object]

_ENOUGH: Final = 100  # characters, to see what was meant

# The rules about each attribute: another value of it may satisfy them.
ABOUT: Final[dict[str, frozenset[str]]] = {
    "declaration_date": frozenset(
        {
            "decl.before-withdrawal",
            "decl.withdrawal-undated",
            "decl.date-given",
            "decl.date-format",
            "decl.date-not-future",
            "decl.milestone-start",
            "decl.milestone-end",
        }
    ),
    "declaration_type": frozenset(
        {"decl.type-given", "decl.milestone-exists", "decl.one-per-milestone", "decl.mentor-types"}
    ),
    "evidence_held": frozenset({"decl.evidence"}),
    "course_identifier": frozenset({"decl.npq-retired", "decl.course-matches", "participant.course-matches"}),
    "reason": frozenset({"defer.reason", "withdraw.reason"}),
    "schedule_identifier": frozenset(
        {
            "sched.identifier",
            "sched.known",
            "sched.different",
            "sched.course",
            "sched.fits-declarations",
            "sched.declared-milestone",
        }
    ),
    "cohort": frozenset({"sched.identifier", "sched.cohort", "sched.cohort-fixed", "sched.partnership"}),
}


class Nearest(msgspec.Struct, frozen=True, kw_only=True):
    """Values of an attribute that satisfy every rule about it, the closest to what was sent first.

    `still_broken` are the rules about other things that refuse the request even with the first of them.
    """

    attribute: str
    values: Sequence[str]
    still_broken: Sequence[str]


def nearest(breach: Breach, again: Again, schedules: Sequence[Schedule]) -> Nearest | None:
    """What would have been accepted instead; None when no other value of one attribute would do.

    `again` gathers the facts for another request; `schedules` are all there are.
    """
    for attribute, rules in ABOUT.items():
        if breach.rule_id in rules:
            found = _tried(breach, again, attribute, _candidates(attribute, breach.facts, schedules))
            if found is not None:
                return found
    return None


def _tried(breach: Breach, again: Again, attribute: str, candidates: Sequence[str]) -> Nearest | None:
    """The candidates with which the request is accepted, or else those with which the attribute is as it should be."""
    broken = {value: _broken(breach, again, attribute, value) for value in candidates}
    satisfying = [value for value in candidates if ABOUT[attribute].isdisjoint(broken[value])]
    accepted = [value for value in satisfying if not broken[value]]
    values = accepted or satisfying
    if not values:
        return None
    if attribute == "declaration_date":
        values = values[:1]
    return Nearest(attribute=attribute, values=values, still_broken=broken[values[0]])


def _broken(breach: Breach, again: Again, attribute: str, value: str) -> list[str]:
    """The rules that the request would break with another value."""
    facts: Any = breach.facts
    try:
        judge(breach.rules, again(replace(facts.request, **{attribute: value})))
    except Refused as refused:
        return [other.rule_id for other in refused.breaches]
    return []


def _candidates(attribute: str, facts: Any, schedules: Sequence[Schedule]) -> list[str]:
    """The values worth trying, the closest to what was sent first; of cohorts, the participant's own."""
    if attribute == "declaration_date":
        return [f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in _moments(facts)]
    choices = list(dict.fromkeys(_choices(attribute, facts, schedules)))
    return choices if attribute == "cohort" else _alike(getattr(facts.request, attribute), choices)


def _choices(attribute: str, facts: Any, schedules: Sequence[Schedule]) -> Sequence[str]:
    match attribute:
        case "declaration_type":
            return [milestone.declaration_type for milestone in facts.milestones]
        case "evidence_held":
            return facts.allowed_evidence  # type: ignore[no-any-return]
        case "course_identifier":
            return [*COURSES.values()]
        case "reason":
            return [*DEFERRAL_REASONS, *WITHDRAWAL_REASONS]
        case "schedule_identifier":
            return [schedule.identifier for schedule in schedules if schedule.cohort == facts.target_cohort]
    own = [facts.current.cohort] if facts.current else []
    return own + sorted((schedule.cohort for schedule in schedules), reverse=True)


def _alike(sent: str | None, values: list[str]) -> list[str]:
    """The values, most like what was sent first; in their own order where nothing was."""
    if sent is None:
        return values
    return sorted(values, key=lambda value: SequenceMatcher(None, sent[:_ENOUGH], value).ratio(), reverse=True)


def _moments(facts: DeclarationFacts) -> list[datetime]:
    """The moments at which a rule of dates may change its mind, the closest to what was sent first; else the latest.

    Between two of them all dates are judged alike: of the dates accepted, the nearest is among these.
    """
    meant = facts.declared_at or _meant(facts.request.declaration_date)
    moments = sorted({*_bounds(facts), *([meant] if meant else [])}, reverse=True)
    return moments if meant is None else sorted(moments, key=lambda moment: abs(moment - meant))


def _bounds(facts: DeclarationFacts) -> Iterator[datetime]:
    yield facts.now.replace(microsecond=0)
    if facts.withdrawn_at is not None:
        yield (facts.withdrawn_at - timedelta(microseconds=1)).replace(microsecond=0)
    for placement in facts.placements:
        yield from (at.replace(microsecond=0) for at in (placement.began_at, placement.ended_at) if at is not None)
    spans = [(placement.starts_on, placement.ends_on) for placement in facts.placements]
    if facts.milestone is not None:
        spans.append((facts.milestone.starts, facts.milestone.ends))
    for first, last in spans:
        yield _moment(first, time.min)
        if last is not None:
            yield _moment(last, time(23, 59, 59))


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, UTC)


def _meant(text: str | None) -> datetime | None:
    """The time that a text no rule takes for one seems to mean, such as `2024-10-14` or `2024-10-14 09:00`."""
    try:
        meant = datetime.fromisoformat(text or "").replace(microsecond=0)
    except ValueError:
        return None
    return instant(meant.isoformat())
