"""How somebody stands with a training, and whether they may be funded."""

from __future__ import annotations

from datetime import date

from contract_tests.register.model.records import Person, Role, Training, day_of


def participant_status(training: Training, today: date) -> str:
    """Joining, active, leaving or left: whoever ends today has left."""
    ahead = training.ends is not None and training.ends > today
    if training.withdrawn or training.deferred:
        return "leaving" if ahead else "left"
    completed = training.person.completed_on(training.role)
    if completed is not None and (training.ends is None or completed <= training.ends):
        return "active"
    if training.ends is not None:
        return "leaving" if ahead else "left"
    return "joining" if training.starts > today else "active"


def eligible(person: Person, role: Role) -> bool | None:
    """Whichever came first: that they may be funded, or that they may not; None while neither has."""
    funding = person.funding[role]
    if funding.eligible_since is None:
        return None if funding.ineligible_from is None else False
    return funding.ineligible_from is None or day_of(funding.eligible_since) <= funding.ineligible_from
