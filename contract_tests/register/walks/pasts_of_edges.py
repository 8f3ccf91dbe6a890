"""Pasts that hang on what is at the edge of another: a role, a cohort, a school or a provider that is not asked for."""

from __future__ import annotations

from typing import Final

from contract_tests.register.asking import DECLARATIONS, ELSEWHERE, PARTICIPANTS, TRANSFERS, UNFUNDED
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.records import COURSES, ROLES
from contract_tests.register.walks.chance import PARTNERS
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL, PREMIUM

FIRST, SECOND, THIRD = range(3)
AUTUMN: Final = "2025-10-10"


def declared_by_who_trains_them_otherwise(past: Past) -> None:
    """Who trains somebody in one role declares nothing in the other, and who trains them in none nothing at all.

    Which of these it is does not hang on what others train them in, or have declared of them.
    """
    who = past.registers(RIVERBANK, FIRST, "2025-09-03")
    past.registers(ASHDOWN, SECOND, "2025-09-03", "mentor", also=who)
    for declared in (False, True):
        for by in (FIRST, SECOND, THIRD):
            for role in ROLES:
                if by == THIRD or (by, role) in ((FIRST, "mentor"), (SECOND, "ect")):
                    past.declares(by, who, "started", AUTUMN, role)
                    past.declares(by, who, "started", "2027-10-10", role)
        if not declared:
            past.declares(FIRST, who, "started", AUTUMN, "ect")
            past.declares(SECOND, who, "started", AUTUMN, "mentor")
    past.looks(DECLARATIONS)


def hoped_for_in_an_earlier_cohort(past: Past) -> None:
    """Cohort and schedule are kept of training that was only hoped for, at the next school or with another provider."""
    for role in ROLES:
        moves, changes = (past.registers(ELSEWHERE, THIRD, "2024-11-04", role) for _ in range(2))
        past.joins(moves, RIVERBANK, -3, FIRST, role, at=f"{past.day(-3)}T09:00:00Z")
        past.looks(PARTICIPANTS)
        past.does("change-provider", who=changes, role=role, to=FIRST)
        past.partners_up(FIRST, ELSEWHERE, "2024", ROLES.index(role))
        past.looks(PARTICIPANTS, TRANSFERS)


def led_in_one_cohort_and_by_the_school_in_the_next(past: Past) -> None:
    """A school at which somebody was led by a provider, be it in an earlier cohort, is led of the next one as well."""
    was = past.registers(ELSEWHERE, SECOND, "2025-09-03")
    past.partners_up(SECOND, ELSEWHERE, "2025", 2)
    past.does("change-programme", who=was, programme="school_led", provider=SECOND)
    past.looks_at_schools()
    past.does("confirm", by=FIRST, urn=ELSEWHERE, cohort="2026", partner=PARTNERS[0])
    past.looks_at_schools()


def back_on_the_last_day_at_school(past: Past) -> None:
    """Who leaves today, or has left, does not come back; who leaves tomorrow does, for a day."""
    for role in ROLES:
        for goes in (-1, 0, 1):
            who = past.registers(RIVERBANK, FIRST, "2025-09-03", role)
            past.pauses(FIRST, who, role=role, at="2026-03-02T09:00:00Z")
            past.leaves(who, goes, role)
            past.resumes(FIRST, who, role)
            past.looks(PARTICIPANTS, TRANSFERS)


def part_time_at_the_next_school(past: Past) -> None:
    """The working pattern is that of where somebody came last, whoever trains them there, or nobody."""
    for by, urn in ((SECOND, ASHDOWN), (THIRD, ELSEWHERE), (None, ELSEWHERE)):
        who = past.registers(RIVERBANK, FIRST, "2025-09-03", pattern="part_time")
        past.joins(who, urn, -3, by, at=f"{past.day(-3)}T09:00:00Z", led_by_school=by is None)
        past.looks(PARTICIPANTS)
        past.changes(who, pattern="part_time")
        past.looks(PARTICIPANTS)


def wanted_for_no_day(past: Past) -> None:
    """What a school wanted of training that never was is known of it no more, though whom it was for had been there."""
    for by in (FIRST, THIRD):
        who = past.registers(CASTLE_HILL, by, -30, at=f"{past.day(0)}T08:00:00Z")
        past.looks_at_schools()
        past.leaves(who, 0)
        past.looks_at_schools()
    changed = past.registers(ELSEWHERE, FIRST, -30, at=f"{past.day(-30)}T08:00:00Z")
    past.does("change-provider", who=changed, role="ect", to=SECOND)
    past.looks_at_schools()
    past.leaves(changed, 0)
    past.looks_at_schools()


