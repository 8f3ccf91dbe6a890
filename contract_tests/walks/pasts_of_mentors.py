"""Pasts of mentors: whom they mentor as they move, under which address, and what is known of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.model.records import midnight
from contract_tests.walks.looking import Question
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import FAR, FIRST, HERE, NEXT, SECOND, THIS_AUTUMN, WAITS


def gone_and_given_a_mentor(past: Past) -> None:
    """What is dated after the last day, before a mentor was named, is of the time before or of the newest."""
    mentor = past.registers(HERE, role="mentor")
    who = past.registers(HERE)
    past.leaves(who, -10)
    past.has_mentor(who, mentor)
    for days in (-11, -10, -9, -1):
        which = past.declares(FIRST, who, "started", midnight(past.world.register.today) + timedelta(days, hours=6))
        past.voids(FIRST, which)
    deferred = past.registers(HERE)
    past.defers(FIRST, deferred)
    past.leaves(deferred, -1)
    past.declares(FIRST, deferred, "started", past.world.register.now)
    past.looks(lists.DECLARATIONS, lists.PARTICIPANTS)


def mentored_elsewhere(past: Past) -> None:
    """A mentor who leaves mentors on; once they are elsewhere it is those of the school they left who lose them."""
    mentor = past.registers(NEXT, role="mentor")
    next_mentor = past.registers(NEXT, role="mentor", validation="not_eligible_for_funded_training")
    near, far = past.registers(NEXT, mentor=mentor), past.registers(FAR, mentor=mentor)
    to_come = past.registers(NEXT, mentor=mentor, starts_on=past.day(40))
    past.registers(HERE, mentor=next_mentor)
    past.registers(NEXT, mentor=next_mentor)
    goes_today = past.registers(NEXT, role="mentor")
    past.registers(NEXT, mentor=goes_today)
    past.defers(FIRST, goes_today)
    past.joins(goes_today, HERE, 0)
    past.leaves(mentor, 1)
    past.looks(lists.PARTICIPANTS, lists.UNFUNDED)
    past.joins(mentor, HERE, -3)
    past.joins(next_mentor, HERE, 1)
    past.looks()
    past.has_mentor(to_come, mentor)
    past.does("wait", midnight(past.world.register.today) + timedelta(days=1))  # the first moment of that day
    past.looks()
    past.has_mentor(near, next_mentor)
    past.waits(1)
    past.looks(lists.PARTICIPANTS)
    past.declares(FIRST, near, "started", THIS_AUTUMN)
    past.declares(SECOND, far, "started", past.world.register.now)
    past.looks(lists.DECLARATIONS)
    past.has_mentor(near, next_mentor)
    past.does("change-details", who=next_mentor, full_name=None, email="past.next@second.example")
    past.waits(1)
    past.looks(lists.PARTICIPANTS)


def mentors_under_other_addresses(past: Past) -> None:
    """Who mentors another provider's ECTs is listed, and in order, by the address of where they are or are to come."""
    first, second = (past.registers(HERE, role="mentor") for _ in range(2))
    for mentor in (first, second):
        past.registers(FAR, mentor=mentor)
    about: dict[str, Any] = {"on": past.day(-1), "keeps": False, "mentor": None}
    for who, email in ((first, "zoe@second.example"), (second, "ann@second.example")):
        past.does("join", who=who, urn=NEXT, email=email, **about)
    to_come = past.registers(HERE, role="mentor")
    past.leaves(past.registers(FAR, mentor=to_come), -1)
    past.does("join", who=to_come, urn=WAITS, email="mia@second.example", **(about | {"on": past.day(30)}))
    past.defers(FIRST, to_come)
    for sort in ("email", "-email") if past.world.version == "v3" else ():
        past.asks(Question(SECOND, lists.UNFUNDED, Query(sort=sort)))


def a_mentors_id_is_retired(past: Past) -> None:
    """Whoever was mentored under it was so by the one that remains, wherever they are and whoever mentors them now."""
    mentor, remains, next_mentor = (past.registers(HERE, role="mentor") for _ in range(3))
    left, moved, given, to_begin = (
        past.registers(HERE, mentor=mentor, **others) for others in ({}, {}, {}, {"starts_on": past.day(12)})
    )
    past.leaves(left, -3)
    past.joins(moved, FAR, -2)
    past.has_mentor(given, next_mentor)
    past.declares(FIRST, left, "started", THIS_AUTUMN)
    past.voids(FIRST, past.declares(FIRST, past.registers(HERE, mentor=mentor), "started", THIS_AUTUMN))
    past.does("merge", who=mentor, into=remains)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS, lists.UNFUNDED)
    for who in (moved, given, to_begin):
        past.declares(FIRST, who, "started", THIS_AUTUMN)
    past.looks(lists.DECLARATIONS)


def moved_before_they_mentored(past: Past) -> None:
    """What the training begun last says of somebody hides nothing of the other: neither a move nor who mentors them."""
    theirs = past.registers(FAR, role="mentor")
    moved, stayed = (past.registers(HERE, mentor=theirs) for _ in range(2))
    past.leaves(moved, -2)
    past.joins(moved, FAR, -1)
    for who in (moved, stayed):
        past.registers(FAR, mentor=past.mentors_as_well(who, HERE))
    past.looks()


def mentors_of_whom_more_is_to_be_known(past: Past) -> None:
    """Until they have said it, no number is shown of them, whatever is known of them as an ECT."""
    mentor = past.registers(FAR, role="mentor", validation="none")
    both = past.mentors_as_well(past.registers(FAR), FAR, "2024", "contacted_for_information")
    for each in (mentor, both):
        past.registers(HERE, mentor=each)
    for status in ("contacted_for_information", "checking_qts", "not_eligible_for_funded_training"):
        for each in (mentor, both):
            past.validates(each, status)
        past.looks(lists.UNFUNDED)
