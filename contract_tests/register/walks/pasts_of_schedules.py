"""Pasts of who is put on another schedule, that hang on one condition each: on where it is changed, and of whom."""

from __future__ import annotations

from typing import Final

from contract_tests.register.asking import DECLARATIONS, ELSEWHERE, PARTICIPANTS
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.lists import Query
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.looking import Question
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND = range(2)
DAY_OF_THE_LAST: Final = "2025-03-31"  # on which January's beginners of 2024 have begun at last


def taken_along_into_another_cohort(past: Past) -> None:
    """Training of today goes into another cohort with what was declared of it, unless a statement holds that."""
    for claimed in (None, past.day(0)):
        who = past.registers(RIVERBANK, FIRST, claimed=claimed)
        which = past.declares(FIRST, who, "started", -1)
        past.reschedules(FIRST, who, "standard-september", "2025")
        past.looks(DECLARATIONS)
        for cohort in ("2025", "2026"):
            past.asks(Question(FIRST, DECLARATIONS, Query(cohorts=frozenset({cohort}))))
        past.reschedules(FIRST, who, "extended-september")
        past.does("claim" if claimed is None else "exempt", who=who, **({} if claimed else {"on": past.day(0)}))
        past.looks()
        past.voids(FIRST, which)
        past.reschedules(FIRST, who, "standard-september", "2024")
        past.looks()


def completed_and_reduced(past: Past) -> None:
    """Who has passed is put on a reduced schedule as they are, in another cohort only where nothing holds them."""
    made = []
    for _ in range(3):
        who = past.registers(RIVERBANK, FIRST, "2025-09-02", claimed="2025-09-02")
        made.append((who, past.declares(FIRST, who, "started", "2025-10-10")))
    past.voids(FIRST, made[2][1])
    past.waits(61)
    for who, _ in made:
        past.ends_induction(who, "pass")
    past.reschedules(FIRST, made[0][0], "reduced-september", "2024")
    past.pays(FIRST, made[1][1])
    past.voids(FIRST, made[1][1])
    for who, _ in made:
        past.reschedules(FIRST, who, "reduced-september", "2024")
        past.reschedules(FIRST, who, "standard-january")
        past.reschedules(FIRST, who, "reduced-january")
    past.pays(FIRST, made[1][1])
    past.reschedules(FIRST, made[1][0], "reduced-september", "2024")
    past.looks()


