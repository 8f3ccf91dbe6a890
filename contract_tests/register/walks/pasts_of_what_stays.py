"""Pasts in which something changes and something beside it does not, be it read, declared or shown."""

from __future__ import annotations

from typing import Any

from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, PARTNERS, PARTNERSHIPS
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.chance import PARTNERS as NAMES
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import PREMIUM

FIRST, SECOND = range(2)


def paused_once_they_had_gone(past: Past) -> None:
    """What another declares is seen up to the last day of training, whenever its provider says that it paused."""
    for how in ("withdraw", "defer"):
        for dated in (-7, -6, -5, -3):
            who = past.registers(RIVERBANK, FIRST, "2025-09-03")
            past.leaves(who, -6)
            past.joins(who, ASHDOWN, -5, SECOND)
            past.declares(SECOND, who, "started", dated)
            past.pauses(FIRST, who, how)
        past.looks(DECLARATIONS)


def out_of_order_in_another_cohort(past: Past) -> None:
    """What was declared in one cohort comes before, or after, what is declared once they are in another."""
    years = (
        ("2024-09-02", "2025", ("2025-09-30", "2025-10-01", "2025-10-02")),
        ("2025-09-03", "2026", ("2026-06-15", "2026-07-01", "2026-07-02")),
    )
    for begins, cohort, dates in years:
        for role in ROLES:
            for first, then in (("started", "retained-1"), ("retained-1", "started")):
                who = past.registers(RIVERBANK, FIRST, begins, role)
                past.reschedules(FIRST, who, "extended-september", None, role, at=f"{begins}T12:00:00Z")  # without ends
                past.declares(FIRST, who, first, dates[1], role)
                past.reschedules(FIRST, who, "standard-september", cohort, role)
                for dated in dates:
                    past.declares(FIRST, who, then, dated, role)
    past.looks(DECLARATIONS)


def taken_back_under_another_id(past: Past) -> None:
    """What was declared of whoever turns out to be somebody else is theirs, whatever has come of it since."""
    who = past.registers(RIVERBANK, FIRST, "2025-09-03", claimed="2025-09-03")
    was = past.registers(ASHDOWN, SECOND, "2025-09-03", "mentor")
    past.voids(SECOND, past.declares(SECOND, was, "started", "2025-10-10", "mentor"))
    paid = past.declares(SECOND, was, "started", "2025-10-11", "mentor")
    past.voids(FIRST, past.declares(FIRST, who, "started", "2025-10-10"))
    past.voids(SECOND, paid)
    past.does("merge", who=was, into=who)
    past.looks()


def inducted_under_both_ids(past: Past) -> None:
    """Whoever was inducted, and is again as whom they turn out to be, began with the first of the two."""
    for turns_out_to_be_the_first in (True, False):
        one = past.registers(RIVERBANK, FIRST, "2025-09-03", claimed="2025-09-03")
        past.leaves(one, "2026-05-01", at="2026-05-01T09:00:00Z")
        past.ends_induction(one, None, -137)
        again = past.registers(ASHDOWN, SECOND, "2026-05-11", claimed="2026-05-11")
        who, into = (again, one) if turns_out_to_be_the_first else (one, again)
        past.does("merge", who=who, into=into)
        past.looks(PARTICIPANTS)


def through_a_partner_that_changes(past: Past) -> None:
    """A partnership is as it was when its delivery partner works with more, and changes in whichever cohort it is."""
    past.does("relate", by=FIRST, partner=NAMES[3], cohort="2022")
    for cohort in ("2022", "2023"):
        past.partners_up(FIRST, PREMIUM, cohort, 0)
        past.looks(PARTNERSHIPS)
        about: dict[str, Any] = {"by": FIRST, "of": FIRST, "urn": PREMIUM, "cohort": cohort}
        for name in NAMES:
            past.does("change-partner", partner=name, **about)
    past.does("relate", by=SECOND, partner=NAMES[0], cohort="2022")
    past.looks(PARTNERSHIPS, PARTNERS)


def read_on_both_sides_of_midnight(past: Past) -> None:
    """Who begins, or has gone, with a day in London is so from its midnight, though mentors go at one."""
    for role in ROLES:
        past.registers(RIVERBANK, FIRST, 1, role)
        past.leaves(past.registers(RIVERBANK, FIRST, "2025-09-03", role), 0, role)
        past.leaves(past.registers(RIVERBANK, FIRST, "2025-09-03", role), 1, role)
    evening, night = past.day(0), past.day(1)
    for moment in (f"{evening}T22:59:58Z", f"{evening}T23:00:01Z", f"{evening}T23:59:58Z", f"{night}T00:00:02Z"):
        past.does("wait", moment)
        past.looks(PARTICIPANTS)
