"""Pasts of whom schools register, that hang on one condition each: on days, seasons, partnerships and their order."""

from __future__ import annotations

from contract_tests.register.asking import DECLARATIONS, ELSEWHERE, PARTICIPANTS, PARTNERSHIPS, TRANSFERS, UNFUNDED
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.lists import Query
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.chance import COHORTS
from contract_tests.register.walks.looking import Question
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND, THIRD = range(3)


def told_of_late_or_early(past: Past) -> None:
    """Schedules go by the season in which training begins that nobody told of before; cohorts by the later day."""
    now = f"{past.day(0)}T08:59:00Z"
    for starts in ("2026-02-10", "2026-04-10", "2026-11-02", "2027-03-01"):
        for role in ROLES:
            past.registers(RIVERBANK, FIRST, starts, role, at=now)
    for role in ROLES:
        past.registers(RIVERBANK, FIRST, "2026-06-05", role, at="2026-05-20T10:00:00Z")
        past.registers(RIVERBANK, FIRST, "2026-05-31", role, at="2026-05-20T10:00:00Z")
    past.looks(PARTICIPANTS)
    past.looks_at_schools()


def through_one_of_two_partnerships(past: Past) -> None:
    """Who is registered trains through the first of a provider's partnerships, be it with another partner."""
    for by, partners in ((FIRST, (1, 0)), (SECOND, (2, 1))):
        for partner in partners:
            past.partners_up(by, ASHDOWN, "2026", partner)
    who, other = past.registers(ASHDOWN, FIRST), past.registers(ASHDOWN, FIRST, -1)
    for each in (who, other):
        past.does("change-provider", who=each, role="ect", to=SECOND)
    past.looks()
    past.looks(PARTNERSHIPS)


def another_tutor(past: Past) -> None:
    """Partnerships change with a tutor's name or address, which they show; with the school's name they do not."""
    school = past.world.school(ASHDOWN)
    name, email = school.tutor_name, school.tutor_email
    for about in (
        {"name": None, "tutor_name": name, "tutor_email": "another.tutor@school.example.com"},
        {"name": None, "tutor_name": "Another Tutor", "tutor_email": "another.tutor@school.example.com"},
        {"name": "Another Name", "tutor_name": None, "tutor_email": None},
    ):
        past.does("change-school", urn=ASHDOWN, **about)
        past.looks(PARTNERSHIPS)
        past.looks_at_schools()
    assert email


def joins_as_they_leave(past: Past) -> None:
    """Who joins on the day on which they leave had left the day before; a mentor who stays as well had not."""
    for role in ROLES:
        for on in (19, 20, 21):
            who = past.registers(RIVERBANK, FIRST, "2025-09-03", role)
            past.leaves(who, 20, role)
            past.leaves(who, 20, role)
            past.looks(PARTICIPANTS, TRANSFERS)
            past.joins(who, CASTLE_HILL, on, SECOND, role)
            past.looks(TRANSFERS)
    past.looks()


