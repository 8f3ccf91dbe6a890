"""Pasts of what schools report late, twice, or of one of two, that hang on one condition each: on days, on places."""

from __future__ import annotations

from contract_tests.register.asking import PARTICIPANTS, TRANSFERS, UNFUNDED
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND, THIRD = range(3)


def reported_for_another_day(past: Past) -> None:
    """Of two days on which somebody is said to leave the earlier counts: until it, and no longer, they may be back."""
    for role in ROLES:
        for first, then in ((6, 9), (9, 6), (0, 3)):
            who = past.registers(RIVERBANK, FIRST, "2025-09-04", role)
            for day in (first, then):
                past.leaves(who, day, role)
            past.looks(PARTICIPANTS, TRANSFERS)
            past.pauses(FIRST, who, role=role, at=f"{past.day(-2)}T09:00:00Z")
            past.resumes(FIRST, who, role)
            past.looks(PARTICIPANTS)
            past.joins(who, CASTLE_HILL, 12, FIRST, role)
            past.looks(TRANSFERS)


def mentors_at_two_schools(past: Past) -> None:
    """Who mentors at two schools, and leaves the one, or never was there, mentors on at the other."""
    for how in ("leave", "at once", "undo"):
        near, far = (past.registers(urn, FIRST, "2025-09-04") for urn in (RIVERBANK, CASTLE_HILL))
        mentor = past.registers(RIVERBANK, FIRST, "2025-09-04", "mentor", mentee=near)
        past.joins(mentor, CASTLE_HILL, -5, FIRST, "mentor", as_well=True)
        past.has_mentor(far, mentor)
        if how == "undo":
            past.does("undo", who=mentor, role="mentor")
        else:
            past.leaves(mentor, 1 if how == "leave" else 0, "mentor")
        past.looks()
    past.waits(2)
    past.looks()


def begun_before_it_was_told(past: Past) -> None:
    """Whom a school trains itself, and registers late, it trains from the day on which it says so."""
    for on in (-20, 0, 4):
        who = past.registers(RIVERBANK, FIRST, "2025-09-04")
        past.joins(who, CASTLE_HILL, on, FIRST, led_by_school=True)
        past.looks(TRANSFERS)
        if on <= 0:
            past.does("change-programme", who=who, programme="provider_led", provider=SECOND)
        past.looks()
    past.registers(ASHDOWN, None, "2025-09-04", at=f"{past.day(0)}T08:00:00Z")
    past.looks_at_schools()


def mentored_until_either_goes(past: Past) -> None:
    """Of an ECT and a mentor who are both to leave, the first day ends it, whichever was told, and of whom."""
    for ect_goes, mentor_goes in ((None, 1), (1, None), (1, 3), (3, 1)):
        who = past.registers(RIVERBANK, FIRST, "2025-09-04")
        mentor = past.registers(RIVERBANK, None, "2025-09-04", "mentor")
        for each, role, goes in ((who, "ect", ect_goes), (mentor, "mentor", mentor_goes)):
            if goes is not None:
                past.leaves(each, goes, role)  # type: ignore[arg-type]
        past.has_mentor(who, mentor)
    past.looks(PARTICIPANTS, UNFUNDED)
    for _ in range(2):
        past.waits(2)
        past.looks()


def corrected_when_both_are_over(past: Past) -> None:
    """An address of who is nowhere now is corrected where they came last, be it as an ECT or as a mentor."""
    for as_ect, as_mentor in (("2025-09-04", "2025-10-01"), ("2025-10-01", "2025-09-04"), (3, 5), (5, 3)):
        who = past.registers(RIVERBANK, FIRST, as_ect)
        past.registers(ASHDOWN, FIRST, as_mentor, "mentor", also=who)
        if isinstance(as_ect, str):
            past.leaves(who, -1)
            past.leaves(who, -2, "mentor")
        past.changes(who, email=f"{who}@over.example.com", pattern="part_time")
        past.looks(PARTICIPANTS, UNFUNDED)


