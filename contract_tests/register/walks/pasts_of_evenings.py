"""Pasts of the last hour of a day in UTC, in summer, which is the first of the next in London: whose days all go by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, PARTNERSHIPS, TRANSFERS
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.looking import Question
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL, PREMIUM

FIRST, SECOND = range(2)
SEPTEMBER: Final = "2025-09-03"
AUTUMN: Final = "2025-10-10"
LATE: Final = "23:20:00Z"


def _at_night(past: Past) -> None:
    """It is past midnight in London, and not yet in UTC."""
    past.does("wait", f"{past.day(0)}T{LATE}")


def _looks_back(past: Past) -> None:
    """The first two look at people as they were on the days before, by which it is told until when they trained."""
    for days in (1, 2, 3):
        for by in (FIRST, SECOND):
            past.asks(Question(by, PARTICIPANTS, at=past.world.known.now - timedelta(days=days)))


def reported_at_night(past: Past) -> None:
    """What a provider says at night is said on London's day: of who began on it, or on the day before; until it."""
    for role in ROLES:
        yesterday, today = (past.registers(RIVERBANK, FIRST, on, role) for on in (0, 1))
        changes, paused, stays, returns = (past.registers(RIVERBANK, FIRST, SEPTEMBER, role) for _ in range(4))
        leaves = [past.registers(RIVERBANK, FIRST, SEPTEMBER, role) for _ in range(2)]
        for who, on in zip(leaves, (0, 1), strict=True):
            past.leaves(who, on, role)
        past.pauses(FIRST, returns, role=role)
        _at_night(past)
        past.looks(PARTICIPANTS, TRANSFERS, PARTNERSHIPS)
        past.resumes(FIRST, returns, role)
        for who in (yesterday, today, changes, *leaves):
            past.reschedules(FIRST, who, "standard-january", role=role)
        for who, how in ((yesterday, "defer"), (today, "defer"), (paused, "defer"), (stays, "withdraw")):
            past.pauses(FIRST, who, how, role)
        past.looks(PARTICIPANTS, TRANSFERS, PARTNERSHIPS)
        _looks_back(past)
        for who in (changes, paused, stays, returns):
            past.pauses(FIRST, who, "withdraw", role)
            past.resumes(FIRST, who, role)
        past.waits(1)
        for who in (changes, paused, stays, returns):
            past.resumes(FIRST, who, role)
        past.looks(PARTICIPANTS, PARTNERSHIPS)


def told_at_night(past: Past) -> None:
    """What schools say at night is so from London's day on, or until the day before: of who began on either."""
    home, away, passes = (
        [past.registers(RIVERBANK, FIRST, on, claimed=past.day(0)) for on in (SEPTEMBER, 0, 1)] for _ in range(3)
    )
    counts, moves = (past.registers(RIVERBANK, FIRST, SEPTEMBER, claimed=SEPTEMBER) for _ in range(2))
    past.declares(FIRST, counts, "started", AUTUMN)
    past.joins(moves, CASTLE_HILL, 1, SECOND)
    stays = past.registers(RIVERBANK, FIRST, SEPTEMBER, "mentor")
    past.joins(stays, CASTLE_HILL, 1, SECOND, "mentor", as_well=True)
    _at_night(past)
    past.does("undo", who=counts, role="ect")
    for who in (moves, stays):
        past.changes(who, email=f"{who}.at.night@school.example.com")
    for who in home:
        past.does("change-programme", who=who, programme="school_led", provider=FIRST)
    for who in away:
        past.does("change-provider", who=who, role="ect", to=SECOND)
    past.partners_up(SECOND, RIVERBANK, "2025", 1)
    for who in passes:
        past.ends_induction(who, "pass", -1)
    past.looks()
    _looks_back(past)
    for who in away:
        past.pauses(SECOND, who)
    claimed = past.registers(RIVERBANK, FIRST, SEPTEMBER)
    past.claims(claimed, 0)
    past.looks(PARTICIPANTS)
    past.waits(1)
    past.looks(PARTICIPANTS, PARTNERSHIPS)
    for who in home:
        past.does("change-programme", who=who, programme="provider_led", provider=SECOND)
        past.pauses(SECOND, who)
    past.looks()


