"""Pasts of people that hang on one condition each: on the second school, course, record or day, and on their order."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.model.records import midnight
from contract_tests.walks.looking import Question
from contract_tests.walks.past import Past

HERE, NEXT, FAR, WAITS = "900406", "900115", "900313", "900405"
"""The schools: two train with the first provider in cohort 2024, one with the second, one waits for a provider."""

FIRST, SECOND, THIRD = range(3)
AUTUMN, SPRING = "2023-10-02T09:00:00Z", "2024-02-05T09:00:00Z"
THIS_AUTUMN: Final = "2024-10-14T09:00:00Z"


def declared_by_two_and_validated(past: Past) -> None:
    """What two providers declared joins the statement of each."""
    past.confirms(SECOND, FAR, "2023", 1)
    who = past.registers(WAITS, "2023", validation="checking_qts")
    past.declares(FIRST, who, "started", AUTUMN)
    past.leaves(who, -301)
    past.joins(who, FAR, -300)
    past.declares(SECOND, who, "retained-1", SPRING)
    past.looks(lists.DECLARATIONS)
    past.validates(who)
    past.defers(SECOND, who)
    past.looks(lists.DECLARATIONS)
    past.does("withdraw-by-school", who=who)
    past.looks()
    past.leaves(who, 2)
    past.looks(lists.PARTICIPANTS, lists.TRANSFERS)


def joins_two_schools(past: Past) -> None:
    """One after the other, and leaves the first of them afterwards; then back where it began."""
    who = past.registers(HERE, "2024")
    past.leaves(who, -20)
    past.joins(who, NEXT, -19)
    past.joins(who, FAR, -5)
    past.looks(lists.TRANSFERS, lists.PARTICIPANTS)
    past.does("leave", who=who, on=past.day(-6), urn=NEXT)
    past.looks(lists.TRANSFERS)
    past.leaves(who, 2)
    past.joins(who, HERE, 1)
    past.looks(lists.TRANSFERS, lists.PARTICIPANTS)


def acted_on_at_midnight(past: Past) -> None:
    """At the first moment of a placement it has begun: what an act makes of it is another."""
    who, other = (past.registers(WAITS, "2023", starts_on=past.day(2)) for _ in range(2))
    last = past.registers(WAITS, "2023")
    past.leaves(last, 2)
    first_moment = midnight(past.training(who).newest.starts_on)
    past.does("defer", first_moment - timedelta(seconds=1), by=FIRST, who=other, reason="other", id="now")
    chosen = {"urn": WAITS, "cohort": "2023", "programme": "no_early_career_teachers"}
    past.does("choose-programme", first_moment, **chosen)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    past.does("change-details", first_moment, who=last, full_name=None, email="past.last@second.example")
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)


def withdrawn_and_moved_all_the_same(past: Past) -> None:
    """A former provider changes the cohort of whom the school withdrew, who has joined another since."""
    past.confirms(FIRST, NEXT, "2025", 1)
    who = past.registers(NEXT)
    past.does("withdraw-by-school", who=who)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    past.joins(who, FAR, 0)
    past.reschedules(FIRST, who, "2025")
    past.looks()
    past.asks(Question(FIRST, lists.PARTICIPANTS, Query(cohorts=frozenset({"2024"}))))


def all_else_is_kept(past: Past) -> None:
    """Each act changes what it is about: mentor, address, transfer, deferral and last day are there afterwards."""
    mentor, who = past.registers(NEXT, role="mentor"), past.registers(HERE)
    past.joins(who, NEXT, -2, mentor=mentor)
    past.does("change-details", who=who, full_name=None, email="past.kept@second.example")
    past.defers(FIRST, who)
    past.reschedules(FIRST, who, None, "ecf-extended-september")
    past.reschedules(FIRST, who, "2025", "ecf-reduced-september")
    past.leaves(who, 30)
    past.reschedules(FIRST, who, "2024")
    past.does("change-details", who=who, full_name="Past Kept", email=None)
    past.does("resume", by=FIRST, who=who, id="now")
    past.looks()


def each_sets_a_schedule_of_its_own(past: Past) -> None:
    """Two providers, in two cohorts, and one to whom they are nobody; then one goes on to a third school."""
    who, other, younger, back = (past.registers(HERE) for _ in range(4))
    past.declares(FIRST, who, "started", THIS_AUTUMN)
    for each in (who, other, younger):
        past.joins(each, FAR, -9)
        past.reschedules(SECOND, each, None, "ecf-extended-september")
    past.looks(lists.TRANSFERS)
    past.declares(SECOND, who, "extended-1", past.world.register.now)
    past.reschedules(FIRST, who, None, "ecf-extended-september")
    for by in (SECOND, FIRST, THIRD):
        past.reschedules(by, who, None, "ecf-reduced-september")
        past.reschedules(by, who, None, "ecf-extended-september")
    for by in (FIRST, THIRD):
        past.reschedules(by, who, "2031")
    past.reschedules(FIRST, other, None, "ecf-reduced-september")
    past.declares(SECOND, other, "started", THIS_AUTUMN)
    past.declares(FIRST, other, "started", THIS_AUTUMN)
    past.joins(other, NEXT, 2)
    past.reschedules(FIRST, back, None, "ecf-standard-january")
    past.joins(back, FAR, -9)
    past.reschedules(SECOND, back, None)
    past.declares(FIRST, back, "started", THIS_AUTUMN)
    past.reschedules(SECOND, younger, "2023")
    past.reschedules(FIRST, younger, None, "ecf-extended-january")
    goes = past.registers(NEXT)
    past.joins(goes, FAR, -9)
    past.reschedules(FIRST, goes, "2025")
    past.reschedules(SECOND, goes, None)
    past.declares(FIRST, goes, "started", THIS_AUTUMN)
    for cohort in ("2024", "2025") if past.world.version == "v3" else ():
        past.asks(Question(FIRST, lists.DECLARATIONS, Query(cohorts=frozenset({cohort}))))
    past.does("change-details", who=who, full_name="Past Perfect", email=None)
    past.looks()
    if past.world.version == "v3":
        past.asks(Question(FIRST, lists.TRANSFERS, Query(since=past.world.register.now - timedelta(minutes=9))))


def withdrawn_before_it_began(past: Past) -> None:
    """A withdrawal counts against whoever had begun somewhere by then, and against nobody else."""
    comes, begins = past.registers(HERE), past.registers(HERE, starts_on=past.day(30))
    past.leaves(comes, 1)
    past.joins(comes, NEXT, 20)
    for who in (comes, begins):
        past.withdraws(FIRST, who)
    past.waits(3)
    for who in (comes, begins):
        past.declares(FIRST, who, "started", past.world.register.now)
        past.declares(FIRST, who, "started", THIS_AUTUMN)
    past.looks()
    past.waits(28)
    past.joins(begins, NEXT, 9)
    past.withdraws(FIRST, begins)
    past.waits(1)
    past.declares(FIRST, begins, "started", past.world.register.now)
    past.looks(lists.DECLARATIONS)


def withdrawn_twice_in_a_day(past: Past) -> None:
    """What is dated before the last moment of withdrawal is declared, though they were withdrawn that day already."""
    who = past.registers(HERE)
    which = past.declares(FIRST, who, "started", THIS_AUTUMN)
    past.withdraws(FIRST, who)
    first = past.world.register.now
    past.does("resume", by=FIRST, who=who, id="now")
    past.withdraws(FIRST, who)
    past.voids(FIRST, which)
    past.declares(FIRST, who, "started", past.world.register.now)
    past.declares(FIRST, who, "started", first)
    past.looks(lists.DECLARATIONS)


def withdrawn_and_told_of_since(past: Past) -> None:
    """Another address begins a placement, but no training: what is dated after the withdrawal is refused.

    So it is of whoever was to leave on a day that is still to come.
    """
    who, leaving = past.registers(HERE), past.registers(HERE)
    which = past.declares(FIRST, who, "started", THIS_AUTUMN)
    to_void = past.declares(FIRST, leaving, "started", THIS_AUTUMN)
    past.leaves(leaving, 20)
    for each in (who, leaving):
        past.withdraws(FIRST, each)
    past.voids(FIRST, to_void)
    past.declares(FIRST, leaving, "started", past.world.register.now)
    past.does("change-details", who=who, full_name=None, email="past.since@second.example")
    past.voids(FIRST, which)
    past.declares(FIRST, who, "started", past.world.register.now)
    past.declares(FIRST, who, "started", THIS_AUTUMN)
    past.looks(lists.DECLARATIONS)


def withdrawn_and_moved_since(past: Past) -> None:
    """A withdrawal counts at the school that was left, and for the days at neither, but not at the next one."""
    who = past.registers(HERE)
    which = past.declares(FIRST, who, "started", THIS_AUTUMN)
    past.withdraws(FIRST, who)
    past.leaves(who, 3)
    past.joins(who, NEXT, 6)
    past.voids(FIRST, which)
    past.waits(9)
    for days in (-8, -7, -6, -5, -4, -3, -1):
        at = midnight(past.world.register.today) + timedelta(days)
        which = past.declares(FIRST, who, "started", at)
        if which in past.world.declarations:
            past.voids(FIRST, which)
    past.leaves(who, -1)
    for days in (0, 1):
        at = midnight(past.world.register.today) + timedelta(days, seconds=-1)
        past.declares(FIRST, who, "started", at)
    past.looks(lists.DECLARATIONS)


def all_in_one_second(past: Past) -> None:
    """What is done later comes later, though it is dated alike; of what is listed the ids decide."""
    past.pace = timedelta(0)
    mentor = past.registers(HERE, role="mentor")
    who, other, last = (past.registers(HERE, mentor=mentor) for _ in range(3))
    past.defers(FIRST, who)
    past.has_mentor(who, None)
    past.does("resume", by=FIRST, who=who, id="now")
    for each in (other, last, who):
        past.declares(FIRST, each, "started", past.world.register.now)
    past.withdraws(FIRST, other)
    past.leaves(last, 0)
    past.joins(other, FAR, 0)
    past.defers(SECOND, other)
    past.joins(other, NEXT, 0)
    past.defers(FIRST, other)
    past.pace = timedelta(seconds=1)
    past.looks()
    for each in (last, other):
        past.declares(FIRST, each, "started", past.world.register.now)
    past.declares(SECOND, other, "started", past.world.register.now - timedelta(seconds=1))
    past.looks()