def mentors_who_stay_as_well(past: Past) -> None:
    """A mentor who begins elsewhere on the last day does not come back for it; the day after they do."""
    for on in (5, 20, 21):
        paused, completed = (past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor") for _ in range(2))
        for who in (paused, completed):
            past.leaves(who, 20, "mentor")
            past.joins(who, ASHDOWN, on, SECOND, "mentor", as_well=True)
        past.pauses(FIRST, paused, role="mentor", at=f"{past.day(-2)}T09:00:00Z")
        past.resumes(FIRST, paused, "mentor")
        which = past.declares(FIRST, completed, "completed", "2026-09-01", "mentor")
        past.looks()
        past.voids(FIRST, which)
        past.looks()
        past.joins(paused, ELSEWHERE, "2025-09-01", FIRST, "mentor", as_well=True)
        past.changes(paused, email="as.well@school.example.com")
        past.looks()


def gone_as_both(past: Past) -> None:
    """Of who leaves as both, first goes what began first, whatever was told first and changed last."""
    who = past.registers(RIVERBANK, FIRST, "2025-10-01", at="2025-10-02T09:00:00Z")
    past.registers(RIVERBANK, FIRST, "2025-09-01", "mentor", at="2025-10-03T09:00:00Z", also=who)
    past.leaves(who, 3)
    past.leaves(who, 5, "mentor")
    past.looks()
    past.joins(who, CASTLE_HILL, 9, FIRST)
    past.looks()
    past.leaves(who, 4, "mentor")
    past.looks()
    passed = past.registers(RIVERBANK, FIRST, "2025-09-02", claimed="2025-09-02")
    past.registers(RIVERBANK, FIRST, "2025-09-02", "mentor", also=passed)
    past.leaves(passed, 3, "mentor")
    past.looks(TRANSFERS)
    past.ends_induction(passed, "pass", -1)
    past.looks(TRANSFERS)


def of_two_cohorts(past: Past) -> None:
    """Of who is both, the one training may be of the cohort that is asked for, and the other have the status."""
    who = past.registers(RIVERBANK, FIRST, "2024-09-03")
    past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor", also=who)
    for role in ROLES:
        past.pauses(FIRST, who, "withdraw" if role == "ect" else "defer", role)
        for cohort in COHORTS:
            for status in ("active", "deferred", "withdrawn"):
                query = Query(cohorts=frozenset({cohort}), training_status=status)
                past.asks(Question(FIRST, PARTICIPANTS, query))


def mentors_until_a_day(past: Past) -> None:
    """Who is to leave mentors until then, be it the one or the other; of the unfunded what is shown as such counts."""
    for role in ROLES:
        who, mentor = past.registers(RIVERBANK, FIRST, "2025-09-03"), past.registers(RIVERBANK, None, -4, "mentor")
        past.leaves(who if role == "ect" else mentor, 2, role)
        past.has_mentor(who, mentor)
        past.looks()
    first, _ = (
        past.registers(RIVERBANK, None, 0, "mentor", trn=trn, mentee=past.registers(RIVERBANK, FIRST, "2025-09-03"))
        for trn in (None, "7300001")
    )
    past.does("unfund", who=first, on="2026-01-05", reason="started_not_completed")
    past.in_every_order(UNFUNDED)
    past.registers(CASTLE_HILL, FIRST, 0, "mentor", mentee=past.registers(CASTLE_HILL, FIRST, "2025-09-03"))
    both = past.registers(ASHDOWN, SECOND, "2025-09-03")
    past.registers(RIVERBANK, None, -4, "mentor", also=both, mentee=who)
    past.changes(both, email="as.an.ect@school.example.com")
    past.looks()
    past.waits(3)
    past.looks()
    past.in_every_order(PARTICIPANTS)


def one_who_was_inducted(past: Past) -> None:
    """An ECT turns out to be a mentor: the induction moves along, and what was said of who may be funded does not."""
    mentor = past.registers(CASTLE_HILL, FIRST, "2025-09-12", "mentor")
    for outcome, on in ((None, -5), ("fail", -3)):
        ect = past.registers(RIVERBANK, FIRST, "2025-09-12", claimed="2025-09-12")
        past.ends_induction(ect, outcome, on)
        past.does("merge", who=ect, into=mentor)
        past.looks()
        mentor = past.registers(CASTLE_HILL, THIRD, "2025-09-12", "mentor")


def passes_on_the_first_day(past: Past) -> None:
    """Who passes as they begin, the day before or the day after: what was declared of them goes with their time."""
    for starts, leaves in ((-1, None), (0, None), (0, 9), (1, None)):
        who = past.registers(RIVERBANK, FIRST, starts, claimed=past.day(min(starts, 0)))
        past.declares(FIRST, who, "started", f"{past.day(min(starts, 0))}T00:30:00Z")
        if leaves:
            past.leaves(who, leaves)
        past.looks(DECLARATIONS)
        past.ends_induction(who, "pass")
        past.looks()


def inducted_before_the_first_time(past: Past) -> None:
    """Of two inductions the one that began last is the most recent, though the other was told of later."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-04", claimed="2025-09-04")
    past.ends_induction(who, None, -20)
    past.claims(who, "2025-06-20")
    past.looks(PARTICIPANTS)
    past.does("close-induction", who=who, outcome=None, on="2025-07-10")
    past.looks(PARTICIPANTS)


def inducted_again(past: Past) -> None:
    """Of two inductions with an outcome the one that ended last counts, be it the one that was told of first."""
    for again, on in (("2026-02-01", "2026-05-01"), ("2025-01-10", "2025-04-01")):
        who = past.registers(RIVERBANK, FIRST, "2025-09-04", claimed="2025-09-04")
        past.does("close-induction", who=who, outcome="fail", on="2026-01-30")
        past.claims(who, again)
        past.does("close-induction", who=who, outcome="pass", on=on)
        past.looks(PARTICIPANTS)


def noticed_a_minute_past_midnight(past: Past) -> None:
    """Partnerships are as they were for the first minute of a day, and then they have changed."""
    past.registers(RIVERBANK, FIRST, 1)
    day = past.day(1)
    for at in ("00:00:00", "00:00:59", "00:01:00", "00:02:00"):
        past.does("wait", f"{day}T{at}Z")
        past.looks(PARTNERSHIPS)


def undone_wherever_the_money_is(past: Past) -> None:
    """Who is registered by mistake stays known while money is due for them, is paid, is to come back, or has come."""
    whose = {}
    for _ in range(4):
        who = past.registers(RIVERBANK, FIRST, "2025-09-03", claimed="2025-09-03")
        whose[who] = past.declares(FIRST, who, "started", "2025-10-10")
    due, paid, goes_back, is_back = whose
    held = past.world.declaration(whose[due]).statement
    assert held is not None
    past.waits((held.deadline - past.world.known.today).days + 1)
    past.does("undo", who=due, role="ect")
    past.pays(FIRST, whose[paid])
    past.does("undo", who=paid, role="ect")
    for who in (goes_back, is_back):
        past.voids(FIRST, whose[who])
    past.does("undo", who=goes_back, role="ect")
    past.pays(FIRST, whose[is_back])
    past.does("undo", who=is_back, role="ect")
    past.looks()
