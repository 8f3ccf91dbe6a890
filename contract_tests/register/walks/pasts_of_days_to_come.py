"""Pasts of what is told of a day to come, and changed before it, that hang on one condition each."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, TRANSFERS
from contract_tests.register.backstage import RIVERBANK
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND = range(2)
SEPTEMBER: Final = "2025-09-03"


def changed_before_it_begins(past: Past) -> None:
    """Training that has not begun is changed itself: its days do not move by that, and it is as old as it was."""
    for role in ROLES:
        for on in (0, 4):
            moves, stays = (past.registers(RIVERBANK, FIRST, SEPTEMBER, role) for _ in range(2))
            for who in (moves, stays):
                past.joins(who, CASTLE_HILL, on, FIRST, role)
            past.reschedules(FIRST, stays, "standard-january", role=role)
            past.looks(TRANSFERS)
            past.does("change-provider", who=moves, role=role, to=SECOND)
            past.looks()
            for who in (moves, stays):
                past.leaves(who, 9, role)
            past.looks(TRANSFERS)
            past.does("change-provider", who=moves, role=role, to=FIRST)
            past.looks(PARTICIPANTS, TRANSFERS)


def inducted_from_a_day_to_come(past: Past) -> None:
    """An induction makes eligible if it has begun, be it today or once they left; one from tomorrow does not, ever."""
    for on in (-1, 0, 1):
        who = past.registers(RIVERBANK, FIRST, SEPTEMBER)
        past.declares(FIRST, who, "started", "2025-10-10")
        past.claims(who, on)
        past.looks(PARTICIPANTS, DECLARATIONS)
    for goes in (-9, 0, 5):
        who = past.registers(RIVERBANK, FIRST, SEPTEMBER)
        past.declares(FIRST, who, "started", "2025-10-10")
        past.leaves(who, goes)
        past.claims(who)
        past.looks(PARTICIPANTS, DECLARATIONS)
    past.waits(2)
    past.looks(PARTICIPANTS, DECLARATIONS)


def funded_until_a_day_to_come(past: Past) -> None:
    """Who will not be funded after a day is not already: a mentor has completed, wherever they join, an ECT has not."""
    for on in (-1, 0, 5):
        goes, stays, moves = (past.registers(RIVERBANK, FIRST, SEPTEMBER, "mentor") for _ in range(3))
        joins = past.registers(RIVERBANK, FIRST, 3, "mentor")
        past.leaves(goes, 9, "mentor")
        for who in (goes, stays, moves, joins):
            past.does("unfund", who=who, on=past.day(on), reason="started_not_completed")
            past.reschedules(FIRST, who, "standard-january", role="mentor")
        past.joins(moves, CASTLE_HILL, 1, FIRST, "mentor")
        past.looks(PARTICIPANTS, TRANSFERS)
        for claimed in (SEPTEMBER, None):
            ect = past.registers(RIVERBANK, FIRST, SEPTEMBER, claimed=claimed)
            past.does("exempt", who=ect, on=past.day(on))
            past.reschedules(FIRST, ect, "standard-january")
    past.looks(PARTICIPANTS)


def declared_without_an_offset(past: Past) -> None:
    """A date without an offset is compared as UTC's: with now, with the withdrawal, and with what is declared."""
    who, withdrawn, declared = (past.registers(RIVERBANK, FIRST, SEPTEMBER) for _ in range(3))
    past.pauses(FIRST, withdrawn, "withdraw", at=f"{past.day(-2)}T09:00:00Z")
    past.declares(FIRST, declared, "retained-1", "2026-06-10")
    for minutes, dated in ((30, "09:30:00"), (-30, "08:30:00")):
        now = past.world.clock + timedelta(minutes=minutes)
        past.declares(FIRST, who, "started", f"{now:%Y-%m-%dT%H:%M:%S}")
        past.declares(FIRST, withdrawn, "started", f"{past.day(-2)}T{dated}")
    for type in ("started", "retained-3"):
        for dated in ("2026-06-10T11:30:00", "2026-06-10T12:30:00"):
            past.declares(FIRST, declared, type, dated)
    past.looks(DECLARATIONS)
