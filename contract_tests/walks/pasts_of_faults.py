"""Two things at a time that are wrong with what is asked, of people with every kind of past: what is said, in order."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from contract_tests.walking.faults import two_at_a_time
from contract_tests.walks.past import SECOND as A_SECOND
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import AUTUMN, FAR, FIRST, HERE, NEXT, SECOND, THIS_AUTUMN

COURSES: Final = ("ecf-induction", "ecf-mentor", "ecf-headship")
NONE: Final = timedelta(0)


def _people(past: Past) -> list[tuple[str, int, str]]:
    """Who trains, has paused, left, moved, is another's, waits for the DfE or was two: names, providers and ids."""
    past.pace = A_SECOND
    people: list[tuple[str, int, str]] = []
    for role in ("ect", "mentor"):
        there = [past.registers(HERE, role=role) for _ in range(8)]
        declared, deferred, withdrawn, left, leaves, moves, dropped, _trains = there
        for who in (declared, withdrawn, moves):
            past.declares(FIRST, who, "started", THIS_AUTUMN)
        past.defers(FIRST, deferred)
        past.withdraws(FIRST, withdrawn)
        past.leaves(left, -2)
        past.leaves(leaves, 2)
        past.joins(moves, FAR, -2)
        past.does("withdraw-by-school", who=dropped)
        begins = past.registers(NEXT, role=role, starts_on=past.day(2))
        waits = past.registers(NEXT, role=role, validation="checking_qts")
        anothers = past.registers(FAR, role=role)
        earlier = past.registers(HERE, "2023", role)
        people += [(who, FIRST, "now") for who in (*there, begins, waits, anothers, earlier)]
        people += [(moves, SECOND, "now")]
    both = past.registers(HERE)
    people += [(who, FIRST, "now") for who in (both, past.mentors_as_well(both, NEXT))]
    one, other = past.registers(HERE), past.registers(NEXT, role="mentor")
    past.does("merge", who=other, into=one)
    past.pace = NONE
    return [*people, *((who, FIRST, id) for who in (one, other) for id in ("now", "then"))]


def _wrong_courses(past: Past, who: str) -> list[str]:
    """The courses under which somebody does not train, and that which is meant."""
    meant = past.training(who)
    others = {each.course for each in past.world.register.trainings_of(meant.person) if each is not meant}
    return [course for course in COURSES if course not in others]


def declared_with_two_things_wrong(past: Past) -> None:
    """What is said of a declaration of which two things are wrong."""
    wrong = {
        "type": ("retained-1", "retained-4", "completed", "extended-1"),
        "dated": (AUTUMN, "2024-08-31T23:59:59Z", "2025-01-20T09:00:00Z", "2099-01-01T00:00:00Z"),
        "evidence": ("other", "75-percent-engagement-met"),
    }
    right = {"course": None, "type": "started", "dated": THIS_AUTUMN, "evidence": None}
    for who, by, id in _people(past):
        faults = {"course": _wrong_courses(past, who), **wrong}
        for number, request in enumerate(two_at_a_time(right, faults)):
            past.does("declare", by=by, who=who, id=id, named=f"{who} with faults {number} by {id}", **request)


def rescheduled_with_two_things_wrong(past: Past) -> None:
    """What is said of a change of schedule of which two things are wrong."""
    wrong = {
        "to": ("ecf-standard-spring", "ecf-standard-january", "ecf-reduced-april", "ecf-replacement-april"),
        "cohort": ("2019", "2022", "2023", "2024", "2025", "2026"),
    }
    right = {"course": None, "to": "ecf-standard-september", "cohort": None}
    for who, by, id in _people(past):
        faults = {"course": _wrong_courses(past, who), **wrong}
        for request in two_at_a_time(right, faults):
            past.does("change-schedule", by=by, who=who, id=id, **request)


def paused_with_two_things_wrong(past: Past) -> None:
    """What is said of who is withdrawn, deferred or resumed, though two things are wrong."""
    reasons = ("", "no-reason", "moved-school", "bereavement", "mentor-no-longer-being-mentor")
    for who, by, id in _people(past):
        faults = {"course": _wrong_courses(past, who), "reason": reasons}
        for course in faults["course"]:
            past.does("resume", by=by, who=who, id=id, course=course)
        for how in ("defer", "withdraw"):
            for request in two_at_a_time({"course": None, "reason": "other"}, faults):
                past.does(how, by=by, who=who, id=id, **request)


def confirmed_with_two_things_wrong(past: Past) -> None:
    """What is said of a partnership of which two things are wrong."""
    wrong = {"urn": (HERE, FAR), "cohort": ("2021", "2022", "2023", "2025"), "partner": (0, 2)}
    for request in two_at_a_time({"urn": NEXT, "cohort": "2024", "partner": 1}, wrong):
        past.does("confirm", by=SECOND, **request)
