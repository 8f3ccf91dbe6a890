"""Which changes of schedule are refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from contract_tests.register.calendar import london, milestones
from contract_tests.register.model.judgement.declaring import is_after
from contract_tests.register.model.judgement.refusal import Check, Refusal, judged, role_of
from contract_tests.register.model.known import Known
from contract_tests.register.model.records import Declaration, Partnership, Person, Provider, Training
from contract_tests.register.model.standing import participant_status

SCHEDULES: Final = tuple(
    f"ecf-{kind}-{season}"
    for kind in ("standard", "extended", "reduced", "replacement")
    for season in ("september", "january", "april")
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
        each.dated < london(there[each.type].starts) or is_after(each.dated, there[each.type].ends)
        for each in declared
        if each.type in there
    )
