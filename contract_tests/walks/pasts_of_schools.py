"""Pasts of schools that hang on one condition each: whose partnership it is, since when, and who is there by then."""

from __future__ import annotations

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.walks.looking import Question
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import AUTUMN, FAR, FIRST, HERE, NEXT, SECOND, THIRD, THIS_AUTUMN, WAITS
from contract_tests.walks.world import PARTNERS


def _everybody(past: Past, urn: str, cohort: str) -> list[str]:
    """Of a school: who trains there, leaves, is withdrawn, is still to begin, and is still to come from another."""
    here, leaves, withdrawn = (past.registers(urn, cohort) for _ in range(3))
    to_begin = past.registers(urn, cohort, starts_on=past.day(30))
    to_come = past.registers(WAITS, cohort)
    past.leaves(leaves, 20)
    past.does("withdraw-by-school", who=withdrawn)
    past.joins(to_come, urn, 30)
    return [here, leaves, withdrawn, to_begin, to_come]


def a_school_decides_first(past: Past) -> None:
    """Wherever somebody trained the year before, whoever that was and whoever asks."""
    for urn, cohort in ((NEXT, "2025"), (FAR, "2025"), (HERE, "2023"), (NEXT, "2023")):
        for by in (FIRST, SECOND):
            past.does("confirm", by=by, urn=urn, cohort=cohort, partner=1)


def a_programme_is_chosen(past: Past) -> None:
    """The same again parts nobody, another parts those of its cohort who are there, the last those to begin as well."""
    past.confirms(FIRST, HERE, "2023", 0)
    here, *_ = _everybody(past, HERE, "2023")
    past.registers(HERE, "2024")
    past.has_mentor(here, past.registers(HERE, "2023", role="mentor"))
    past.defers(FIRST, here)
    for programme in ("provider_led", "no_early_career_teachers", "school_led"):
        past.decides(HERE, "2023", programme)
        past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    past.confirms(FIRST, HERE, "2023", 1)
    past.looks()
    past.looks_at_schools("2023", "2024")
    past.decides(FAR, "2025", "school_led")
    past.confirms(SECOND, FAR, "2025", 1)
    past.looks_at_schools("2025", "2022")


def a_partnership_is_confirmed(past: Past) -> None:
    """Whoever is there comes along, wherever they were before; what is declared of before says through whom."""
    urn, cohort = FAR, "2024"
    everybody = [*_everybody(past, urn, cohort), past.registers(urn, cohort)]
    past.joins(past.registers(urn, cohort), HERE, -1)
    past.has_mentor(everybody[0], past.registers(urn, cohort, role="mentor"))
    past.declares(SECOND, everybody[0], "started", THIS_AUTUMN)
    past.defers(SECOND, everybody[0])
    for reason in ("do_not_recognise", "mistake"):
        past.challenges(SECOND, urn, cohort, reason)
        past.looks(lists.PARTNERSHIPS)
    past.reschedules(SECOND, everybody[0], None, "ecf-extended-september")
    past.confirms(THIRD, urn, cohort, 2)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    for who in everybody:
        past.declares(THIRD, who, "started", "2024-10-21T09:00:00Z")
    past.challenges(THIRD, urn, cohort)
    past.leaves(everybody[0], 0)
    past.confirms(SECOND, urn, cohort, 0)
    past.confirms(SECOND, urn, cohort, 2)
    past.joins(everybody[0], NEXT, 1)
    past.looks()


