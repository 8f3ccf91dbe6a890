"""What the deployed service makes of what schools report and providers confirm; its guidance tells nothing of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sandbox.model import Partnership, Placement
from sandbox.rules.book import ConsequenceRules
from sandbox.rules.rule import rule


def stays_there(placement: Placement) -> bool:
    """True for whoever trains at the school, or is to, and neither leaves it nor is withdrawn."""
    return placement.ends_on is None and placement.induction_status in ("active", "completed")


def is_there(placement: Placement, at: datetime) -> bool:
    """True for whoever stays there and has begun."""
    return stays_there(placement) and placement.starts_at <= at


@rule("part.effect")
def comes_along(placement: Placement, through: Partnership | None, at: datetime) -> bool:
    """True for whoever trains there through no partnership, or through one that is challenged."""
    return is_there(placement, at) and (
        through is None or (through.challenged_at is not None and not through.relationship)
    )


@rule("status.derive")
def trains_otherwise(placement: Placement, at: datetime) -> bool:
    """True for whoever is there: under the programme chosen they begin anew, with no provider."""
    return is_there(placement, at)


@rule("transfer.who-sees")
def is_left_for_another(placement: Placement) -> bool:
    """True unless they leave already: that day stays until the school itself reports another."""
    return stays_there(placement)


@rule("transfer.who-sees")
def loses_mentor(placement: Placement, mentors: Placement) -> bool:
    """True for whoever is mentored at the school that the mentor leaves."""
    return (
        placement.mentor_id == mentors.participant_id
        and placement.school_id == mentors.school_id
        and stays_there(placement)
    )


@rule("part.challenge")
def says_nobody_trains(reason: str) -> bool:
    """True of `no_ects`: the school has no early career teachers in that cohort."""
    return reason == "no_ects"


DEPLOYED: Final = ConsequenceRules(
    comes_along=comes_along,
    trains_otherwise=trains_otherwise,
    is_left_for_another=is_left_for_another,
    loses_mentor=loses_mentor,
    says_nobody_trains=says_nobody_trains,
)
