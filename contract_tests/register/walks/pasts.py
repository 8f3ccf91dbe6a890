"""Pasts of ECTs that hang on one condition each: on the second school, provider, stamp or day, and on their order."""

from __future__ import annotations

from typing import Final

from contract_tests.register.asking import ELSEWHERE, PARTNERSHIPS, TRANSFERS
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.lists import Query
from contract_tests.register.walks.chance import PARTNERS
from contract_tests.register.walks.looking import Question
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND, THIRD = range(3)
AUTUMN: Final = "2025-10-10"


def claimed_when_statements_were_open_that_are_not(past: Past) -> None:
    """What was declared joins the statement that was next then, though it is closed by now."""
    for on in ("2026-07-20T09:00:00Z", "2026-07-31T22:59:59Z", "2026-07-31T23:00:00Z"):
        who = past.registers(RIVERBANK, FIRST, "2025-09-02")
        past.declares(FIRST, who, "started", AUTUMN)
        past.voids(FIRST, past.declares(FIRST, who, "retained-1", "2026-01-12"))
        past.claims(who, "2025-09-02", at=on)
        past.looks()


def goes_away_and_pauses(past: Past) -> None:
    """Who is to leave, and to begin elsewhere before that day or after it, is back until then."""
    for starts_again in (5, 21, 22):
        who = past.registers(RIVERBANK, FIRST, "2025-09-03")
        past.leaves(who, 20)
        past.joins(who, ASHDOWN, starts_again, SECOND)
        past.pauses(FIRST, who)
        past.looks()
        past.waits(1)
        past.resumes(FIRST, who)
        past.looks()
        past.resumes(FIRST, who)
        past.pauses(SECOND, who)


def noticed_at_night_and_changed_since(past: Past) -> None:
    """A partnership changes as training through it begins; what changed later stays, whatever is told of the past."""
    past.partners_up(FIRST, ASHDOWN, "2026", 0)
    past.registers(ASHDOWN, FIRST, 1)
    past.waits(1)
    past.looks(PARTNERSHIPS)
    past.does("change-partner", by=FIRST, of=FIRST, urn=ASHDOWN, cohort="2026", partner=PARTNERS[1])
    past.looks()
    past.registers(CASTLE_HILL, FIRST, "2025-09-11")
    past.looks(PARTNERSHIPS)


def trained_again_before_it_moves(past: Past) -> None:
    """Training that is told of last does not begin last: that at the next school does."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-12")
    past.joins(who, CASTLE_HILL, 10, FIRST)
    for programme in ("school_led", "provider_led"):
        past.does("change-programme", who=who, programme=programme, provider=FIRST)
        past.looks()
    past.pauses(FIRST, who)


def alone_at_a_school_for_a_day(past: Past) -> None:
    """What a school wanted for a day is known of it from then on."""
    who = past.registers(CASTLE_HILL, SECOND, -1)
    past.does("change-programme", who=who, programme="school_led", provider=SECOND)
    past.looks_at_schools()


def put_on_a_schedule_the_day_before(past: Past) -> None:
    """Who is deferred, or withdrawn, was leaving the day before: put on another schedule then, or not; back from it."""
    for how in ("defer", "withdraw"):
        who = past.registers(RIVERBANK, FIRST, "2025-09-12")
        past.pauses(FIRST, who, how)
        past.resumes(FIRST, who, at=f"{past.day(-1)}T08:00:00Z")
        past.reschedules(FIRST, who, "standard-january", at=f"{past.day(-1)}T09:00:00Z")
        past.looks()


def withdrawn_once_gone(past: Past) -> None:
    """Training that has ended, or will, before its provider says so; deferred, and then withdrawn."""
    gone, goes, going = (past.registers(RIVERBANK, FIRST, "2025-09-04") for _ in range(3))
    for who, on in ((gone, -9), (goes, 0), (going, 9)):
        past.leaves(who, on)
        past.pauses(FIRST, who)
        past.looks(TRANSFERS)
        past.pauses(FIRST, who, "withdraw")
        past.pauses(FIRST, who, "withdraw")
        past.looks()
        past.resumes(FIRST, who)
        for status in ("deferred", "withdrawn", "active"):
            past.asks(Question(FIRST, "/participants", Query(training_status=status)))
    past.joins(gone, RIVERBANK, 0, FIRST)
    past.looks()


def moved_and_changed_since(past: Past) -> None:
    """Of a move the days count, of either side: of the filter those of one's own; a new schedule ends the first."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-05")
    past.joins(who, CASTLE_HILL, "2026-03-05", FIRST, at="2026-03-05T09:00:00Z")
    past.looks()
    past.reschedules(FIRST, who, "standard-january")
    past.looks()
    past.waits(1)
    past.reschedules(FIRST, who, "extended-september")
    past.looks()
    other = past.registers(RIVERBANK, FIRST, "2025-09-05")
    past.joins(other, ASHDOWN, "2026-03-05", SECOND, at="2026-03-05T09:00:00Z")
    for act in (past.pauses, past.resumes):
        act(SECOND, other)
        past.looks()
        past.waits(1)
    past.pauses(FIRST, other)
    past.looks()


