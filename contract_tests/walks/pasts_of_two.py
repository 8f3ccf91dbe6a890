"""Pasts of people who train twice, as ECT and as mentor, of which one comes to something else."""

from __future__ import annotations

from datetime import timedelta

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.walks.looking import Question
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import AUTUMN, FAR, FIRST, HERE, NEXT, SPRING, THIS_AUTUMN, WAITS


def two_courses_of_which_one_is_validated(past: Past) -> None:
    """Both are declared; what the DfE finds out about one says nothing of the other, but whose TRN it is."""
    for found in ("eligible_to_start", "not_eligible_for_funded_training"):
        ect = past.registers(HERE, validation="checking_qts")
        mentor = past.mentors_as_well(ect, HERE, validation="checking_qts")
        for who in (ect, mentor):
            past.declares(FIRST, who, "started", THIS_AUTUMN)
        past.validates(mentor, found)
        past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
        past.registers(FAR, mentor=mentor)
        past.validates(ect, "contacted_for_information")
        past.looks(lists.PARTICIPANTS, lists.DECLARATIONS, lists.UNFUNDED)
        past.defers(FIRST, ect)
        past.declares(FIRST, ect, "retained-1", THIS_AUTUMN)


def two_courses_of_two_cohorts(past: Past) -> None:
    """Whoever is deferred as one of them, in one cohort, is not in the other."""
    ect = past.registers(HERE, "2024")
    mentor = past.mentors_as_well(ect, WAITS, "2023")
    past.defers(FIRST, mentor)
    for cohort in ("2023", "2024") if past.world.version == "v3" else ():
        for status in ("active", "deferred"):
            wanted = Query(cohorts=frozenset({cohort}), training_status=status)
            past.asks(Question(FIRST, lists.PARTICIPANTS, wanted))


def two_courses_of_which_one_is_started(past: Past) -> None:
    """By the guidance what is declared of a course is held back until that course was begun, month by month."""
    ect = past.registers(WAITS, "2023")
    mentor = past.mentors_as_well(ect, WAITS, "2023")
    past.declares(FIRST, ect, "started", AUTUMN)
    past.declares(FIRST, mentor, "retained-1", SPRING)
    past.pays(FIRST, "2023", "payable")
    past.looks(lists.DECLARATIONS)
    past.declares(FIRST, mentor, "retained-1", SPRING)
    past.withdraws(FIRST, mentor)
    past.does("resume", by=FIRST, who=mentor, id="now")
    past.waits(100)
    past.looks(lists.DECLARATIONS)
    past.declares(FIRST, mentor, "started", AUTUMN)
    past.pays(FIRST, "2023")
    past.looks(lists.DECLARATIONS)


def both_of_one_person_move(past: Past) -> None:
    """An ECT who mentors as well moves as both, as a mentor first."""
    ect = past.registers(HERE)
    mentor = past.mentors_as_well(ect, HERE)
    for who in (mentor, ect):
        past.leaves(who, -2)
        past.joins(who, FAR, 3)
    past.looks()
    if past.world.version == "v3":
        past.asks(Question(FIRST, lists.TRANSFERS, Query(since=past.world.register.now - timedelta(hours=1))))


def a_mentor_becomes_an_ect(past: Past) -> None:
    """The training that began later comes first, and alone; each has a school, an address and a mentor of its own."""
    theirs, mentor = past.registers(FAR, role="mentor"), past.registers(HERE, role="mentor")
    ect = past.registers(HERE, also=mentor, validation="none", mentor=theirs)
    past.validates(ect)
    past.registers(FAR, mentor=mentor)
    past.defers(FIRST, mentor)
    past.looks(lists.PARTICIPANTS, lists.UNFUNDED)
    past.asks(Question(FIRST, lists.PARTICIPANTS, form="one", pick=past.place(ect)))
    address = "past.ect@second.example"
    past.does("join", who=ect, urn=NEXT, on=past.day(-1), keeps=False, mentor=theirs, email=address)
    past.looks(lists.PARTICIPANTS, lists.UNFUNDED)
    past.joins(mentor, NEXT, -1)
    past.looks()


def gone_as_one_of_two(past: Past) -> None:
    """Whoever leaves as an ECT has left once the day is there, and mentors on: nothing else has happened to them."""
    ect = past.registers(HERE)
    mentor = past.mentors_as_well(ect, HERE)
    past.registers(HERE, mentor=mentor)
    past.leaves(ect, 2)
    past.defers(FIRST, ect)
    past.looks(lists.PARTICIPANTS)
    past.waits(3)
    past.looks(lists.PARTICIPANTS)
    past.joins(ect, NEXT, 0)
    past.does("withdraw-by-school", who=ect)
    past.looks(lists.PARTICIPANTS)


def withdrawn_as_one_of_two(past: Past) -> None:
    """Whoever is withdrawn as an ECT is declared as a mentor still, having left as well, and the other way round."""
    for which in (0, 1):
        ect = past.registers(HERE)
        both = ect, past.mentors_as_well(ect, HERE)
        made = [past.declares(FIRST, who, "started", THIS_AUTUMN) for who in both]
        past.withdraws(FIRST, both[which])
        past.voids(FIRST, made[1 - which])
        past.voids(FIRST, past.declares(FIRST, both[1 - which], "started", past.world.register.now))
        past.leaves(both[1 - which], -1)
        past.declares(FIRST, both[1 - which], "started", past.world.register.now)
    past.looks(lists.DECLARATIONS, lists.PARTICIPANTS)


def two_courses_of_which_one_is_verified(past: Past) -> None:
    """By the guidance their number is shown once one is verified, whichever; each says whether it is its own.

    What the DfE is to look at again is not.
    """
    for verified in ((False, True), (True, False), (False, False)):
        ect = past.registers(HERE, validation="none")
        both = ect, past.registers(HERE, role="mentor", also=ect, validation="none")
        for who, found in zip(both, verified, strict=True):
            past.does("validate", who=who, status="eligible_to_start", trn_validated=found)
        past.registers(FAR, mentor=both[1])
        past.looks(lists.PARTICIPANTS, lists.UNFUNDED)
        for who in both:
            past.validates(who, "dfe_checking_eligibility")
            past.looks(lists.PARTICIPANTS)