def registered_at_night(past: Past) -> None:
    """Who is registered late at night is in the season, and in the cohort, of the day it is in London."""
    for role in ROLES:
        for at in ("2026-05-31T22:59:59Z", "2026-05-31T23:00:00Z"):
            past.registers(RIVERBANK, FIRST, "2026-05-20", role, at=at)
    past.registers(PREMIUM, None, "2026-05-20", at="2026-05-31T22:59:59Z")
    past.looks_at_schools()
    past.registers(PREMIUM, None, "2026-05-20", at="2026-05-31T23:00:00Z")
    past.looks_at_schools()
    mentor, who = (past.registers(RIVERBANK, None, SEPTEMBER, "mentor"), past.registers(RIVERBANK, FIRST, SEPTEMBER))
    moves = past.registers(RIVERBANK, FIRST, SEPTEMBER)
    _at_night(past)
    now = f"{past.world.clock:%Y-%m-%dT%H:%M:%SZ}"
    past.has_mentor(who, mentor)
    past.joins(moves, CASTLE_HILL, -9, FIRST)
    late = past.registers(CASTLE_HILL, FIRST, -9, at=now)
    past.looks(PARTICIPANTS)
    for each in (mentor, late, moves):
        past.pauses(FIRST, each, role="mentor" if each == mentor else "ect")
    for each in (late, moves):
        past.does("change-provider", who=each, role="ect", to=SECOND)
    past.looks(PARTICIPANTS, TRANSFERS)


def mentored_since_that_night(past: Past) -> None:
    """Who mentors from a night on does so from London's day; who was replaced was until the day before that."""
    for dated in ("2026-06-09T22:59:59Z", "2026-06-09T23:00:00Z"):
        who = past.registers(RIVERBANK, FIRST, SEPTEMBER)
        first, second = (past.registers(RIVERBANK, FIRST, SEPTEMBER, "mentor") for _ in range(2))
        past.has_mentor(who, first, at="2025-10-01T09:00:00Z")
        past.has_mentor(who, second, at="2026-06-09T23:20:00Z")
        past.declares(FIRST, who, "started", dated)
        past.declares(FIRST, first, "started", dated, "mentor")
        past.registers(RIVERBANK, FIRST, 0, "mentor", mentee=who)
    past.looks()


def completed_at_night(past: Past) -> None:
    """A mentor's training that ends on London's day has ended when they complete, and goes on once that is undone."""
    for how in ("defer", "leave", "leave tomorrow"):
        who = past.registers(RIVERBANK, FIRST, SEPTEMBER, "mentor")
        _at_night(past)
        if how == "defer":
            past.pauses(FIRST, who, role="mentor")
        else:
            past.leaves(who, 1 if how == "leave tomorrow" else 0, "mentor")
        which = past.declares(FIRST, who, "completed", "2026-09-01T23:30:00Z", "mentor")
        past.looks(PARTICIPANTS, TRANSFERS)
        past.voids(FIRST, which)
        past.looks()


def frozen_at_night(past: Past) -> None:
    """Of who trained in a frozen cohort until the day before in London something is declared, of who does today not."""
    gone, goes = (past.registers(RIVERBANK, FIRST, SEPTEMBER) for _ in range(2))
    _at_night(past)
    past.leaves(gone, -1)
    past.leaves(goes, 0)
    past.does("freeze", cohort="2025")
    for who in (gone, goes):
        past.declares(FIRST, who, "started", AUTUMN)
    past.does("thaw", cohort="2025")
    past.looks(DECLARATIONS)


def due_at_night(past: Past) -> None:
    """What is declared, taken back or becomes eligible on the last night of March is on the statement after that."""
    past.does("wait", f"{past.day(0)}T09:00:00Z")
    people = [past.registers(ASHDOWN, SECOND, SEPTEMBER, claimed=SEPTEMBER) for _ in range(2)]
    waiting = [past.registers(ASHDOWN, SECOND, SEPTEMBER) for _ in range(2)]
    made = [past.declares(SECOND, who, "started", AUTUMN) for who in people]
    for who in waiting:
        past.declares(SECOND, who, "started", AUTUMN)
    past.pays(SECOND, *made)
    for number, at in enumerate(("2027-03-31T22:59:50Z", "2027-03-31T23:00:00Z")):
        past.does("wait", at)
        past.voids(SECOND, made[number])
        past.declares(SECOND, people[number], "retained-1", "2026-01-12")
        past.claims(waiting[number], SEPTEMBER)
        past.looks(DECLARATIONS)
