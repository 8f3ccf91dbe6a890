"""Pasts of people of whom there are several records, or ids that were retired: which of them is meant, and shown."""

from __future__ import annotations

from dataclasses import replace

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.walks.looking import Question
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import FAR, FIRST, HERE, NEXT, SECOND, THIS_AUTUMN


def three_of_one_number(past: Past) -> None:
    """Whichever of three is declared first, if only submitted, the others are duplicates, unless nobody looked at them.

    They stay that whatever the DfE finds out about them later; a mentor's record becomes the oldest.
    """
    *names, unknown = (past.registers(HERE, validation="none", trn="3455790") for _ in range(4))
    for who in reversed(names):
        past.validates(who)
    past.registers(HERE, role="mentor", also=names[0], validation="none")
    for order in (names, [names[1], names[0], names[2]], names[::-1]):
        made = [past.declares(FIRST, who, "started", THIS_AUTUMN) for who in order]
        past.declares(FIRST, unknown, "started", THIS_AUTUMN)
        past.looks(lists.DECLARATIONS)
        for status in ("checking_qts", "eligible_to_start"):
            past.validates(names[0], status)
        past.looks(lists.DECLARATIONS)
        for which in made:
            past.voids(FIRST, which)
    past.validates(names[0], "checking_qts")
    submitted = past.declares(FIRST, names[0], "started", THIS_AUTUMN)
    past.declares(FIRST, names[1], "started", THIS_AUTUMN)
    past.voids(FIRST, submitted)
    fourth = past.registers(NEXT, role="mentor", validation="none", trn="3455790")
    for status in ("dfe_checking_eligibility", "checking_qts"):
        past.validates(fourth, status)
        past.looks(lists.PARTICIPANTS)


def two_records_of_a_course(past: Past) -> None:
    """Two ECTs are one person: alone the older training is shown, reported is of that placed last; and a mentor is."""
    older, newer, mentor = past.registers(HERE), past.registers(HERE), past.registers(HERE, role="mentor")
    mentee = past.registers(HERE, mentor=mentor)
    past.declares(FIRST, mentee, "started", THIS_AUTUMN)
    retired = past.training(older).person.id
    past.joins(older, NEXT, -180)
    past.does("merge", who=older, into=newer)
    past.looks(lists.PARTICIPANTS)
    past.asks(Question(FIRST, lists.PARTICIPANTS, form="one", pick=past.place(newer)))
    past.defers(FIRST, newer)
    for who in (newer, mentor):
        past.declares(FIRST, who, "started", THIS_AUTUMN)
    past.does("merge", who=mentor, into=newer)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    if past.world.version == "v3":
        for others in (Query(), Query(cohorts=frozenset({"2023"})), Query(training_status="withdrawn")):
            past.asks(Question(FIRST, lists.PARTICIPANTS, replace(others, from_participant_id=retired)))


def completed_by_a_duplicate(past: Past) -> None:
    """By the guidance that ends a mentor's funding too; to take back what they started does not undo it.

    Another's ends for another reason.
    """
    about = {"role": "mentor", "validation": "none", "trn": "3455791"}
    first = past.registers(HERE, "2022", **about)
    past.validates(first)
    past.declares(SECOND, first, "completed", "2024-05-06T09:00:00Z")
    second = past.registers(HERE, "2022", **about)
    past.validates(second)
    started = past.declares(SECOND, second, "started", "2022-10-03T09:00:00Z")
    past.declares(SECOND, second, "completed", "2024-05-07T09:00:00Z")
    past.voids(SECOND, started)
    past.does(
        "unfund", who=past.registers(HERE, "2022", role="mentor"), on="2024-07-31", reason="started_not_completed"
    )
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)


def declared_of_one_record_of_two(past: Past) -> None:
    """That is declared of the course: by it the other training is begun, and bound to its cohort and milestones.

    What was taken back before is the person's as well.
    """
    older, newer = past.registers(HERE), past.registers(HERE)
    past.voids(FIRST, past.declares(FIRST, older, "started", THIS_AUTUMN))
    past.declares(FIRST, older, "started", THIS_AUTUMN)
    past.does("merge", who=older, into=newer)
    past.reschedules(FIRST, newer, "2023")
    past.reschedules(FIRST, newer, None, "ecf-standard-january")
    past.withdraws(FIRST, newer)
    past.looks(lists.DECLARATIONS, lists.PARTICIPANTS)


def two_ids_that_each_took_another(past: Past) -> None:
    """All four lead to the one that remains, and are told of with it, whoever was merged into whom, and when."""
    first = past.registers(HERE)
    second, third, fourth, last = (past.registers(HERE, role="mentor") for _ in range(4))
    mentees = [past.registers(FAR, mentor=who) for who in (second, third)]
    retired = [past.training(who).person.id for who in (first, second, third, fourth)]
    for who, into in ((first, second), (third, fourth), (second, last), (fourth, last)):
        past.does("merge", who=who, into=into)
    past.looks(lists.PARTICIPANTS, lists.UNFUNDED)
    for who in mentees:
        past.declares(SECOND, who, "started", past.world.register.now)
    past.defers(FIRST, first, id="then")
    for id in retired if past.world.version == "v3" else ():
        past.asks(Question(FIRST, lists.PARTICIPANTS, Query(from_participant_id=id)))
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)


def reported_under_either_id(past: Past) -> None:
    """Of two trainings alike schools and the DfE mean the one that was registered under the id they say."""
    older, newer, mentor = past.registers(HERE), past.registers(NEXT), past.registers(HERE, role="mentor")
    past.does("merge", who=older, into=newer)
    past.leaves(older, 3)
    past.looks(lists.PARTICIPANTS, lists.TRANSFERS)
    past.has_mentor(newer, mentor)
    past.has_mentor(older, mentor)
    past.joins(older, FAR, 4)
    past.validates(older, "not_eligible_for_funded_training")
    past.looks(lists.PARTICIPANTS, lists.TRANSFERS)
    past.does("merge", who=newer, into=mentor)
    past.leaves(newer, 2)
    past.does("withdraw-by-school", who=older)
    past.does("end-induction", who=older, on=past.day(-1))
    past.looks(lists.PARTICIPANTS, lists.TRANSFERS)