def an_ect_who_is_a_mentor(past: Past) -> None:
    """Who mentors an ECT mentors whoever the ECT turns out to be, and that changes them as it ends."""
    for goes in (0, 2):
        ect = past.registers(RIVERBANK, FIRST, "2025-09-04")
        by = past.registers(RIVERBANK, THIRD, "2025-09-04", "mentor", mentee=ect)
        known = past.registers(CASTLE_HILL, FIRST, "2025-09-04", "mentor")
        past.does("merge", who=ect, into=known)
        past.looks()
        past.leaves(by, goes, "mentor")
        past.looks()
        past.waits(3)
        past.looks()
        past.has_mentor(known, past.registers(RIVERBANK, FIRST, "2025-09-04", "mentor"))
        past.looks()


def at_the_school_that_is_named(past: Past) -> None:
    """A school that is named is meant as they were there last, wherever they are now, or will be."""
    for role in ROLES:
        away, back, once = (past.registers(RIVERBANK, FIRST, "2025-09-04", role) for _ in range(3))
        for who in (away, back, once):
            past.joins(who, CASTLE_HILL, "2026-02-02", FIRST, role, at="2026-02-02T09:00:00Z")
        for who in (away, back):
            past.joins(who, RIVERBANK, "2026-06-01", FIRST, role, at="2026-06-01T09:00:00Z")
        past.leaves(away, "2026-04-30", role, urn=CASTLE_HILL)
        past.leaves(back, 4, role, urn=RIVERBANK)
        past.does("undo", who=once, role=role, urn=RIVERBANK)
        past.looks()
        past.does("undo", who=back, role=role, urn=RIVERBANK)
        past.looks()
    who, mentor = past.registers(RIVERBANK, FIRST, "2025-09-04"), past.registers(RIVERBANK, None, -9, "mentor")
    next_one = past.registers(CASTLE_HILL, None, -9, "mentor")
    past.joins(who, CASTLE_HILL, 5, FIRST)
    past.has_mentor(who, next_one, urn=CASTLE_HILL)
    past.has_mentor(who, mentor, urn=RIVERBANK)
    past.joins(next_one, ASHDOWN, -3, SECOND, "mentor", as_well=True)
    past.looks()
    past.leaves(next_one, 9, "mentor", urn=CASTLE_HILL)
    past.waits(5)
    past.looks()
    past.waits(5)
    past.looks()


def with_whom_they_are_in_that_role(past: Past) -> None:
    """Who joins a school without its saying with whom trains on with whoever trains them, in the same role."""
    for role in ROLES:
        who = past.registers(RIVERBANK, FIRST, "2025-09-04")
        past.registers(RIVERBANK, SECOND, "2025-10-01", "mentor", also=who)
        past.joins(who, CASTLE_HILL, -2, role=role, at=f"{past.day(-2)}T09:00:00Z")
        past.looks()
    hoped = past.registers(ASHDOWN, THIRD, "2025-09-04")
    past.registers(ASHDOWN, FIRST, "2025-09-01", "mentor", also=hoped)
    past.joins(hoped, RIVERBANK, 0)
    past.looks_at_schools()


def mentored_before_and_since(past: Past) -> None:
    """What never was at one school leaves who mentors at another; who came back mentors as they are there since."""
    for on, back in ((6, "2026-06-01"), (0, -1), (-3, 2)):
        who, mentor = (past.registers(RIVERBANK, FIRST, "2025-09-04", role) for role in ROLES)
        past.has_mentor(who, mentor, at="2025-10-01T09:00:00Z")
        past.joins(who, CASTLE_HILL, on, FIRST)
        there = past.registers(CASTLE_HILL, FIRST, "2025-09-04", "mentor")
        past.has_mentor(who, there, urn=CASTLE_HILL)
        past.looks(PARTICIPANTS)
        past.does("undo", who=who, role="ect", urn=CASTLE_HILL)
        past.declares(FIRST, who, "retained-1", "2026-01-12")
        past.looks()
        past.joins(mentor, CASTLE_HILL, "2026-02-02", FIRST, "mentor", at="2026-02-02T09:00:00Z")
        past.joins(mentor, RIVERBANK, back, FIRST, "mentor")
        other = past.registers(RIVERBANK, FIRST, "2025-09-04")
        past.has_mentor(other, mentor)
        past.looks()
        past.leaves(mentor, 4, "mentor", urn=RIVERBANK)
        past.looks()
    past.waits(5)
    past.looks()