def moved_between_many(past: Past) -> None:
    """Three schools and two providers, of which one is only hoped for; the school itself between; then away."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-08")
    past.joins(who, ELSEWHERE, "2025-12-01", SECOND, at="2025-12-01T09:00:00Z")
    past.joins(who, ASHDOWN, "2026-02-02", SECOND, at="2026-02-02T09:00:00Z")
    past.looks(TRANSFERS)
    past.does("change-programme", "2026-04-01T09:00:00Z", who=who, programme="school_led", provider=SECOND)
    past.joins(who, CASTLE_HILL, "2026-06-02", FIRST, at="2026-06-02T09:00:00Z")
    past.looks()
    past.partners_up(SECOND, ELSEWHERE, "2025", 2)
    past.looks()
    past.does("change-provider", who=who, role="ect", to=SECOND)
    past.leaves(who, 3)
    past.looks()
    past.claims(who, -10)
    past.ends_induction(who, "fail")
    past.looks()
    past.looks_at_schools()


def on_the_day_it_begins(past: Past) -> None:
    """What a school says of training on its first day undoes it, where the day before has to end what has begun."""
    for started in (-1, 0, 1):
        told = f"{past.day(min(started, 0))}T09:00:00Z"
        late, moved, home = (past.registers(RIVERBANK, FIRST, min(started, 0), at=told) for _ in range(3))
        if started > 0:
            late, moved, home = (past.registers(RIVERBANK, FIRST, 1) for _ in range(3))
        past.does("change-provider", who=moved, role="ect", to=SECOND)
        past.does("change-programme", who=home, programme="school_led", provider=FIRST)
        past.looks()
        past.leaves(late, max(started, 0))
        past.looks()
        past.does("change-programme", who=home, programme="provider_led", provider=SECOND)
        past.looks_at_schools()
        past.does("change-provider", who=home, role="ect", to=FIRST)
        past.looks()


def registered_long_ago_and_trained_from_today(past: Past) -> None:
    """A time at a school that began before its training: gone the day the training begins, or the day before."""
    for on in (-1, 0, 1):
        who = past.registers(RIVERBANK, FIRST, -30, at=f"{past.day(0)}T08:00:00Z")
        past.leaves(who, on)
        past.looks()


def inducted_while_leaving(past: Past) -> None:
    """Who passes ends today, unless their end is known; what was to begin later does not."""
    stays, leaves, moves = (past.registers(RIVERBANK, FIRST, "2025-09-09", claimed="2025-09-09") for _ in range(3))
    past.leaves(leaves, 20)
    past.joins(moves, CASTLE_HILL, 10, FIRST)
    for who, outcome in ((stays, "fail"), (leaves, "pass"), (moves, "pass")):
        past.ends_induction(who, outcome)
        past.looks()
        past.reschedules(FIRST, who, "reduced-september")
    past.looks()
    released = past.registers(RIVERBANK, FIRST, "2025-09-09", claimed="2025-09-09")
    past.ends_induction(released, None, -3)
    past.looks()
    past.claims(released, -1)
    past.does("exempt", who=released)
    past.looks()


def registered_by_mistake(past: Past) -> None:
    """A registration is undone unless something counts that was declared: what is voided or submitted does not."""
    for number, claimed in enumerate((None, None, "2025-09-10", "2025-09-10")):
        who = past.registers(RIVERBANK, FIRST, "2025-09-10", claimed=claimed)
        which = past.declares(FIRST, who, "started", AUTUMN)
        if number in (1, 3):
            past.voids(FIRST, which)
        past.does("undo", who=who, role="ect")
        past.looks()


def paid_and_taken_back(past: Past) -> None:
    """Money goes and comes back, a statement at a time, as do uplifts: of who has them, and of `started` alone."""
    made = []
    for urn, by, type, dated in (
        (RIVERBANK, FIRST, "started", "2024-10-10"),
        (RIVERBANK, FIRST, "retained-1", "2025-01-13"),
        (ASHDOWN, SECOND, "started", "2024-10-10"),
    ):
        who = past.registers(urn, by, "2024-09-03", claimed="2024-09-03")
        made.append((by, who, past.declares(by, who, type, dated), type, dated))
    past.waits(31)
    past.looks()
    late = past.registers(RIVERBANK, FIRST, "2024-09-03")
    past.declares(FIRST, late, "started", "2024-10-10")
    past.claims(late, "2024-09-03", at="2026-10-20T09:00:00Z")  # it joins what is closed, so it is not paid with it
    for by in (FIRST, SECOND):
        past.does("pay", by=by, cohort="2024")
    past.looks()
    for by, _, which, _, _ in made:
        past.voids(by, which)
        past.voids(by, which)
    past.looks()
    for by, who, _, type, dated in made[:2]:
        past.declares(by, who, type, dated)
    past.waits(60)
    past.looks()
    for by in (FIRST, SECOND):
        past.does("pay", by=by, cohort="2024")
    past.looks()
    for by, _, which, _, _ in made:
        past.voids(by, which)
