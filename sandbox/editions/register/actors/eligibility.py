"""People who become eligible for funding, and those who are not any more."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.declarations import join_statements
from sandbox.editions.register.actions.marking import save_teacher
from sandbox.editions.register.actions.people import teacher_of
from sandbox.model import ParticipantType, Teacher
from sandbox.store.protocol import Unit


def become_eligible(unit: Unit, moment: Moment, teacher_id: str, role: ParticipantType) -> None:
    """Have someone be eligible from now on, if they have not been before, and what was declared of them as well.

    Where that cannot join a statement any more, they are not (decl.becomes-eligible).
    """
    teacher = teacher_of(unit, teacher_id)
    known = teacher.as_role(role)
    if known.became_eligible_at is None and join_statements(unit, moment, teacher_id, role):
        save_teacher(unit, moment, _with(teacher, role, became_eligible_at=moment.now))


def become_ineligible(
    unit: Unit, moment: Moment, teacher: Teacher, role: ParticipantType, on: date, reason: str | None = None
) -> None:
    """Have someone not be funded any more from a day on; of a mentor it is known why."""
    changed = _with(teacher, role, ineligible_from=on)
    save_teacher(unit, moment, changed if role == "ect" else replace(changed, mentor_reason=reason))


def _with(teacher: Teacher, role: ParticipantType, **changes: object) -> Teacher:
    changed = replace(teacher.as_role(role), **changes)
    return replace(teacher, ect=changed) if role == "ect" else replace(teacher, mentor=changed)
