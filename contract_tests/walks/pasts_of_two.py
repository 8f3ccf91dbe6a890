"""Pasts of people who are two, as ECT and mentor or by two records, of which one comes to something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.walks.looking import Question
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import AUTUMN, FAR, FIRST, HERE, NEXT, SECOND, SPRING, THIS_AUTUMN, WAITS


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
    for status in ("dfe_checking_eligibility", "eligible_to_start"):
        past.validates(fourth, status)
        past.looks(lists.PARTICIPANTS)


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


def two_records_of_a_course(past: Past) -> None:
    """Two ECTs are one person: alone the older training is shown, reported is of that placed last; and a mentor is."""
    older, newer, mentor = past.registers(HERE), past.registers(HERE), past.registers(HERE, role="mentor")
    mentee = past.registers(HERE, mentor=mentor)
    past.declares(FIRST, mentee, "started", THIS_AUTUMN)
    retired = past.training(older).person.id
    past.joins(older, NEXT, -180)
    past.does("merge", who=older, into=newer)
    past.looks(lists.PARTICIPANTS)
    past.asks(Question(FIRST, lists.PARTICIPANTS, form="one", pick=_place(past, newer)))
    past.defers(FIRST, newer)
    for who in (newer, mentor):
        past.declares(FIRST, who, "started", THIS_AUTUMN)
    past.does("merge", who=mentor, into=newer)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    if past.world.version == "v3":
        for others in (Query(), Query(cohorts=frozenset({"2023"})), Query(training_status="withdrawn")):
            past.asks(Question(FIRST, lists.PARTICIPANTS, replace(others, from_participant_id=retired)))


def a_mentor_becomes_an_ect(past: Past) -> None:
    """The training that began later comes first, and alone; each has a school, an address and a mentor of its own."""
    theirs, mentor = past.registers(FAR, role="mentor"), past.registers(HERE, role="mentor")
    ect = past.registers(HERE, also=mentor, validation="none", mentor=theirs)
    past.validates(ect)
    past.registers(FAR, mentor=mentor)
    past.defers(FIRST, mentor)
    past.looks(lists.PARTICIPANTS, lists.UNFUNDED)
    past.asks(Question(FIRST, lists.PARTICIPANTS, form="one", pick=_place(past, ect)))
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


def moved_before_they_mentored(past: Past) -> None:
    """What the training begun last says of somebody hides nothing of the other: neither a move nor who mentors them."""
    theirs = past.registers(FAR, role="mentor")
    moved, stayed = (past.registers(HERE, mentor=theirs) for _ in range(2))
    past.leaves(moved, -2)
    past.joins(moved, FAR, -1)
    for who in (moved, stayed):
        past.registers(FAR, mentor=past.mentors_as_well(who, HERE))
    past.looks()


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


def _place(past: Past, who: str) -> int:
    """The place of somebody in the list of participants that the first provider is shown."""
    register = past.world.register
    rows, _ = lists.listed(register, register.providers[FIRST], past.world.version, lists.PARTICIPANTS, lists.Query())
    return next(place for place, row in enumerate(rows) if row.id == past.training(who).person.id)
