"""Pasts that hang on one moment each: on what was so by then, on the first one of a day, on what came in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, TRANSFERS, UNFUNDED
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.lists import Query
from contract_tests.register.model.records import DAY, ROLES, begins
from contract_tests.register.walks.looking import Question
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND = range(2)
AUTUMN: Final = "2025-10-10"


def frozen_since_then(past: Past) -> None:
    """What is done as of a day before a cohort was frozen is done as if it never were, and remembered so."""
    for urn in (RIVERBANK, CASTLE_HILL):
        past.partners_up(FIRST, urn, "2023", 1)
    past.partners_up(FIRST, CASTLE_HILL, "2024", 1)
    for role in ROLES:
        people = [past.registers(RIVERBANK, FIRST, "2023-09-04", role) for _ in range(6)]
        past.does("freeze", cohort="2023")
        for at, who in ((f"{past.day(-2)}T09:00:00Z", people[:3]), (None, people[3:])):
            past.declares(FIRST, who[0], "started", "2023-10-10", role, at=at)
            past.reschedules(FIRST, who[0], "standard-september", "2025", role, at=at)
            past.joins(who[1], CASTLE_HILL, -2 if at else 0, FIRST, role, at=at)
            past.does("change-provider", at, who=who[2], role=role, to=SECOND)
            past.looks(PARTICIPANTS, TRANSFERS)
        for each in people[::3]:
            past.reschedules(FIRST, each, "standard-september", "2023", role, at=f"{past.day(-1)}T09:00:00Z")
            past.reschedules(FIRST, each, "standard-september", "2023", role)
        past.looks(PARTICIPANTS)
        past.does("thaw", cohort="2023")


def eligible_since_a_day_in_london(past: Past) -> None:
    """Who became eligible late at night did on the next day in London: from which of the two they are exempt counts."""
    for on in ("2026-07-14", "2026-07-15", "2026-07-16"):
        for at in ("2026-07-14T22:59:59Z", "2026-07-14T23:00:00Z"):
            who = past.registers(RIVERBANK, FIRST, "2025-09-03")
            past.claims(who, "2025-09-03", at=at)
            past.does("exempt", who=who, on=on)
    past.looks(PARTICIPANTS)


def bound_for_two_schools(past: Past) -> None:
    """Who is to join a school and, as is told later, another, joins the one that was told last, and that alone."""
    for role in ROLES:
        for first, then in ((7, 3), (7, 7), (5, 9)):
            who = past.registers(RIVERBANK, FIRST, "2025-09-03", role)
            past.joins(who, ASHDOWN, first, SECOND, role)
            past.joins(who, CASTLE_HILL, then, FIRST, role)
            past.looks(PARTICIPANTS, TRANSFERS)
    past.waits(8)
    past.looks()


def merged_one_after_the_other(past: Past) -> None:
    """Who turned out to be another, who turned out to be a third, is found by the last id alone."""
    first = past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor")
    past.leaves(first, "2026-01-20", "mentor", at="2026-01-10T09:00:00Z")
    second = past.registers(ASHDOWN, SECOND, "2026-02-02", "mentor")
    third = past.registers(CASTLE_HILL, FIRST, "2025-09-03")
    past.declares(FIRST, first, "started", AUTUMN, "mentor")
    for who, into in ((first, second), (second, third)):
        past.does("merge", who=who, into=into)
        past.looks()
        for change in past.world.known.id_changes:
            for by in (FIRST, SECOND):
                past.asks(Question(by, PARTICIPANTS, Query(from_participant_id=change.retired)))
        past.declares(FIRST, first, "retained-1", "2026-01-12", "mentor")


def at_the_first_moment(past: Past) -> None:
    """A statement is closed at midnight in UTC, and a mentor gone at one in London: to the second."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-03", claimed="2025-09-03")
    which = past.world.declaration(past.declares(FIRST, who, "started", AUTUMN))
    past.has_mentor(who, mentor := past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor"))
    past.leaves(mentor, 1, "mentor")
    goes = begins(past.world.known.today + 2 * DAY) + timedelta(hours=1)
    for seconds in (-1, 0):
        past.does("wait", (goes + timedelta(seconds=seconds)).isoformat())
        past.looks(PARTICIPANTS)
    assert which.statement
    day = which.statement.deadline
    for at in (f"{day}T23:59:59Z", f"{day + DAY}T00:00:00Z", f"{day + DAY}T00:00:01Z"):
        past.does("wait", at)
        past.looks(DECLARATIONS)


def replaced_once_the_money_goes_back(past: Past) -> None:
    """Who takes the place of one of whom something was paid replaces them, be it taken back, and the money back."""
    who, first = (past.registers(RIVERBANK, FIRST, "2025-09-03", role) for role in ROLES)
    past.has_mentor(who, first, at="2025-09-03T11:00:00Z")
    which = past.declares(FIRST, first, "started", AUTUMN, "mentor")
    past.waits(61)
    past.pays(FIRST, which)
    past.voids(FIRST, which)
    past.registers(RIVERBANK, FIRST, 0, "mentor", mentee=who)
    past.looks(PARTICIPANTS)
    past.waits(61)
    past.does("pay", by=FIRST, cohort="2025")
    past.registers(RIVERBANK, FIRST, 0, "mentor", mentee=who)
    past.looks(PARTICIPANTS, UNFUNDED)


def out_of_a_frozen_cohort_before_the_next(past: Past) -> None:
    """Who comes out of a frozen cohort trains in the one for that as it begins: the day before, then, and after."""
    for urn, cohort in ((ASHDOWN, "2023"), (CASTLE_HILL, "2023"), (ASHDOWN, "2024"), (CASTLE_HILL, "2024")):
        past.partners_up(FIRST, urn, cohort, 2)
    past.partners_up(SECOND, ASHDOWN, "2024", 2)
    on_days = ("2024-03-03", "2024-03-05", "2024-05-31", "2024-06-01", "2024-06-02")
    people = [(on, past.registers(ASHDOWN, FIRST, "2023-09-06")) for on in on_days for _ in range(2)]
    past.does("freeze", "2024-03-04T09:00:00Z", cohort="2023")
    for number, (on, who) in enumerate(people):
        at = f"{on}T09:00:00Z"
        if number % 2:
            past.joins(who, CASTLE_HILL, on, FIRST, at=at)
        else:
            past.does("change-provider", at, who=who, role="ect", to=SECOND)
        past.looks(PARTICIPANTS, TRANSFERS)
    past.does("thaw", cohort="2023")


def trained_once_at_one_school_alone(past: Past) -> None:
    """A mentor who comes to a second school as well becomes eligible by it only where they are trained by it."""
    for goes in (-6, -1, None):
        ect = past.registers(RIVERBANK, FIRST, "2025-09-04")
        mentor = past.registers(CASTLE_HILL, None, "2025-09-04", "mentor")
        if goes == -6:
            past.leaves(mentor, goes, "mentor", at=f"{past.day(goes)}T09:00:00Z")
        past.joins(mentor, RIVERBANK, -5, FIRST, "mentor", at=f"{past.day(-5)}T09:00:00Z", as_well=True)
        if goes == -1:
            past.leaves(mentor, goes, "mentor", urn=CASTLE_HILL)
        past.has_mentor(ect, mentor, urn=RIVERBANK)
        past.looks()
        past.declares(FIRST, mentor, "started", AUTUMN, "mentor")
        past.does("unfund", who=mentor, on=past.day(-3), reason="started_not_completed")
        past.looks(PARTICIPANTS, DECLARATIONS)
