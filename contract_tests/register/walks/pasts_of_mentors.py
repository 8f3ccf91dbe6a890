"""Pasts of mentors that hang on one condition each: on whom they mentor, what else they are, when they completed."""

from __future__ import annotations

from typing import Final

from contract_tests.register.asking import ELSEWHERE, PARTICIPANTS, TRANSFERS, UNFUNDED
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND, THIRD = range(3)
EARLY: Final = "completed_during_early_roll_out"


def one_mentor_after_the_other(past: Past) -> None:
    """Of two who do not mentor on a day the nearer counts, be it the one to come; of two as near the earlier."""
    for comes in ("2025-11-19", "2025-11-20"):  # as far from the 30th of October as the other, and a day farther
        who = past.registers(RIVERBANK, FIRST, "2025-09-02")
        first = past.registers(RIVERBANK, FIRST, "2025-09-05", "mentor", mentee=who)
        past.leaves(first, "2025-10-10", "mentor")
        second = past.registers(RIVERBANK, FIRST, "2025-09-05", "mentor")
        past.has_mentor(who, second, at=f"{comes}T09:00:00Z")
        near = ("2025-10-29", "2025-10-30", "2025-10-31")
        for day in ("2025-08-01", "2025-10-10", *near, "2025-11-18", "2025-11-19", "2025-11-20", "2026-09-10"):
            past.voids(FIRST, past.declares(FIRST, who, "started", day))
    past.looks()
    third = past.registers(RIVERBANK, FIRST, 5, "mentor")
    past.has_mentor(who, third)
    past.looks()
    past.has_mentor(who, second)
    past.looks()
    past.leaves(second, 0, "mentor")
    past.looks()


def a_mentor_instead_of_another(past: Past) -> None:
    """Who takes the place of one of whom something counts, in that time, replaces them; what is voided does not."""
    for how, since, until in (
        *(("stands", "2025-09-03", None), ("voided", "2025-09-03", None), ("until then", "2025-09-03", "2025-10-11")),
        *(("before", "2025-09-03", "2025-10-10"), ("since then", "2025-10-10", None), ("later", "2025-10-11", None)),
    ):
        who, first = (
            past.registers(RIVERBANK, FIRST, "2025-09-03"),
            past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor"),
        )
        past.has_mentor(who, first, at=f"{since}T11:00:00Z")
        if until:
            next_one = past.registers(RIVERBANK, None, "2025-09-03", "mentor")
            past.has_mentor(who, next_one, at=f"{until}T09:00:00Z")
        which = past.declares(FIRST, first, "started", "2025-10-10", "mentor")
        if how == "voided":
            past.voids(FIRST, which)
        past.registers(RIVERBANK, FIRST, 0, "mentor", mentee=who)
        past.looks()


def declared_of_as_an_ect(past: Past) -> None:
    """Nobody replaces a mentor of whom only something else was declared: as an ECT, in that time."""
    who, first = (past.registers(RIVERBANK, FIRST, "2025-09-03") for _ in range(2))
    past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor", also=first, mentee=who)
    past.declares(FIRST, first, "started", "2025-10-10")
    past.registers(RIVERBANK, FIRST, 0, "mentor", mentee=who)
    past.looks(PARTICIPANTS)


