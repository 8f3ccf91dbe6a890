"""What comes of what lead providers ask for, once it is accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from contract_tests.register.model import schools
from contract_tests.register.model.judgement import partnership_to_use
from contract_tests.register.model.known import Known
from contract_tests.register.model.records import (
    DAY,
    Declaration,
    Person,
    Provider,
    Stamp,
    Training,
    day_of,
)


def pause(known: Known, training: Training, how: str, reason: str) -> None:
    """Somebody is withdrawn or deferred: the training ends today, unless it has ended before."""
    if training.ends is None or training.ends > known.today:
        training.ends, training.moved = known.today, known.now
    setattr(training, {"withdraw": "withdrawn", "defer": "deferred"}[how], Stamp(known.now, reason))
    known.changed(training)


def resume(known: Known, training: Training) -> None:
    """Somebody is back: another training begins, to the end of the time at the school."""
    _again(known, training, starts=known.today, ends=training.stay.ends)


def _again(known: Known, training: Training, **about: object) -> None:
    times = {"created": known.now, "moved": known.now, "withdrawn": None, "deferred": None}
    known.trainings.append(made := replace(training, **times, **about))  # type: ignore[arg-type]
    known.changed(made)


def change_schedule(known: Known, provider: Provider, training: Training, schedule: str, cohort: str) -> None:
    """Somebody is on another schedule: training that began before ends yesterday, and another begins."""
    partnership = partnership_to_use(known, provider, training, cohort)
    left, funding = training.cohort, training.person.funding[training.role]
    named = training.named if cohort == left else None
    about = {"schedule": schedule, "cohort": cohort, "partnership": partnership, "named": named}
    has_outcome = training.role == "ect" and training.person.inducted_on is not None
    if training.starts >= known.today or has_outcome:
        for name, value in about.items():
            setattr(training, name, value)
        for declaration in known.declarations:
            if declaration.training is training:
                declaration.cohort = cohort
    else:
        ahead = [day for day in (training.ends, training.stay.ends) if day is not None and day >= known.today]
        schools.end(known, training, known.today - DAY)
        _again(known, training, starts=known.today, ends=min(ahead, default=None), **about)
    if cohort == funding.frozen:
        funding.frozen = None
    elif cohort != left and left in known.frozen:
        funding.frozen = left
    known.changed(training)


def declared(known: Known, made: Declaration) -> None:
    """Something was declared; a mentor has completed by it, perhaps."""
    known.declarations.append(made)
    _follow_completion(known, made)


def mentor_at(known: Known, training: Training, dated: datetime) -> Person | None:
    """Who mentors an ECT on a day or, if nobody does, at the nearest time to it."""
    day = day_of(dated)

    def distance(starts: int, ends: int) -> int:
        return max(starts, ends, 0)

    there = [each for each in known.mentorships if each.ect is training.stay]
    nearest = min(
        there,
        key=lambda each: (
            distance((each.starts - day).days, (day - each.ends).days if each.ends else 0),
            each.starts,
            each.created,
        ),
        default=None,
    )
    return nearest.mentor.person if nearest else None


def void(known: Known, declaration: Declaration) -> None:
    """A declaration is taken back; if it was paid, its money is, with the next statement."""
    if declaration.state == "paid":
        declaration.state = "awaiting-clawback"
        declaration.clawback = known.next_due(declaration.provider, declaration.cohort)
    else:
        declaration.state, declaration.statement = "voided", None
    declaration.updated = known.now
    _follow_completion(known, declaration)


def _follow_completion(known: Known, declaration: Declaration) -> None:
    if (declaration.role, declaration.type) != ("mentor", "completed"):
        return
    person, funding = declaration.person, declaration.person.funding["mentor"]
    live = [each for each in known.declared_of(person, "mentor") if each.type == "completed" and each.live]
    training = known.latest(declaration.provider, person, "mentor")  # none once a school has taken it back
    if live:
        funding.ineligible_from = day_of(max(each.dated for each in live))
        person.reason = "completed_declaration_received"
        known.touch(person)
        if training and (training.ends is None or training.ends > known.today):
            training.ends, training.moved = max(funding.ineligible_from, training.starts + DAY), known.now
            known.changed(training)
        return
    if person.reason != "completed_declaration_received":
        return
    funding.ineligible_from, person.reason = None, None
    known.touch(person)
    ends = training.ends if training else None
    if training and ends and ends <= known.today and training.stay.goes_on_after(max(ends, known.today)):
        starts, stays_until = ends + DAY, training.stay.ends
        if not any(_overlaps(each, starts, stays_until) for each in known.trainings_of(person, "mentor")):
            _again(known, training, starts=starts, ends=stays_until)


def _overlaps(other: Training, starts: date, ends: date | None) -> bool:
    return (other.ends is None or other.ends >= starts) and (ends is None or other.starts <= ends)
