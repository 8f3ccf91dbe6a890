"""Pasts of what is paid for, that hang on one condition each: on whose it is, in which role, and through whom."""

from __future__ import annotations

from typing import Final

from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, PARTNERSHIPS
from contract_tests.register.backstage import ASHDOWN, RIVERBANK
from contract_tests.register.model.records import ROLES
from contract_tests.register.walks.past import Past
from contract_tests.register.walks.world import CASTLE_HILL

FIRST, SECOND = range(2)
SEPTEMBER: Final = "2025-09-03"
AUTUMN: Final = "2025-10-10"


def eligible_with_what_two_declared(past: Past) -> None:
    """What two providers declared, of two cohorts, joins a statement each: of its own provider, and of its cohort."""
    for urn, by, to in ((RIVERBANK, FIRST, SECOND), (ASHDOWN, SECOND, FIRST)):
        who = past.registers(urn, by, SEPTEMBER)
        past.declares(by, who, "started", AUTUMN)
        past.reschedules(by, who, "standard-september", "2024", at="2026-03-02T09:00:00Z")
        past.declares(by, who, "retained-1", "2025-01-13")
        past.joins(who, CASTLE_HILL, -3, to, at=f"{past.day(-3)}T09:00:00Z")
        past.partners_up(to, CASTLE_HILL, "2024", 1)
        past.declares(to, who, "retained-2", "2025-05-12")
        past.claims(who)
        past.looks(PARTICIPANTS, DECLARATIONS)


def eligible_in_one_role_of_two(past: Past) -> None:
    """Who becomes eligible does in one role, with what was declared in it: a mentor as they are trained elsewhere."""
    for first, then in (ROLES, ROLES[::-1]):
        ect = past.registers(RIVERBANK, FIRST, SEPTEMBER)
        both = past.registers(RIVERBANK, None, SEPTEMBER, "mentor")
        past.has_mentor(ect, both, at="2025-09-04T09:00:00Z")
        past.registers(RIVERBANK, FIRST, SEPTEMBER, also=both)
        for role in ROLES:
            past.declares(FIRST, both, "started", AUTUMN, role)
        past.looks(DECLARATIONS)
        for role in (first, then):
            if role == "ect":
                past.claims(both)
            else:
                past.joins(both, CASTLE_HILL, 0, FIRST, "mentor")
            past.looks(PARTICIPANTS, DECLARATIONS)


def completed_and_paid_back(past: Past) -> None:
    """A mentor whose paid completion is taken back has not completed, before the money is back, and once it is."""
    past.registers(RIVERBANK, FIRST, SEPTEMBER, "mentor")
    who = past.registers(RIVERBANK, FIRST, SEPTEMBER, "mentor")
    which = past.declares(FIRST, who, "completed", "2026-07-01", "mentor")
    past.pays(FIRST, which)
    past.looks(PARTICIPANTS)
    past.voids(FIRST, which)
    past.looks()
    past.pays(FIRST, which)
    past.looks()
    past.voids(FIRST, which)
    past.declares(FIRST, who, "completed", "2026-07-02", "mentor")
    past.looks()


def back_through_the_first_of_two(past: Past) -> None:
    """Who trains on, after a break or since they have not completed, does so through the partnership that they had."""
    past.partners_up(SECOND, RIVERBANK, "2025", 1)
    paused, completed = (past.registers(RIVERBANK, SECOND, SEPTEMBER, role) for role in ROLES)
    past.partners_up(SECOND, RIVERBANK, "2025", 2)
    past.pauses(SECOND, paused, at=f"{past.day(-2)}T09:00:00Z")
    past.resumes(SECOND, paused)
    past.voids(SECOND, past.declares(SECOND, completed, "completed", "2026-07-01", "mentor"))
    for who, role in zip((paused, completed), ROLES, strict=True):
        past.declares(SECOND, who, "started", AUTUMN, role)
    past.looks(PARTICIPANTS, DECLARATIONS, PARTNERSHIPS)
    for partner in (2, 1):
        past.partners_up(SECOND, RIVERBANK, "2024", partner)
    past.waits(1)
    past.reschedules(SECOND, paused, "standard-september", "2024")
    past.declares(SECOND, paused, "retained-1", "2025-01-13")
    past.looks(PARTICIPANTS, DECLARATIONS, PARTNERSHIPS)


def seen_until_it_is_taken_back(past: Past) -> None:
    """What another was paid for is seen until it is taken back, on a statement of its cohort though they left that."""
    who, changes = (past.registers(RIVERBANK, FIRST, SEPTEMBER, claimed=SEPTEMBER) for _ in range(2))
    which, other = (past.declares(FIRST, each, "started", AUTUMN) for each in (who, changes))
    past.does("change-provider", who=who, role="ect", to=SECOND)
    past.reschedules(FIRST, changes, "standard-september", "2026")
    past.looks(DECLARATIONS)
    past.pays(FIRST, which, other)
    past.looks(DECLARATIONS)
    past.voids(FIRST, which)
    past.voids(FIRST, other)
    past.looks(DECLARATIONS)
    past.pays(FIRST, which)
    past.looks(DECLARATIONS)


def told_what_is_known(past: Past) -> None:
    """A school that is told its name and its tutor again has not changed, nor have its partnerships."""
    school = past.world.school(RIVERBANK)
    name, tutor = school.name, {"tutor_name": school.tutor_name, "tutor_email": school.tutor_email}
    for about in ({"name": None, **tutor}, {"name": name, "tutor_name": None, "tutor_email": None}):
        past.does("change-school", urn=RIVERBANK, **about, again=True)
        past.looks(PARTNERSHIPS)
        past.looks_at_schools()
