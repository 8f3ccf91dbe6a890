"""Two things at a time that are wrong with what is asked, of people with every kind of past: what is said, in order."""

from __future__ import annotations

from typing import Final

from contract_tests.register.asking import ELSEWHERE
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.records import COURSES, ROLES, Role
from contract_tests.register.walks.chance import PARTNERS
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL, PREMIUM
from contract_tests.walking.faults import two_at_a_time

FIRST, SECOND, THIRD = range(3)
SEPTEMBER: Final = "2025-09-03"
AUTUMN: Final = "2025-10-10T09:00:00Z"
Somebody = tuple[str, Role]


def _trainees(past: Past) -> list[Somebody]:
    """Who trains, was withdrawn, moved or begins today; is both, another's, was two, or is of a frozen cohort."""
    people: list[Somebody] = []
    for role in ROLES:
        claimed = SEPTEMBER if role == "ect" else None
        there = [past.registers(RIVERBANK, FIRST, SEPTEMBER, role, claimed=claimed) for _ in range(3)]
        trains, withdrawn, moves = there
        past.declares(FIRST, trains, "started", AUTUMN, role)
        past.pauses(FIRST, withdrawn, "withdraw", role=role, at="2026-03-02T09:00:00Z")
        past.joins(moves, CASTLE_HILL, "2026-03-05", SECOND, role, at="2026-03-05T09:00:00Z")
        begins = past.registers(ASHDOWN, FIRST, 0, role)
        past.reschedules(FIRST, begins, "standard-january", role=role)
        people += [(each, role) for each in (*there, begins)]
    both = past.registers(RIVERBANK, FIRST, SEPTEMBER)
    past.registers(ASHDOWN, SECOND, SEPTEMBER, "mentor", also=both)
    anothers, was = past.registers(CASTLE_HILL, SECOND, SEPTEMBER), past.registers(ASHDOWN, SECOND, SEPTEMBER, "mentor")
    past.does("merge", who=was, into=anothers)
    frozen = past.registers(RIVERBANK, FIRST, "2024-09-02")
    past.declares(FIRST, frozen, "started", "2024-10-10")
    past.does("freeze", cohort="2024")
    return [*people, *((each, "ect") for each in (both, anothers, was, frozen))]


def _whose_time_ends(past: Past) -> list[Somebody]:
    """Who takes a break, leaves, goes on elsewhere, has completed, has left since, or was withdrawn as they leave."""
    people: list[Somebody] = []
    for role in ROLES:
        claimed = SEPTEMBER if role == "ect" else None
        there = [past.registers(RIVERBANK, FIRST, SEPTEMBER, role, claimed=claimed) for _ in range(6)]
        deferred, leaves, goes_on, completes, has_left, is_leaving = there
        past.pauses(FIRST, deferred, role=role)
        for who in (completes, has_left, is_leaving):
            past.declares(FIRST, who, "completed", "2026-07-10", role)
            if role == "ect":
                past.ends_induction(who, "pass")
        past.leaves(has_left, -3, role)
        for who in (leaves, goes_on, is_leaving):
            past.leaves(who, 9, role)
        past.joins(goes_on, ASHDOWN, 10, FIRST, role)
        past.pauses(FIRST, is_leaving, "withdraw", role=role)
        declared = past.registers(ASHDOWN, FIRST, 0, role)
        past.declares(FIRST, declared, "started", f"{past.day(0)}T08:00:00Z", role)
        people += [(each, role) for each in (*there, declared)]
    return people


def declared_with_two_things_wrong(past: Past) -> None:
    """What is said of a declaration of which two things are wrong."""
    wrong = {
        "course": (None, "ecf-headship", *COURSES.values()),
        "type": (None, "begun", "retained-1", "retained-2", "completed", "extended-1"),
        "dated": (
            *(None, "garbage", "2025-10-10 09:00:00Z", "2099-01-01 00:00:00Z", "2099-01-01T00:00:00Z"),
            *("2025-05-31T22:59:59Z", "2026-01-20T09:00:00Z", "2026-07-10T09:00:00Z", "2026-09-15T20:00:00Z"),
        ),
        "evidence": (None, "75-percent-engagement-met"),
    }
    past.partners_up(FIRST, PREMIUM, "2023", 0)
    too_late: Somebody = past.registers(PREMIUM, FIRST, "2023-09-04", claimed="2023-09-04"), "ect"  # to be paid
    people = [too_late, *_trainees(past)]
    for frozen in (False, True):
        for who, role in people if not frozen else [too_late]:
            right = {"course": COURSES[role], "type": "started", "dated": AUTUMN, "evidence": "other"}
            for number, request in enumerate(two_at_a_time(right, wrong)):
                named = f"{who} with faults {number}, {frozen}"
                past.does_now("declare", by=FIRST, who=who, named=named, **request)
        past.does("thaw" if frozen else "freeze", cohort="2023")
    past.does("thaw", cohort="2024")


def rescheduled_with_two_things_wrong(past: Past) -> None:
    """What is said of a change of schedule of which two things are wrong."""
    wrong = {
        "course": ("ecf-headship", *COURSES.values()),
        "schedule": ("ecf-standard-spring", "ecf-standard-january", "ecf-reduced-april", "ecf-replacement-april"),
        "cohort": ("2022", "2023", "2024", "2025", "2026"),
    }
    for who, role in (*_trainees(past), *_whose_time_ends(past)):
        right = {"course": COURSES[role], "schedule": "ecf-standard-september", "cohort": None}
        for request in two_at_a_time(right, wrong):
            past.does_now("change-schedule", by=FIRST, who=who, **request)
    past.does("thaw", cohort="2024")


def paused_with_two_things_wrong(past: Past) -> None:
    """What is said of who is withdrawn, deferred or resumed, though two things are wrong."""
    wrong = {
        "course": ("ecf-headship", *COURSES.values()),
        "reason": ("", "no-reason", "moved-school", "bereavement", "mentor-no-longer-being-mentor"),
    }
    for who, role in (*_trainees(past), *_whose_time_ends(past)):
        for course in wrong["course"]:
            past.does_now("resume", by=FIRST, who=who, course=course)
        for how in ("defer", "withdraw"):
            for request in two_at_a_time({"course": COURSES[role], "reason": "other"}, wrong):
                past.does_now("pause", by=FIRST, who=who, how=how, **request)
    past.does("thaw", cohort="2024")


def confirmed_with_two_things_wrong(past: Past) -> None:
    """What is said of a partnership of which two things are wrong."""
    wrong = {
        "urn": (None, RIVERBANK, ASHDOWN),
        "cohort": (None, "2019", "2022", "2023", "2025"),
        "partner": (None, PARTNERS[2], PARTNERS[4]),
    }
    taught_there = past.registers(ELSEWHERE, FIRST, SEPTEMBER)
    past.does("change-programme", who=taught_there, programme="school_led", provider=FIRST)
    right = {"urn": ELSEWHERE, "cohort": "2026", "partner": PARTNERS[0]}
    for request in two_at_a_time(right, wrong):
        past.does_now("confirm", by=FIRST, **request)