def from_one_day_to_the_next(past: Past) -> None:
    """The same mentor again is none that is new; who comes on another's last day takes it; one of a day has been."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-03")
    first, second = (past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor") for _ in range(2))
    past.has_mentor(who, first, at="2025-09-04T09:00:00Z")
    past.has_mentor(who, first)
    past.looks(PARTICIPANTS)
    past.leaves(first, 1, "mentor")
    past.waits(1)
    past.does("assign-mentor", who=who, mentor=second)
    past.looks(PARTICIPANTS)
    past.waits(1)
    past.has_mentor(who, past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor"))
    for day in (-2, -1, 0):
        past.voids(FIRST, past.declares(FIRST, who, "started", f"{past.day(day)}T00:30:00Z"))
    past.looks()


def led_by_a_provider_at_last(past: Past) -> None:
    """A school that chooses a provider has it train whoever mentors then, until they go, and nobody who did before."""
    for goes in (None, 9, 0, -1):
        who = past.registers(RIVERBANK, None, "2025-09-04")
        mentor = past.registers(RIVERBANK, None, "2025-09-04", "mentor")
        past.has_mentor(who, mentor, at="2025-09-05T09:00:00Z")
        if goes is not None:
            past.leaves(mentor, goes, "mentor")
        past.does("change-programme", who=who, programme="provider_led", provider=FIRST)
        past.looks(PARTICIPANTS)
    past.looks()
    past.looks_at_schools()


def completed_and_not(past: Past) -> None:
    """Training ends as it was completed, begins again the day after, and lasts a day at least."""
    for dated, ends in (("2026-09-01", None), ("2026-06-10", 12), (0, None)):
        who = past.registers(RIVERBANK, FIRST, "2025-09-04", "mentor")
        if ends is not None:
            past.leaves(who, ends, "mentor")
        at = dated if isinstance(dated, str) else f"{past.day(0)}T00:30:00Z"
        which = past.declares(FIRST, who, "completed", at, "mentor")
        past.looks()
        past.voids(FIRST, which)
        past.looks()
        past.declares(FIRST, who, "completed", "2026-09-02", "mentor")
        past.looks()


def paused_and_completed(past: Past) -> None:
    """Who took a break, or stopped, and then completed trains again from the day after, once that is taken back."""
    for how in ("defer", "withdraw"):
        who = past.registers(RIVERBANK, FIRST, "2025-09-04", "mentor")
        past.pauses(FIRST, who, how, "mentor", at=f"{past.day(-4)}T09:00:00Z")
        which = past.declares(FIRST, who, "completed", "2026-09-01", "mentor")
        past.looks(PARTICIPANTS)
        past.voids(FIRST, which)
        past.looks()


def completed_before_it_began(past: Past) -> None:
    """Training that begins today, or will, of who had completed before: it ends the day after its first."""
    for joins in (-1, 0, 3):
        who = past.registers(RIVERBANK, FIRST, "2025-09-05", "mentor")
        past.joins(who, CASTLE_HILL, joins, FIRST, "mentor", at=f"{past.day(min(joins, 0))}T09:00:00Z")
        which = past.declares(FIRST, who, "completed", "2026-08-31", "mentor")
        past.looks()
        past.voids(FIRST, which)
        past.looks()
        past.waits(2)
        past.voids(FIRST, past.declares(FIRST, who, "completed", "2026-08-30", "mentor"))
        past.looks()


def not_funded_for_another_reason(past: Past) -> None:
    """Whoever completed, and was found to have long before, stays so when it is taken back; the last reason counts."""
    for late in (True, False):
        who = past.registers(RIVERBANK, FIRST, "2025-09-08", "mentor")
        if not late:
            past.does("unfund", who=who, on="2026-01-05", reason=EARLY)
            past.reschedules(FIRST, who, "standard-january", role="mentor")
            past.looks()
        which = past.declares(FIRST, who, "completed", "2026-09-03", "mentor")
        if late:
            past.does("unfund", who=who, on="2026-01-05", reason="started_not_completed")
        past.looks()
        past.voids(FIRST, which)
        past.looks()


def both_at_once(past: Past) -> None:
    """An ECT who mentors as well, exempt as the one and completed as the other; each training stands for itself."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-09")
    other = past.registers(RIVERBANK, FIRST, "2025-09-09")
    past.registers(RIVERBANK, FIRST, "2025-10-01", "mentor", also=who, mentee=other)
    for role in ROLES:  # a milestone of each
        past.declares(FIRST, who, "started", "2025-10-10", role)
    which = past.declares(FIRST, who, "completed", "2026-09-04", "mentor")
    past.does("exempt", who=who)
    past.looks()
    past.pauses(FIRST, who, "withdraw")
    past.changes(who, email="both@school.example.com")
    past.voids(FIRST, which)
    past.looks()
    past.leaves(who, 4)
    past.leaves(who, 2, "mentor")
    past.changes(who, email="both.again@school.example.com", full_name="Both")
    past.looks()