def what_was_made_for_one_person(past: Past) -> None:
    """It lets nobody else in, opens no other cohort, and stands behind what the provider has with the school itself."""
    past.confirms(FIRST, HERE, "2023", 1)
    past.confirms(FIRST, WAITS, "2025", 0)
    kept = past.registers(HERE, "2023")
    past.joins(kept, FAR, -3, keeps=True)
    past.joins(past.registers(HERE, "2023"), FAR, -3, keeps=True)  # through the very same
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    past.looks_at_schools("2023", "2024")
    past.registers(FAR, "2023")
    past.decides(FAR, "2023", "provider_led")
    waits = past.registers(FAR, "2023")
    comes = past.registers(WAITS, "2023")
    past.joins(comes, FAR, -2)
    past.looks()
    past.reschedules(FIRST, comes, "2024")
    past.confirms(FIRST, FAR, "2023", 0)
    past.declares(FIRST, waits, "started", AUTUMN)
    past.does("change-delivery-partner", of=FIRST, by=FIRST, urn=FAR, cohort="2023", partner=1)
    past.looks()
    other = past.registers(FAR, "2023")
    past.joins(past.registers(NEXT, "2025"), FAR, -1, keeps=True)
    past.reschedules(FIRST, other, "2025")
    younger = past.registers(WAITS, "2025")
    past.joins(younger, FAR, -1, keeps=True)
    past.reschedules(FIRST, younger, "2023")
    past.challenges(FIRST, FAR, "2023")
    past.reschedules(FIRST, other, None, "ecf-extended-september")
    past.looks_at_schools("2023", "2025")
    past.confirms(FIRST, FAR, "2023", 1)
    past.joins(past.registers(HERE, "2023"), FAR, -1, keeps=True)
    past.looks()


def kept_with_another_partner(past: Past) -> None:
    """Whoever keeps their provider keeps its delivery partner, though the provider is there with another."""
    past.confirms(FIRST, NEXT, "2025", 0)
    past.confirms(FIRST, HERE, "2025", 1)
    who = past.registers(NEXT, "2025")
    past.joins(who, HERE, -1, keeps=True)
    past.looks()
    past.reschedules(FIRST, past.registers(HERE, "2024"), "2025")
    past.joins(past.registers(NEXT, "2025"), HERE, -1, keeps=True)
    past.does("change-delivery-partner", of=FIRST, by=FIRST, urn=HERE, cohort="2025", partner=0)
    past.challenges(FIRST, HERE, "2025")
    past.does("change-delivery-partner", of=FIRST, by=FIRST, urn=HERE, cohort="2025", partner=0)
    past.reschedules(FIRST, past.registers(HERE, "2024"), "2025")
    past.confirms(FIRST, HERE, "2025", 0)
    past.does("change-delivery-partner", of=FIRST, by=FIRST, urn=HERE, cohort="2025", partner=0)
    past.joins(past.registers(NEXT, "2025"), HERE, -1, keeps=True)
    past.looks()


def a_programme_is_all_that_changed(past: Past) -> None:
    """In the service that is no change of the school itself, by which schools are put in order."""
    past.decides(WAITS, "2025", "school_led")
    for sort in ("updated_at", "-updated_at") if past.world.version == "v3" else ():
        past.asks(Question(FIRST, lists.SCHOOLS, Query(cohorts=frozenset({"2025"}), sort=sort)))


def works_with_more(past: Past) -> None:
    """A provider works with a partner in an earlier cohort than it did, another works with one it never did."""
    newer, _, older = PARTNERS
    for by, name, cohort in ((SECOND, older, "2022"), (SECOND, older, "2023"), (THIRD, newer, "2025")):
        past.does("relate", by=by, name=name, cohort=cohort)
    past.looks_at_partners()
    past.confirms(SECOND, WAITS, "2022", 2)
    past.looks(lists.PARTNERSHIPS)


def cohorts_close(past: Past) -> None:
    """A mentor comes out of a closed cohort into one that is open; no ECT does where their provider is not there."""
    mentor = past.registers(HERE, "2022", role="mentor")
    ect = past.registers(HERE, "2022")
    leaves, dropped = (past.registers(HERE, "2022", role="mentor") for _ in range(2))
    past.leaves(leaves, 200)
    past.does("withdraw-by-school", who=dropped)
    both = past.mentors_as_well(past.registers(NEXT), HERE, "2022")
    past.reschedules(SECOND, mentor, None, "ecf-extended-september")
    past.declares(SECOND, ect, "started", "2022-10-03T09:00:00Z")
    past.confirms(SECOND, HERE, "2023", 1)
    for cohort in ("2022", "2023"):
        past.does("close-cohort", cohort=cohort)
    past.registers(WAITS, "2023", mentor=mentor)
    past.looks(lists.PARTICIPANTS)
    past.does("open-cohort", cohort="2023")
    for each in (mentor, both, leaves, dropped):
        past.registers(WAITS, "2023", mentor=each)
    stays, comes = past.registers(HERE, "2022", role="mentor"), past.registers(FAR, "2023")
    past.has_mentor(past.registers(WAITS, "2023"), stays)
    past.joins(comes, WAITS, -1, mentor=stays)
    past.declares(SECOND, mentor, "started", AUTUMN)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    past.confirms(SECOND, FAR, "2022", 1)
    past.joins(ect, FAR, -1)
    past.reschedules(SECOND, ect, "2023")
    past.reschedules(SECOND, ect, "2024")
    past.does("open-cohort", cohort="2022")
    past.reschedules(SECOND, ect, "2022")
    past.does("close-cohort", cohort="2022")
    past.declares(SECOND, ect, "retained-1", "2023-02-06T09:00:00Z")
    past.declares(SECOND, ect, "started", THIS_AUTUMN)
    past.reschedules(SECOND, ect, "2022")
    past.looks()