def paused_without_a_reason(past: Past) -> None:
    """A reason that is none is said with whatever else is at fault, be it the course; a mentor's reason last of all."""
    withdrawn, deferred, trains = (past.registers(RIVERBANK, FIRST, "2025-09-03") for _ in range(3))
    past.pauses(FIRST, withdrawn, "withdraw", at="2026-03-02T09:00:00Z")
    past.pauses(FIRST, deferred, at="2026-03-02T09:00:00Z")
    today, tomorrow = (past.registers(RIVERBANK, FIRST, starts) for starts in (0, 1))
    for who in (withdrawn, deferred, today, tomorrow, trains):
        for course in COURSES.values():
            for how, reason in (
                *(("withdraw", "no-reason"), ("withdraw", "mentor-no-longer-being-mentor")),
                *(("defer", "no-reason"), ("defer", "moved-school")),
            ):
                past.does("pause", by=FIRST, who=who, how=how, course=course, reason=reason)


def into_another_cohort_through_one_of_two(past: Past) -> None:
    """Who goes into another cohort trains through the partner they had, be it not the newest; else the newest."""
    for urn, own, others in ((PREMIUM, 0, (0, 1)), (CASTLE_HILL, None, (1, 0, 2)), (ASHDOWN, 2, (1, 0))):
        if own is not None:  # as there is one with the first partner
            past.partners_up(FIRST, urn, "2025", own)
        for partner in others:
            past.partners_up(FIRST, urn, "2024", partner)
        for role in ROLES:
            who = past.registers(urn, FIRST, "2025-09-03", role)
            past.reschedules(FIRST, who, "extended-september", "2024", role)
    past.looks(PARTICIPANTS)


def with_no_statement_left(past: Past) -> None:
    """Of whom nothing is paid any more, or in a frozen cohort, it is not said that their schedule lacks a milestone."""
    past.partners_up(FIRST, PREMIUM, "2023", 0)
    for role in ROLES:
        for claimed in (None, "2023-09-04") if role == "ect" else (None,):
            who = past.registers(PREMIUM, FIRST, "2023-09-04", role, claimed=claimed)
            for frozen in (False, True):
                if frozen:
                    past.does("freeze", cohort="2023")
                for type in ("extended-1", "started", "retained-1"):
                    past.declares(FIRST, who, type, "2024-02-12", role)
                    past.declares(FIRST, who, type, "2027-02-12", role)
            past.does("thaw", cohort="2023")
    past.looks(DECLARATIONS)


def back_once_the_school_trains_them(past: Past) -> None:
    """Whom the school trains by itself since they were paused does not come back, unless that was another school."""
    for how in ("defer", "withdraw"):
        stays, moved = (past.registers(RIVERBANK, FIRST, "2025-09-03") for _ in range(2))
        for who in (stays, moved):
            past.pauses(FIRST, who, how, at="2026-03-02T09:00:00Z")
        past.does("change-programme", who=stays, programme="school_led", provider=FIRST, paused=True)
        past.joins(moved, CASTLE_HILL, -3, FIRST, at=f"{past.day(-3)}T09:00:00Z", led_by_school=True)
        for who in (stays, moved):
            past.resumes(FIRST, who)
            past.looks(PARTICIPANTS)
        past.does("change-programme", who=stays, programme="provider_led", provider=SECOND)
        past.resumes(FIRST, stays)
        past.looks(PARTICIPANTS)


def back_in_one_role_of_two(past: Past) -> None:
    """Who is in training in both roles comes back in the one whatever the other does, or is to do."""
    for other_from in ("2025-10-01", 0, 9):
        for one, other in (ROLES, ROLES[::-1]):
            who = past.registers(RIVERBANK, FIRST, "2025-09-03", one)
            past.registers(RIVERBANK, FIRST, other_from, other, also=who)
            past.pauses(FIRST, who, role=one, at=f"{past.day(-2)}T09:00:00Z")
            past.resumes(FIRST, who, one)
            past.pauses(FIRST, who, role=other)
            past.looks(PARTICIPANTS)


def unfunded_where_they_begin_last(past: Past) -> None:
    """An unfunded mentor is shown where they began last, whichever school told of it last; by an ECT's name too."""
    near, far = (past.registers(urn, FIRST, "2025-09-03") for urn in (RIVERBANK, CASTLE_HILL))
    mentor = past.registers(RIVERBANK, THIRD, -3, "mentor")
    past.joins(mentor, CASTLE_HILL, -9, THIRD, "mentor", as_well=True)
    past.changes(mentor, email="begins.last@school.example.com")
    for who in (near, far):
        past.has_mentor(who, mentor)
        past.looks(UNFUNDED)
    both = past.registers(ASHDOWN, SECOND, "2025-09-03")
    past.registers(RIVERBANK, None, -4, "mentor", also=both, mentee=past.registers(RIVERBANK, FIRST, "2025-09-03"))
    past.changes(both, full_name="An ECT As Well")
    past.looks(UNFUNDED)
    past.looks()