def mentors_whom_nobody_trains(past: Past) -> None:
    """Known by whom they mentor: not by a provider that trained them as ECTs; at the school where they came last."""
    was = past.registers(RIVERBANK, FIRST, "2024-09-03", claimed="2024-09-03")
    past.ends_induction(was, "pass", -5)
    near, far = past.registers(RIVERBANK, FIRST, "2025-09-10"), past.registers(CASTLE_HILL, FIRST, "2025-09-10")
    past.registers(RIVERBANK, None, -3, "mentor", also=was, mentee=near)
    past.looks(UNFUNDED)
    mentor = past.registers(RIVERBANK, THIRD, "2025-09-11", "mentor", mentee=near)
    past.joins(mentor, CASTLE_HILL, -2, THIRD, "mentor", as_well=True)
    past.has_mentor(far, mentor)
    past.changes(mentor, email="at.castle.hill@school.example.com")
    past.looks()
    past.changes(mentor, full_name="Somebody Else")
    past.looks()
    past.changes(was, full_name="Was Once An ECT")
    past.changes(near, full_name="Is An ECT", email="near@school.example.com")
    past.looks()
    past.leaves(far, 6)
    past.has_mentor(near, was)
    past.looks()
    past.waits(8)
    past.looks()


def two_who_are_one(past: Past) -> None:
    """A mentor turns out to be an ECT: whom they mentor is shown the other id, and what was declared moves along."""
    mentee = past.registers(RIVERBANK, FIRST, "2025-09-12")
    mentor = past.registers(RIVERBANK, FIRST, "2025-09-12", "mentor", mentee=mentee)
    ect = past.registers(CASTLE_HILL, FIRST, "2025-09-12")
    for who, role in ((mentor, "mentor"), (mentee, "ect")):
        past.declares(FIRST, who, "started", "2025-10-10", role)  # type: ignore[arg-type]
    past.does("merge", who=mentor, into=ect)
    past.looks()
    past.declares(FIRST, mentor, "completed", "2026-09-05", "mentor")
    past.declares(FIRST, ect, "completed", "2026-09-05", "mentor")
    past.declares(FIRST, mentee, "retained-1", "2026-01-12")
    past.leaves(ect, 2)
    past.looks()
    past.partners_up(THIRD, RIVERBANK, "2025", 3)
    mentor = past.registers(RIVERBANK, THIRD, "2025-09-12", "mentor", mentee=mentee)
    past.does("merge", who=mentor, into=past.registers(ASHDOWN, SECOND, "2025-09-12"))
    past.looks()


def two_mentors_who_are_one(past: Past) -> None:
    """Who goes on to be trained where they came first, while they had left where they came next, has not moved yet."""
    mentee = past.registers(RIVERBANK, FIRST, "2025-09-12")
    stays = past.registers(RIVERBANK, None, "2025-09-12", "mentor")
    past.has_mentor(mentee, stays)
    past.leaves(stays, 2, "mentor")
    left = past.registers(CASTLE_HILL, FIRST, "2025-10-01", "mentor")
    past.leaves(left, "2026-01-30", "mentor")
    past.does("merge", who=stays, into=left)
    past.looks()
    past.waits(2)
    past.looks(TRANSFERS)


def hoped_for_elsewhere(past: Past) -> None:
    """A mentor who stays at two schools is trained at the first; one who is released begins at the next."""
    mentor = past.registers(ELSEWHERE, FIRST, "2025-09-15", "mentor")
    past.joins(mentor, RIVERBANK, -20, FIRST, "mentor", as_well=True)
    past.looks()
    past.partners_up(FIRST, ELSEWHERE, "2025", 1)
    past.looks()
    past.joins(mentor, CASTLE_HILL, 2, FIRST, "mentor")
    past.looks()
    past.looks_at_schools()
