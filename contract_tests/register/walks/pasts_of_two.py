"""Pasts in which two meet, that hang on one condition each: two roles, schools, providers, people who are one, days."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, PARTNERSHIPS, TRANSFERS, UNFUNDED
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.lists import Query
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.chance import PARTNERS
from contract_tests.register.walks.looking import Question
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND, THIRD = range(3)
AUTUMN: Final = "2025-10-10"


def an_unfunded_mentor_who_was_another(past: Past) -> None:
    """Of whom is merged with an unfunded mentor only a time as a mentor changes what is shown of them as such."""
    mentee = past.registers(RIVERBANK, FIRST, "2025-09-12")
    mentor = past.registers(RIVERBANK, None, "2025-09-12", "mentor", mentee=mentee)
    past.does("merge", who=past.registers(ASHDOWN, SECOND, "2025-09-12"), into=mentor)
    past.looks(UNFUNDED)
    past.looks()


def an_unfunded_mentor_who_mentored_before(past: Past) -> None:
    """Of whom is merged with an unfunded mentor a time as a mentor counts, be it over, as it ends, or for now."""
    for goes in (-30, 0, 30, None):
        mentee = past.registers(RIVERBANK, FIRST, "2025-09-12")
        mentor = past.registers(RIVERBANK, None, "2025-09-12", "mentor", mentee=mentee)
        retired = past.registers(ASHDOWN, SECOND, "2025-09-10", "mentor")
        if goes is not None:
            past.leaves(retired, goes, "mentor")
        past.does("merge", who=retired, into=mentor)
        past.looks(UNFUNDED)
    past.looks()


def each_role_with_another_provider(past: Past) -> None:
    """Who is an ECT with one provider and a mentor with another: each sees what was declared of its own role."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-03")
    past.registers(ASHDOWN, SECOND, "2025-09-03", "mentor", also=who)
    for by, role in ((FIRST, ROLES[0]), (SECOND, ROLES[1])):
        past.declares(by, who, "started", AUTUMN, role)
    past.looks()
    past.does("change-provider", who=who, role="ect", to=SECOND)
    past.looks(DECLARATIONS)


def completed_and_with_another_since(past: Past) -> None:
    """Completed by one's former provider, and not after all: another trains on, so the former does not again."""
    for since in ("2026-03-02T09:00:00Z", None):
        who = past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor")
        past.partners_up(SECOND, RIVERBANK, "2025", 1) if since else None
        past.does("change-provider", since, who=who, role="mentor", to=SECOND)
        which = past.declares(FIRST, who, "completed", "2026-09-01", "mentor")
        past.looks()
        past.voids(FIRST, which)
        past.looks()


def mentors_one_after_the_other(past: Past) -> None:
    """Two mentors, the one after the other, are one who moved: what was declared of either counts."""
    first = past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor")
    past.leaves(first, "2026-01-20", "mentor", at="2026-01-10T09:00:00Z")
    second = past.registers(ASHDOWN, SECOND, "2026-02-02", "mentor")
    past.declares(FIRST, first, "started", AUTUMN, "mentor")
    which = past.declares(SECOND, second, "completed", "2026-09-02", "mentor")
    past.does("merge", who=first, into=second)
    past.looks()
    past.declares(SECOND, second, "started", "2026-02-10", "mentor")
    past.declares(FIRST, second, "completed", "2026-09-02", "mentor")
    past.voids(SECOND, which)
    past.looks()
    past.declares(FIRST, second, "completed", "2026-09-03", "mentor")
    past.looks()


def voided_and_taken_along(past: Past) -> None:
    """What was voided goes into another cohort with the training under it, as what stands does."""
    for voided in (True, False):
        who = past.registers(RIVERBANK, FIRST)
        which = past.declares(FIRST, who, "started", -1)
        if voided:
            past.voids(FIRST, which)
        past.reschedules(FIRST, who, "standard-september", "2025")
        for cohort in ("2025", "2026"):
            past.asks(Question(FIRST, DECLARATIONS, Query(cohorts=frozenset({cohort}))))