def completed_as_a_mentor(past: Past) -> None:
    """A mentor who has completed is put on no schedule any more, on a reduced one for two reasons."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-02", "mentor")
    past.reschedules(FIRST, who, "reduced-september", role="mentor")
    past.declares(FIRST, who, "completed", "2026-09-01", "mentor")
    for to in ("reduced-september", "replacement-september", "standard-september", "standard-january"):
        past.reschedules(FIRST, who, to, role="mentor")
        past.reschedules(FIRST, who, to, "2024", role="mentor")
    past.looks()


def declared_on_the_last_day(past: Past) -> None:
    """Training that begins today is put on a schedule only where what was declared of it fits, to the day."""
    for dated in (
        *("2024-12-31T23:59:59Z", "2025-01-01T00:00:00Z"),
        *(f"{DAY_OF_THE_LAST}T22:59:59Z", f"{DAY_OF_THE_LAST}T23:00:00Z"),
    ):
        who = past.registers(RIVERBANK, FIRST, "2024-09-02")
        past.reschedules(FIRST, who, "extended-september", at="2024-09-02T11:00:00Z")
        past.pauses(FIRST, who, at="2025-05-01T09:00:00Z")
        past.resumes(FIRST, who, at="2025-05-06T09:00:00Z")
        past.voids(FIRST, past.declares(FIRST, who, "started", dated, at="2025-05-06T10:00:00Z"))
        past.reschedules(FIRST, who, "standard-january", at="2025-05-06T11:00:00Z")
        past.reschedules(FIRST, who, "standard-january", at="2025-05-07T11:00:00Z")
    past.looks()


def trained_later_by_others(past: Past) -> None:
    """Who trains on elsewhere, with whomever, in whatever hope, or by the school itself, is put on no schedule."""
    for urn, by in ((ASHDOWN, SECOND), (ELSEWHERE, SECOND), (ELSEWHERE, None), (CASTLE_HILL, FIRST)):
        who = past.registers(RIVERBANK, FIRST, "2025-09-04")
        past.leaves(who, 20)
        past.joins(who, urn, 25, by, led_by_school=by is None)
        past.reschedules(FIRST, who, "standard-january")
        past.looks()


def out_of_one_frozen_cohort_and_another(past: Past) -> None:
    """Of frozen cohorts that somebody came out of only the last is remembered, and it alone is open to them."""
    who = past.registers(RIVERBANK, FIRST, "2024-09-02")
    mentor, other = (past.registers(RIVERBANK, FIRST, "2024-09-02", "mentor") for _ in range(2))
    for cohort, to in (("2024", "2025"), ("2025", "2026")):
        past.does("freeze", cohort=cohort)
        past.reschedules(FIRST, who, "standard-september", to)
        past.reschedules(FIRST, mentor, "standard-september", to, role="mentor")
        past.waits(1)
        past.looks()
    past.reschedules(FIRST, who, "standard-september", "2024")
    past.partners_up(SECOND, RIVERBANK, "2024", 1)
    for each in (mentor, other):
        past.does("change-provider", who=each, role="mentor", to=SECOND)
    past.reschedules(FIRST, who, "standard-september", "2025")
    past.reschedules(FIRST, who, "standard-january")
    past.looks()
    for cohort in ("2024", "2025"):
        past.does("thaw", cohort=cohort)
    past.waits(1)
    past.reschedules(FIRST, who, "standard-september", "2024")
    past.looks()


def back_into_a_frozen_cohort(past: Past) -> None:
    """Who goes back is remembered to have come out of nothing, be it out of a frozen cohort or by another way round."""
    for role in ROLES:
        froze, thawed = (past.registers(RIVERBANK, FIRST, "2024-09-02", role) for _ in range(2))
        past.does("freeze", cohort="2024")
        for who in (froze, thawed):
            past.reschedules(FIRST, who, "standard-september", "2025", role)
        past.does("freeze", cohort="2025")
        past.waits(1)
        past.reschedules(FIRST, froze, "standard-january", "2024", role)
        past.looks(PARTICIPANTS)
        past.reschedules(FIRST, froze, "standard-april", None, role)  # which is frozen, and remembered no more
        past.reschedules(FIRST, froze, "standard-april", "2025", role)
        past.reschedules(FIRST, froze, "standard-april", "2026", role)
        past.looks(PARTICIPANTS)
        past.does("thaw", cohort="2024")
        past.reschedules(FIRST, thawed, "standard-january", "2024", role)
        past.reschedules(FIRST, froze, "standard-january", "2024", role)
        past.looks(PARTICIPANTS)
        past.does("thaw", cohort="2025")
        past.reschedules(FIRST, thawed, "standard-january", "2025", role)
        past.looks(PARTICIPANTS)


def out_of_a_frozen_cohort_in_one_role(past: Past) -> None:
    """Out of which frozen cohort somebody came is remembered of the role in which they did, and of that alone."""
    for one, other in (ROLES, ROLES[::-1]):
        who = past.registers(RIVERBANK, FIRST, "2024-09-02", one)
        past.registers(RIVERBANK, FIRST, "2024-09-02", other, also=who)
        past.does("freeze", cohort="2024")
        past.reschedules(FIRST, who, "standard-september", "2025", one)
        past.looks(PARTICIPANTS)
        past.waits(1)
        past.reschedules(FIRST, who, "standard-january", "2024", other)
        past.reschedules(FIRST, who, "standard-september", "2025", other)
        past.looks(PARTICIPANTS)
        past.waits(1)
        past.reschedules(FIRST, who, "standard-january", "2024", one)
        past.looks(PARTICIPANTS)
        past.does("thaw", cohort="2024")


def completed_and_still_to_begin(past: Past) -> None:
    """Who has passed, and begins elsewhere, is put on a schedule only where what was declared of that fits."""
    for on in (-1, 0, 5):
        for dated in ("2025-08-20", "2025-09-10"):
            who = past.registers(RIVERBANK, FIRST, "2025-09-02", claimed="2025-09-02")
            past.ends_induction(who, "pass", -9)
            past.joins(who, CASTLE_HILL, on, FIRST, at=None if on >= 0 else f"{past.day(on)}T09:00:00Z")
            past.declares(FIRST, who, "started", dated)
            past.reschedules(FIRST, who, "reduced-september")
            past.looks(PARTICIPANTS)


def out_of_a_frozen_cohort_into_an_earlier_one(past: Past) -> None:
    """Who comes out of a frozen cohort did so, be it into an earlier one, in place or not, and may go back."""
    for role in ROLES:
        for starts in ("2025-09-02", 0):
            who = past.registers(RIVERBANK, FIRST, starts, role)
            froze, to = ("2025", "2024") if starts else ("2026", "2025")
            past.does("freeze", cohort=froze)
            past.reschedules(FIRST, who, "standard-january", to, role)
            past.looks(PARTICIPANTS)
            past.waits(1)
            past.reschedules(FIRST, who, "standard-september", froze, role)
            past.looks(PARTICIPANTS)
            past.does("thaw", cohort=froze)
