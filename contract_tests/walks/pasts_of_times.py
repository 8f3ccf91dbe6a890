"""Pasts in which a provider says that it is another time than it is, a time before or after what has happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from contract_tests.model import lists
from contract_tests.model.records import midnight
from contract_tests.walks.looking import Question
from contract_tests.walks.past import SECOND as SECOND_BEFORE
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import AUTUMN, FAR, FIRST, HERE, NEXT, SECOND, THIRD, THIS_AUTUMN

SECONDS, HOUR, DAY = timedelta(seconds=9), timedelta(hours=1), timedelta(days=1)
SUMMER: Final = range(4, 10)


def reported_as_of_another_time(past: Past) -> None:
    """As of before the last act it is changed in place; as of later the next begins only then."""
    now = past.world.register.now
    mentor = past.registers(HERE, role="mentor")
    back, forth, begins = (
        past.registers(HERE),
        past.registers(HERE, mentor=mentor),
        past.registers(HERE, starts_on=past.day(2)),
    )
    past.defers(FIRST, back)
    with past.as_of(now - HOUR):
        past.does("resume", by=FIRST, who=back, id="now")
        past.reschedules(FIRST, back, None, "ecf-extended-september")
        past.declares(FIRST, back, "started", now - 2 * HOUR)
    with past.as_of(now + DAY):
        past.declares(FIRST, forth, "started", now + DAY)
        past.withdraws(FIRST, forth)
        past.does("resume", by=FIRST, who=forth, id="now")
        past.defers(FIRST, begins)
    past.looks(lists.PARTICIPANTS, lists.DECLARATIONS)
    past.reschedules(FIRST, forth, None, "ecf-extended-september")
    past.has_mentor(forth, None)
    past.declares(FIRST, forth, "retained-1", now)
    with past.as_of(now + 3 * DAY):
        past.does("resume", by=FIRST, who=begins, id="now")
    past.looks()
    past.waits(4)
    past.looks()


def reported_by_two_as_of_two_times(past: Past) -> None:
    """In the service the latest time is shown of somebody, though it is what another provider reports of them."""
    now = past.world.register.now
    moved, ect, merged, retired, remains = (past.registers(HERE) for _ in range(5))
    past.joins(moved, FAR, -1)
    mentor, other = past.mentors_as_well(ect, FAR), past.registers(FAR, role="mentor")
    past.does("merge", who=merged, into=other)
    for theirs, own in ((moved, moved), (mentor, ect), (other, merged)):
        with past.as_of(now + DAY):
            past.defers(SECOND, theirs)
        past.looks(lists.PARTICIPANTS)
        past.reschedules(FIRST, own, None, "ecf-extended-september")
    past.looks()
    past.validates(ect, "checking_qts")
    past.does("merge", who=retired, into=remains)
    with past.as_of(now - DAY):
        for who in (moved, mentor, other):
            past.does("resume", by=SECOND, who=who, id="now")
        past.defers(FIRST, remains)
    past.looks()
    with past.as_of(now - DAY):
        past.defers(FIRST, ect)
    past.looks()


def _deadline_in_summer(past: Past) -> date:
    """The first that there is, of the first provider's statements of cohort 2024."""
    register = past.world.register
    own = [each for each in register.statements if (each.provider, each.cohort) == (register.providers[FIRST], "2024")]
    return min(each.deadline for each in own if each.output and each.deadline.month in SUMMER)


def declared_as_of_another_time(past: Past) -> None:
    """A statement takes what comes as of a day until its deadline; by the guidance also as of before it was paid."""
    then = past.world.register.now
    who, other, third, fourth, fifth, sixth, last = (past.registers(NEXT) for _ in range(7))
    paid, taken = (past.declares(FIRST, each, "started", THIS_AUTUMN) for each in (who, sixth))
    past.pays(FIRST, "2024")
    with past.as_of(past.world.register.now):
        past.declares(FIRST, fifth, "started", THIS_AUTUMN)
    with past.as_of(then):
        past.declares(FIRST, other, "started", THIS_AUTUMN)
    past.pays(FIRST, "2024")
    with past.as_of(past.world.register.now - SECOND_BEFORE):  # on what has been paid since
        past.voids(FIRST, taken)
    past.looks(lists.DECLARATIONS)
    with past.as_of(midnight(_deadline_in_summer(past)) + DAY - SECONDS):  # the next day in London, not in UTC
        past.declares(FIRST, last, "started", THIS_AUTUMN)
    with past.as_of(then + 100 * DAY):
        past.declares(FIRST, third, "started", THIS_AUTUMN)
        past.voids(FIRST, paid)
    past.looks(lists.DECLARATIONS)
    with past.as_of(then - 40 * DAY):
        past.declares(FIRST, fourth, "started", THIS_AUTUMN)
        past.declares(FIRST, fourth, "started", then - 41 * DAY)
    past.looks(lists.DECLARATIONS)