def taken_back_before_a_closed_deadline(past: Past) -> None:
    """What is taken back as of a day of the past is on the statement that was next then, though it is closed."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-03", claimed="2025-09-03")
    made = [past.declares(FIRST, who, "started", AUTUMN), past.declares(FIRST, who, "retained-1", "2026-01-12")]
    past.waits(50)
    past.does("pay", by=FIRST, cohort="2025")
    for which, on in zip(made, ("2026-10-31T23:59:59Z", "2026-11-01T00:00:00Z"), strict=True):
        past.does("void", on, by=FIRST, which=which)
        past.looks()


def a_mentor_who_will_be_an_ect(past: Past) -> None:
    """An address is corrected where somebody is now, be it as a mentor, and not where they will be an ECT."""
    for on in (5, 0, -5):
        mentee = past.registers(RIVERBANK, FIRST, "2025-09-03")
        who = past.registers(RIVERBANK, None, "2025-09-03", "mentor", mentee=mentee)
        past.registers(CASTLE_HILL, FIRST, on, also=who)
        past.changes(who, email=f"corrected{on}@school.example.com")
        past.looks()


def undone_at_one_of_two(past: Past) -> None:
    """A registration is undone, whatever counts that was declared at another school, or in the other role."""
    moves = past.registers(RIVERBANK, FIRST, "2025-09-03", claimed="2025-09-03")
    past.declares(FIRST, moves, "started", AUTUMN)
    past.joins(moves, CASTLE_HILL, -3, FIRST, at=f"{past.day(-3)}T09:00:00Z")
    both = past.registers(RIVERBANK, FIRST, "2025-09-03", claimed="2025-09-03")
    past.declares(FIRST, both, "started", AUTUMN)
    past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor", also=both)
    for who, role in ((moves, ROLES[0]), (both, ROLES[1])):
        past.does("undo", who=who, role=role)
        past.looks()


def trained_by_the_next_school(past: Past) -> None:
    """Cohort and schedule are kept from the school before, though the next trained them itself; if frozen, that is."""
    for frozen in (False, True):
        who = past.registers(RIVERBANK, FIRST, "2024-09-03")
        past.reschedules(FIRST, who, "extended-september", at="2024-10-03T11:00:00Z")
        past.joins(who, CASTLE_HILL, -3, FIRST, at=f"{past.day(-3)}T09:00:00Z", led_by_school=True)
        if frozen:
            past.does("freeze", cohort="2024")
        past.does("change-programme", who=who, programme="provider_led", provider=SECOND)
        past.partners_up(SECOND, CASTLE_HILL, "2024", 1 + frozen)
        past.looks(PARTICIPANTS, TRANSFERS)
    past.does("thaw", cohort="2024")


def mentored_from_a_day_in_london(past: Past) -> None:
    """Who mentors goes by the day in London of a declaration, be that the next one already, its offset told or not."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-03")
    first, second = (past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor") for _ in range(2))
    past.has_mentor(who, first, at="2025-09-04T09:00:00Z")
    past.has_mentor(who, second, at="2026-06-10T09:00:00Z")
    for dated in ("2026-06-09T22:59:59Z", "2026-06-09T23:00:00Z", "2026-06-09T23:59:59", "2026-06-10T00:00:00"):
        past.voids(FIRST, past.declares(FIRST, who, "retained-1", dated))
    past.looks(DECLARATIONS)


def a_mentor_who_goes_at_one(past: Past) -> None:
    """A mentor is shown for an hour after their last day; of whom is looked at before, another is shown after."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-03")
    past.has_mentor(who, mentor := past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor"))
    past.leaves(mentor, 1, "mentor")
    day = past.day(2)
    past.does("wait", f"{past.day(1)}T23:30:00Z")
    past.looks(PARTICIPANTS)
    past.does("wait", f"{day}T03:00:00Z")
    past.looks(PARTICIPANTS)


def through_the_other_of_two(past: Past) -> None:
    """A partnership is not changed to a delivery partner of another that the provider has with the school."""
    for partner in (1, 0):
        past.partners_up(FIRST, ASHDOWN, "2025", partner)
    for which in (0, 1):
        about: dict[str, Any] = {"by": FIRST, "of": FIRST, "urn": ASHDOWN, "cohort": "2025", "which": which}
        for partner in (0, 1, 2):
            past.does("change-partner", partner=PARTNERS[partner], **about)
            past.looks(PARTNERSHIPS)


def another_since_they_went(past: Past) -> None:
    """Who mentored before and turns out to be another did so as that one, whoever mentors now."""
    for goes in (-9, 0, 9):
        mentee = past.registers(RIVERBANK, FIRST, "2025-09-12")
        first, second = (past.registers(RIVERBANK, FIRST, "2025-09-12", "mentor") for _ in range(2))
        past.has_mentor(mentee, first, at="2025-09-15T09:00:00Z")
        past.leaves(first, goes, "mentor")
        if goes < 0:
            past.has_mentor(mentee, second)
        past.does("merge", who=first, into=past.registers(CASTLE_HILL, FIRST, "2025-09-12"))
        past.declares(FIRST, mentee, "retained-1", "2026-01-12")
        past.looks()


def trained_in_the_same_hope(past: Past) -> None:
    """Who mentors somebody for the first time is trained as they are, be it in the hope of a provider."""
    who = past.registers(CASTLE_HILL, THIRD, "2025-09-04")
    home = past.registers(CASTLE_HILL, None, "2025-09-04")
    for ect in (who, home):
        mentor = past.registers(CASTLE_HILL, None, "2025-09-04", "mentor")
        past.has_mentor(ect, mentor)
    past.does("change-programme", who=home, programme="provider_led", provider=THIRD)
    past.looks_at_schools()
    for cohort in ("2025", "2026"):
        past.partners_up(THIRD, CASTLE_HILL, cohort, 3)
        past.looks(PARTICIPANTS, UNFUNDED)


def inducted_before_they_are_an_ect(past: Past) -> None:
    """The induction of who is no ECT yet does not make them eligible: another does, once they are or will be one."""
    for starts in ("2025-09-04", 9):
        who = past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor", claimed="2025-09-03")
        past.registers(RIVERBANK, FIRST, starts, also=who)
        past.declares(FIRST, who, "started", AUTUMN)
        past.looks()
        past.ends_induction(who, None, -1)
        past.claims(who)
        past.looks()


def funded_in_one_role_alone(past: Past) -> None:
    """Of who is in both roles the one is not funded any more, and the other is as it was: may be, or not known yet."""
    for claimed in ("2025-09-03", None):
        mentor, ect = (past.registers(RIVERBANK, FIRST, "2025-09-03", claimed=claimed) for _ in range(2))
        for who in (mentor, ect):
            past.registers(RIVERBANK, FIRST, "2025-09-03", "mentor", also=who)
        past.does("unfund", who=mentor, on="2025-09-02", reason="started_not_completed")
        past.does("exempt", who=ect, on="2025-09-02")
        past.looks()
        past.does("exempt", who=mentor, on="2025-09-02")
        past.looks()