def out_of_a_closed_cohort(past: Past) -> None:
    """Out as long as something is billable there, back only while it is closed, and into no other that is.

    What was paid is taken back there. Whoever has nothing declared any more moves on to one that is open, and from
    there into the closed one: that is no way back, as it is from 2024. Nobody comes out whose induction has ended.
    """
    ect, paid, free, inducted = (past.registers(HERE, "2023") for _ in range(4))
    was_paid = past.declares(FIRST, paid, "started", AUTUMN)
    past.pays(FIRST, "2023")
    past.declares(FIRST, ect, "started", AUTUMN)
    to_void = past.declares(FIRST, free, "started", AUTUMN)
    past.declares(FIRST, inducted, "started", AUTUMN)
    past.does("end-induction", who=inducted, on=past.day(-1))
    past.does("close-cohort", cohort="2023")
    for each in (ect, paid, free, inducted):
        past.reschedules(FIRST, each, "2024")
    for each in (ect, inducted):
        past.reschedules(FIRST, each, "2022")
    past.voids(FIRST, was_paid)
    past.voids(FIRST, to_void)
    for cohort in ("2025", "2023", "2024", "2023"):
        past.reschedules(FIRST, free, cohort)
        past.looks(lists.PARTICIPANTS)
    past.looks(lists.DECLARATIONS)
    past.does("end-induction", who=inducted, on=None)
    past.reschedules(FIRST, inducted, "2024")
    past.does("open-cohort", cohort="2023")
    past.reschedules(FIRST, ect, "2023")
    past.does("close-cohort", cohort="2023")
    past.reschedules(FIRST, ect, "2023")
    past.does("open-cohort", cohort="2023")
    past.voids(FIRST, was_paid)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)


def out_with_something_only_submitted(past: Past) -> None:
    """That keeps nobody in a closed cohort, be it `completed`, but out of one; in the service alone it is no way in.

    `completed` that is to be paid for keeps them in, whatever is beside it.
    """
    past.does("open-cohort", cohort="2022")
    who, done = past.registers(HERE, "2022"), past.registers(HERE, "2022")
    past.declares(SECOND, done, "retained-1", "2023-02-06T09:00:00Z")
    completed = past.declares(SECOND, done, "completed", "2024-05-06T09:00:00Z")
    billable = past.declares(SECOND, who, "retained-1", "2023-02-06T09:00:00Z")
    past.validates(who, "checking_qts")
    past.declares(SECOND, who, "completed", "2024-05-06T09:00:00Z")
    past.does("close-cohort", cohort="2022")
    past.challenges(FIRST, HERE, "2024")
    past.confirms(SECOND, HERE, "2024", 1)
    past.reschedules(SECOND, done, "2024")
    past.voids(SECOND, completed)
    for each in (done, who):
        past.reschedules(SECOND, each, "2024")
    binds = past.declares(SECOND, who, "started", THIS_AUTUMN)
    past.reschedules(SECOND, who, "2022")
    past.voids(SECOND, binds)
    past.voids(SECOND, billable)
    past.reschedules(SECOND, who, "2022")
    past.looks()


def disowned_the_year_before(past: Past) -> None:
    """A school that trains with nobody any more has nothing to decide before it trains with somebody the next year."""
    for _ in range(2):
        past.does("confirm", by=SECOND, urn=NEXT, cohort="2025", partner=1)
        past.challenges(SECOND, NEXT, "2024")
    past.looks_at_schools("2024", "2025")
