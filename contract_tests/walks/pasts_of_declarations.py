"""Pasts that hang on what else is declared of somebody, of which types: what then binds, and what is taken back."""

from __future__ import annotations

from contract_tests.model import lists
from contract_tests.walks.past import Past
from contract_tests.walks.pasts import AUTUMN, FAR, FIRST, HERE, NEXT, SECOND, THIS_AUTUMN, WAITS

SPRING, NEXT_SPRING = "2023-02-06T09:00:00Z", "2024-05-06T09:00:00Z"


def completed_among_others(past: Past) -> None:
    """Taken back, that is undone whatever else stands of the mentor, or of the ECT that they are too.

    To take back something else does not undo it, nor is undone what the DfE has said since.
    """
    ect = past.registers(HERE, "2022")
    mentor = past.mentors_as_well(ect, HERE, "2022")
    past.declares(SECOND, ect, "completed", NEXT_SPRING)
    retained = [
        past.declares(SECOND, mentor, type, at) for type, at in (("retained-1", SPRING), ("retained-3", AUTUMN))
    ]
    for dated in (NEXT_SPRING, "2024-06-03T09:00:00Z"):
        completed = past.declares(SECOND, mentor, "completed", dated)
        past.looks(lists.PARTICIPANTS)
        past.voids(SECOND, retained.pop())
        past.looks(lists.PARTICIPANTS)
        if retained:
            past.voids(SECOND, completed)
            past.looks(lists.PARTICIPANTS)
    past.does("unfund", who=mentor, on="2024-07-31", reason="started_not_completed")
    past.voids(SECOND, completed)
    past.looks(lists.PARTICIPANTS)


def declared_as_extended_and_moved_out(past: Past) -> None:
    """What only the longer schedules know binds where it was declared, and not once they have left that cohort.

    Back there it does again.
    """
    past.does("open-cohort", cohort="2022")
    who = past.registers(HERE, "2022")
    past.reschedules(SECOND, who, None, "ecf-extended-september")
    past.declares(SECOND, who, "extended-1", SPRING)
    past.reschedules(SECOND, who, None, "ecf-standard-january")
    past.does("close-cohort", cohort="2022")
    past.reschedules(SECOND, who, "2024")
    past.reschedules(SECOND, who, None, "ecf-standard-january")
    past.reschedules(SECOND, who, None, "ecf-extended-september")
    binds = past.declares(SECOND, who, "extended-2", THIS_AUTUMN)
    past.reschedules(SECOND, who, None, "ecf-reduced-september")
    if binds in past.world.declarations:  # by the guidance they are on no such schedule, as what was declared binds
        past.voids(SECOND, binds)
    past.reschedules(SECOND, who, None, "ecf-reduced-september")
    past.looks(lists.PARTICIPANTS)
    past.reschedules(SECOND, who, "2022", "ecf-extended-january")
    past.reschedules(SECOND, who, None, "ecf-standard-september")
    past.looks(lists.PARTICIPANTS)


def declared_once_more(past: Past) -> None:
    """By the guidance a copy is answered like the first, whatever has become of that, of them, and of their cohort."""
    waits, gone = past.registers(NEXT, validation="checking_qts"), past.registers(NEXT)
    closed, unpaid = (past.registers(WAITS, "2023", validation=each) for each in ("eligible_to_start", "checking_qts"))
    about = ((waits, THIS_AUTUMN), (gone, THIS_AUTUMN), (closed, AUTUMN), (unpaid, AUTUMN))
    for _ in range(2):
        for who, dated in about:
            past.declares(FIRST, who, "started", dated)
    past.validates(waits)
    past.withdraws(FIRST, gone)
    past.does("close-cohort", cohort="2023")
    for who, dated in about:
        past.declares(FIRST, who, "started", dated)
    past.does("open-cohort", cohort="2023")
    past.joins(waits, FAR, -1)
    for by in (FIRST, SECOND):
        past.declares(by, waits, "started", THIS_AUTUMN)
    past.looks(lists.DECLARATIONS)
