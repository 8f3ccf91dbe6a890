"""Pasts of people who move: to another cohort, to a school where nobody trains yet, or one that disowned somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.walks.looking import Question
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import AUTUMN, FAR, FIRST, HERE, NEXT, SECOND, THIS_AUTUMN, WAITS

SECOND_BEFORE: Final = timedelta(seconds=1)


def declared_of_the_time_before_a_move(past: Past) -> None:
    """It counts for the cohort that they have moved to, and what was paid for it is taken back there."""
    past.confirms(FIRST, HERE, "2023", 1)
    who = past.registers(HERE, "2023")
    past.reschedules(FIRST, who, "2024")
    which = past.declares(FIRST, who, "started", THIS_AUTUMN)
    for cohort in ("2023", "2024") if past.world.version == "v3" else ():
        past.asks(Question(FIRST, lists.DECLARATIONS, Query(cohorts=frozenset({cohort}))))
    past.pays(FIRST, "2024")
    past.voids(FIRST, which)
    past.looks(lists.DECLARATIONS)


def joins_where_nobody_trains_yet(past: Past) -> None:
    """Whom a provider finds there it trains from then on, from the first day only whoever had been nowhere else.

    A transfer tells who trained there when they came, whoever has since, and who did when they left.
    """
    comes, stays = past.registers(HERE, "2023"), past.registers(NEXT, "2023")
    past.leaves(comes, -3)
    past.joins(comes, NEXT, -2)
    past.confirms(SECOND, NEXT, "2023", 1)
    for who in (comes, stays):
        past.declares(SECOND, who, "started", AUTUMN)
    next_one = past.registers(HERE, "2023")
    past.leaves(next_one, -2)
    past.joins(next_one, NEXT, -1)
    past.looks()
    past.challenges(SECOND, NEXT, "2023")
    past.confirms(FIRST, NEXT, "2023", 0)
    for who in (comes, next_one):
        past.declares(FIRST, who, "started", past.world.register.now)
        past.defers(FIRST, who)
    past.looks()
    past.confirms(SECOND, FAR, "2023", 1)
    for who in (comes, stays):
        past.joins(who, FAR, 0)
    past.looks(lists.TRANSFERS)


def kept_where_their_provider_was_disowned(past: Past) -> None:
    """What the school has challenged is nobody's way in: another is made for whoever keeps their provider."""
    disowned = past.registers(HERE, "2023")
    past.challenges(FIRST, HERE, "2023")
    past.joins(disowned, NEXT, -1, keeps=True)
    younger, kept = past.registers(HERE, "2024"), past.registers(WAITS, "2023")
    past.reschedules(FIRST, younger, "2023")
    past.joins(kept, HERE, -1, keeps=True)
    past.looks()
    past.reschedules(FIRST, younger, "2023")
    past.looks(lists.PARTICIPANTS)
    past.confirms(FIRST, HERE, "2023", 1)
    past.joins(past.registers(WAITS, "2023"), HERE, -1, keeps=True)
    past.looks()


def readdressed_while_they_move(past: Past) -> None:
    """A new address is that of all training that has not ended: where they leave still, and where they are to come.

    As of a moment before whoever had it last was still to begin under it, though the same was asked as of now.
    """
    leaves, left, moves, stays = (past.registers(HERE) for _ in range(4))
    past.leaves(leaves, 20)
    past.leaves(left, -2)
    past.leaves(moves, 4)
    past.joins(moves, FAR, 5)
    for who in (leaves, left, moves, stays):
        past.does("change-details", who=who, full_name=None, email=f"{who}@second.example".lower())
    past.looks(lists.PARTICIPANTS, lists.TRANSFERS)
    for at in (past.world.register.now - SECOND_BEFORE, None):
        past.asks(Question(FIRST, lists.PARTICIPANTS, at=at))


def another_had_that_partner(past: Past) -> None:
    """What a school disowned stands in the way of nobody else who would work with the same delivery partner."""
    past.challenges(FIRST, NEXT, "2024")
    past.confirms(SECOND, NEXT, "2024", 2)
    past.does("change-delivery-partner", of=SECOND, by=SECOND, urn=NEXT, cohort="2024", partner=1)
    past.looks(lists.PARTICIPANTS, lists.PARTNERSHIPS)
