"""Pasts of what is declared, that hang on one condition each: on what was before, with whom, and until when."""

from __future__ import annotations

from typing import Final

from contract_tests.register.asking import DECLARATIONS, ELSEWHERE
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.walks.chance import PARTNERS
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL, PREMIUM

FIRST, SECOND, THIRD = range(3)
AUTUMN: Final = "2025-10-10"


def one_after_the_other(past: Past) -> None:
    """What is declared keeps to its place among all that counts, before and after, whoever declared it."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-02")
    past.partners_up(SECOND, RIVERBANK, "2025", 2)
    past.declares(FIRST, who, "started", AUTUMN)
    first = past.declares(FIRST, who, "retained-1", "2026-01-12")
    past.does("change-provider", who=who, role="ect", to=SECOND)
    past.declares(SECOND, who, "extended-1", "2026-07-01")
    last = past.declares(SECOND, who, "retained-4", "2026-05-12")
    for by, dated in (
        *((FIRST, "2025-12-01"), (SECOND, "2025-12-01"), (SECOND, "2025-10-09"), (SECOND, "2026-06-01")),
        *((SECOND, "2026-01-12T11:59:59Z"), (SECOND, "2026-05-12T12:00:01Z"), (FIRST, "2026-07-02")),
    ):
        past.declares(by, who, "retained-3", dated)
    for dated in ("2026-01-12", "2026-05-12"):
        past.voids(SECOND, past.declares(SECOND, who, "retained-3", dated))
    past.looks(DECLARATIONS)
    past.voids(FIRST, first)
    past.voids(SECOND, past.declares(SECOND, who, "retained-3", "2025-12-01"))
    past.voids(SECOND, last)
    past.declares(FIRST, who, "retained-3", "2026-06-01")
    past.declares(SECOND, who, "completed", "2026-06-01")
    past.declares(SECOND, who, "extended-2", "2026-06-30")
    past.looks()


def frozen_while_with_another(past: Past) -> None:
    """Nothing is declared of who trains today in a frozen cohort, be it with another; in a hope, or gone, it is."""
    stays, moves, hopes, gone, later = (past.registers(RIVERBANK, FIRST, "2025-09-03") for _ in range(5))
    mentor = past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor", also=gone)
    past.joins(moves, ASHDOWN, -3, SECOND, at=f"{past.day(-3)}T09:00:00Z")
    past.joins(hopes, CASTLE_HILL, -3, SECOND, at=f"{past.day(-3)}T09:00:00Z")
    past.leaves(gone, -1)
    past.leaves(later, 0)
    past.does("freeze", cohort="2025")
    for who in (stays, moves, hopes, gone, later):
        past.declares(FIRST, who, "started", AUTUMN)
    past.declares(FIRST, mentor, "started", AUTUMN, "mentor")
    past.does("change-provider", who=stays, role="ect", to=SECOND)
    past.declares(FIRST, stays, "started", AUTUMN)
    past.looks()
    past.does("thaw", cohort="2025")
    past.declares(FIRST, moves, "started", AUTUMN)
    past.looks(DECLARATIONS)


def uplifted_by_one_of_two(past: Past) -> None:
    """What was paid with an uplift is, be it of pupil premium or of sparsity; ever after, though it is taken back."""
    made = []
    for urn in (CASTLE_HILL, PREMIUM, ASHDOWN):
        past.partners_up(FIRST, urn, "2024", 1)
        for role in ("ect", "mentor"):
            who = past.registers(urn, FIRST, "2024-09-03", role, claimed="2024-09-03" if role == "ect" else None)
            made.append(past.declares(FIRST, who, "started", "2024-10-10", role))
        late = past.registers(urn, FIRST, "2024-09-03")
        made.append(past.declares(FIRST, late, "started", "2024-10-10"))
        past.claims(late, "2024-09-03")  # who was not eligible yet when it was declared
    past.looks()
    past.waits(61)
    past.does("pay", by=FIRST, cohort="2024")
    past.looks()
    for which in made[::2]:
        past.voids(FIRST, which)
    past.looks(DECLARATIONS)


def declared_after_a_move(past: Past) -> None:
    """What is declared goes by where somebody trains last, though it is of a day before: partner, mentor, or none."""
    for mentored in (True, False):
        who = past.registers(RIVERBANK, FIRST, "2025-09-08")
        past.has_mentor(who, past.registers(RIVERBANK, FIRST, "2025-09-08", "mentor"), at="2025-09-09T09:00:00Z")
        first = past.declares(FIRST, who, "started", AUTUMN)
        past.joins(who, CASTLE_HILL, "2026-03-02", FIRST, at="2026-03-02T09:00:00Z")
        if mentored:
            mentor = past.registers(CASTLE_HILL, FIRST, "2025-09-08", "mentor")
            past.has_mentor(who, mentor, at="2026-03-03T09:00:00Z")
        past.declares(FIRST, who, "retained-1", "2026-01-12")
        past.voids(FIRST, first)
        past.declares(FIRST, who, "started", AUTUMN)
        past.looks()
    past.does("change-partner", by=FIRST, of=FIRST, urn=CASTLE_HILL, cohort="2025", partner=PARTNERS[1])
    past.looks()


def too_late_to_be_paid(past: Past) -> None:
    """Nobody becomes eligible for whom no statement is left; of who was before nothing is declared any more."""
    past.partners_up(FIRST, RIVERBANK, "2023", 0)
    late, paid = (past.registers(RIVERBANK, FIRST, "2023-09-04", claimed=on) for on in (None, "2023-09-04"))
    for who in (late, paid):
        past.declares(FIRST, who, "started", "2023-10-10")
    past.claims(late, "2023-09-04")
    past.looks()
    past.declares(FIRST, late, "retained-1", "2024-01-12")
    past.looks()
    past.reschedules(FIRST, late, "standard-september", "2025")  # where statements are left, but not for all of it
    past.declares(FIRST, late, "retained-2", "2026-04-20", evidence="75-percent-engagement-met")
    past.ends_induction(late, None, -1)
    past.claims(late)
    past.looks()


def paused_and_with_another(past: Past) -> None:
    """Who was paused and trains there with another does not come back while that lasts, nor on its last day."""
    past.partners_up(SECOND, RIVERBANK, "2025", 1)
    for to in (SECOND, THIRD):  # be it in the hope of one
        who = past.registers(RIVERBANK, FIRST, "2025-09-10")
        past.pauses(FIRST, who, at="2026-03-02T09:00:00Z")
        past.does("change-provider", "2026-03-04T09:00:00Z", who=who, role="ect", to=to, paused=True)
        past.resumes(FIRST, who)
        past.reschedules(FIRST, who, "standard-january")
        past.declares(FIRST, who, "started", AUTUMN)
        past.looks()
        past.pauses(to, who)
        past.resumes(FIRST, who)
        past.waits(1)
        past.resumes(FIRST, who)
        past.resumes(to, who)
        past.looks()


def through_another_partner_since(past: Past) -> None:
    """All that was declared of training changes with its partner, taken back or of who has gone, and nothing else."""
    past.partners_up(FIRST, ELSEWHERE, "2025", 1)
    voided, stands, counts, gone = (
        past.registers(ELSEWHERE, FIRST, "2025-09-03", claimed="2025-09-03" if number == 2 else None)
        for number in range(4)
    )
    moves = past.registers(RIVERBANK, FIRST, "2025-09-03")
    made = [past.declares(FIRST, who, "started", AUTUMN) for who in (voided, stands, counts, gone, moves)]
    past.voids(FIRST, made[0])
    past.leaves(gone, -9)
    past.joins(moves, ELSEWHERE, -3, FIRST, at=f"{past.day(-3)}T09:00:00Z")
    past.does("change-partner", by=FIRST, of=FIRST, urn=ELSEWHERE, cohort="2025", partner=PARTNERS[0])
    past.looks()


def seen_until_the_last_day(past: Past) -> None:
    """What another declares is seen up to the midnight in UTC with which one's own last day begins, be it summer."""
    for ends, before in (("2026-06-10", "2026-06-09"), ("2026-01-14", "2026-01-13")):
        for dated in (f"{before}T22:59:59Z", f"{before}T23:00:00Z", f"{ends}T00:00:00Z", f"{ends}T00:00:01Z"):
            who = past.registers(RIVERBANK, FIRST, "2025-09-03")
            past.leaves(who, ends)
            past.joins(who, ASHDOWN, "2026-07-01", SECOND)
            past.declares(SECOND, who, "started", dated)
    past.looks(DECLARATIONS)