def confirmed_as_of_another_time(past: Past) -> None:
    """Whoever has begun by then comes along, and is shown so since then; an act that day begins another placement."""
    deferred = past.registers(FAR)
    for days in (-2, 3):
        past.registers(FAR, starts_on=past.day(days))
    past.challenges(SECOND, FAR, "2024")
    past.defers(SECOND, deferred)
    with past.as_of(past.world.register.now - SECONDS):
        past.confirms(THIRD, FAR, "2024", 2)
    past.looks()
    past.challenges(THIRD, FAR, "2024")
    with past.as_of(past.world.register.now - 3 * DAY):
        past.confirms(THIRD, FAR, "2024", 2)
    past.looks()
    past.challenges(THIRD, FAR, "2024")
    with past.as_of(past.world.register.now - 40 * DAY):  # before it was confirmed
        past.does("change-delivery-partner", by=FIRST, of=FIRST, urn=HERE, cohort="2024", partner=1)
    with past.as_of(past.world.register.now + 4 * DAY):
        past.confirms(THIRD, FAR, "2024", 2)
    past.looks()
    past.waits(5)
    past.looks()


def closed_as_of_another_time(past: Past) -> None:
    """As of before a cohort is closed nobody moves out of it or back, and what was declared in it binds."""
    past.confirms(FIRST, HERE, "2023", 1)
    out, back, late, at_once = (past.registers(HERE, "2023") for _ in range(4))
    for who in (out, back, at_once):
        past.declares(FIRST, who, "started", AUTUMN)
    before = past.world.register.now + HOUR
    for at in (before + HOUR, before + 2 * HOUR):  # it has been closed since the first time
        past.does("close-cohort", at, cohort="2023")
    with past.as_of(before + HOUR):
        past.reschedules(FIRST, at_once, "2024")
    past.reschedules(FIRST, back, "2024")
    with past.as_of(before):
        past.declares(FIRST, late, "started", AUTUMN)
        past.reschedules(FIRST, out, "2024")
        past.reschedules(FIRST, back, "2023")
        past.reschedules(FIRST, back, None, "ecf-standard-january")
    past.reschedules(FIRST, back, None, "ecf-standard-january")
    past.does("end-induction", who=out, on=past.day(30))
    past.reschedules(FIRST, out, "2024")
    past.does("end-induction", who=out, on=None)
    past.does("open-cohort", cohort="2023")
    with past.as_of(past.world.register.now + DAY):
        past.reschedules(FIRST, out, "2024")
    past.looks()


def told_of_the_very_moment(past: Past) -> None:
    """A placement has begun at its first moment, and is left at that of the last day; what is said then counts."""
    begins, leaves = past.registers(HERE, starts_on=past.day(2)), past.registers(HERE)
    made = [past.declares(FIRST, who, "started", THIS_AUTUMN) for who in (begins, leaves)]
    past.leaves(leaves, 2)
    moment = midnight(past.world.register.today) + 2 * DAY
    for at in (moment - SECOND_BEFORE, moment):
        past.asks(Question(FIRST, lists.PARTICIPANTS, at=at))
    with past.as_of(moment):
        for who in (begins, leaves):
            past.withdraws(FIRST, who)
    for which in made:
        past.voids(FIRST, which)
    past.waits(4)
    for who in (begins, leaves):
        for at in (moment + 9 * HOUR, moment, moment - SECOND_BEFORE):
            past.declares(FIRST, who, "started", at)
    past.looks()