def to_mentor_and_still_to_begin(past: Past) -> None:
    """Who mentors for the first time is trained as they begin, or from today, be the ECT there yet or not."""
    for mentor_from, ect_from in ((-9, -9), (5, -9), (-9, 5), (5, 7)):
        told = f"{past.day(0)}T08:00:00Z"
        who = past.registers(RIVERBANK, FIRST, ect_from, at=told)
        mentor = past.registers(RIVERBANK, None, mentor_from, "mentor", at=told)
        past.has_mentor(who, mentor)
        past.looks()
    past.waits(6)
    past.looks()


def mentored_though_nobody_trains_them(past: Past) -> None:
    """Who mentors an ECT is known as such to whoever trained the ECT last, though that is over."""
    for how in ("defer", "withdraw", "school_led", "leave"):
        who = past.registers(RIVERBANK, FIRST, "2025-09-04")
        mentor = past.registers(RIVERBANK, THIRD, "2025-09-04", "mentor", mentee=who)
        if how == "leave":
            past.leaves(who, 1)
        elif how == "school_led":
            past.does("change-programme", who=who, programme=how, provider=FIRST)
        else:
            past.pauses(FIRST, who, how)
        past.looks(PARTICIPANTS, UNFUNDED)
        past.changes(mentor, email=f"{mentor}@mentors.example.com")
        past.looks(UNFUNDED)
    past.waits(2)
    past.looks(PARTICIPANTS, UNFUNDED)


def mentors_who_were_trained_before(past: Past) -> None:
    """A mentor who has been trained once, by whomever, or is to be, is not again with the provider of a new ECT."""
    past.partners_up(SECOND, RIVERBANK, "2025", 1)
    mentors = [past.registers(RIVERBANK, by, "2025-09-04", "mentor") for by in (SECOND, SECOND, SECOND, THIRD, FIRST)]
    past.pauses(SECOND, mentors[1], role="mentor", at="2026-03-02T09:00:00Z")
    past.leaves(mentors[2], "2026-01-30", "mentor")
    past.joins(mentors[2], RIVERBANK, "2026-06-02", THIRD, "mentor", at="2026-06-02T09:00:00Z")
    past.pauses(FIRST, mentors[4], "withdraw", "mentor", at="2026-03-02T09:00:00Z")
    for mentor in mentors:
        who = past.registers(RIVERBANK, FIRST, "2025-09-04")
        past.has_mentor(who, mentor)
        past.looks(PARTICIPANTS, UNFUNDED)
        for programme in ("school_led", "provider_led"):
            past.does("change-programme", who=who, programme=programme, provider=FIRST)
        past.looks(PARTICIPANTS, TRANSFERS)


def trained_with_whom_the_ect_is(past: Past) -> None:
    """A mentor is trained first with whom their ECT was with last at that school: not before, not at another school."""
    changed, hoping, moved = (past.registers(RIVERBANK, FIRST, "2025-09-04") for _ in range(3))
    past.does("change-provider", "2026-03-02T09:00:00Z", who=changed, role="ect", to=SECOND)
    past.does("change-provider", "2026-03-02T09:00:00Z", who=hoping, role="ect", to=THIRD)
    past.joins(moved, CASTLE_HILL, -3, FIRST, at=f"{past.day(-3)}T09:00:00Z", led_by_school=True)
    for who, urn in ((changed, RIVERBANK), (hoping, RIVERBANK), (moved, CASTLE_HILL)):
        mentor, unfunded, moves_on = (past.registers(urn, None, "2025-09-04", "mentor") for _ in range(3))
        past.does("unfund", who=unfunded, on="2026-01-05", reason="started_not_completed")
        for each in (unfunded, mentor):
            past.has_mentor(who, each)
            past.looks(PARTICIPANTS, UNFUNDED)
        past.has_mentor(who, moves_on)
        past.joins(moves_on, ASHDOWN, 0, SECOND, "mentor")
        past.looks(PARTICIPANTS, UNFUNDED)
    past.partners_up(THIRD, RIVERBANK, "2026", 3)
    past.looks(PARTICIPANTS, UNFUNDED)
