"""What the deployed service makes of what schools report and providers confirm, as it was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from sandbox.model import Cohort, Partnership, Placement, Schedule, TrainingRecord
from sandbox.rules import schedules
from sandbox.rules.book import ConsequenceRules
from sandbox.rules.rule import rule
from sandbox.rules.transfers import Move, stays
from sandbox.rules.visibility import belongs_to


@rule("vis.participant")
def acts_on_all_of_its_own(provider_id: str, placement: Placement, partnership: Partnership | None) -> bool:
    """True for a placement through any partnership of this provider's: what a challenge hides is still acted on."""
    return belongs_to(provider_id, placement) and partnership is not None


def acts_on_what_goes_on(record: TrainingRecord) -> bool:
    """True unless the school has withdrawn the training: that is none any more (participant.course-matches)."""
    return not record.withdrawn_by_school


def in_partnership(partnerships: Iterable[Partnership]) -> bool:
    """True when one of a school's partnerships is unchallenged, be it made for one person's transfer (vis.school)."""
    return any(partnership.challenged_at is None for partnership in partnerships)


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
def trains_otherwise(placement: Placement, programme: str, at: datetime) -> bool:
    """True for whoever is there: under the programme chosen they begin anew, with no provider.

    Where the school is to train its own people, whoever was registered there and is still to begin does so with no
    provider either; who is still to come from another school keeps theirs.
    """
    is_registered_there = stays_there(placement) and not placement.transfer
    return is_there(placement, at) or (programme == "school_led" and is_registered_there)


@rule("transfer.who-sees")
def is_left_for_another(placement: Placement) -> bool:
    """True unless they leave already: that day stays until the school itself reports another."""
    return stays_there(placement)


@rule("transfer.who-sees")
def loses_mentor(placement: Placement, mentors: Placement, at: datetime) -> bool:
    """True for whoever is mentored by then at the school that the mentor leaves."""
    return (
        placement.mentor_id == mentors.participant_id
        and placement.school_id == mentors.school_id
        and placement.created_at <= at
        and stays_there(placement)
    )


@rule("sched.frozen-cohort")
def comes_out(mentors: Cohort, ects: Cohort, at: datetime) -> bool:
    """True of a mentor in a closed cohort, when an ECT of another one is registered with them."""
    return mentors.frozen_at(at) and not ects.frozen_at(at)


@rule("part.challenge")
def says_nobody_trains(reason: str) -> bool:
    """True of `no_ects`: the school has no early career teachers in that cohort."""
    return reason == "no_ects"


@rule("transfer.type")
def moves(placements: Iterable[Placement]) -> list[Move]:
    """The moves of one training record, each to the next school that was joined and has not been left itself.

    Each school is joined once. A school that is left makes a move as long as it is known as one that they leave.
    """
    found: list[Move] = []
    for stay in (everywhere := stays(placements)):
        last = stay.placements[-1]
        if last.ends_on is not None and last.induction_status == "leaving":
            later = everywhere[everywhere.index(stay) + 1 :]
            joined = [move.joining for move in found]
            joinable = (s for s in later if s.began_as_transfer and s.ends_on is None and s not in joined)
            found.append(Move(stay, last.ends_on, next(joinable, None)))
    return found


def address_on_joining(placements: Sequence[Placement]) -> str:
    """The address of whoever joins a school that gives none: the first, under which they were registered."""
    return placements[0].email


def mentored(placement: Placement, mentor_id: str | None) -> Placement:
    """The placement with another mentor, or with none: that they leave is then forgotten, the day excepted."""
    status = "active" if placement.induction_status == "leaving" else placement.induction_status
    return replace(placement, mentor_id=mentor_id, induction_status=status)


def moved(placement: Placement, schedule: Schedule, partnership: Partnership) -> Placement:
    """The placement after a change of cohort: whom the school had withdrawn there is in training again."""
    after = schedules.moved(placement, schedule, partnership)
    return replace(after, induction_status="active") if after.induction_status == "withdrawn" else after


CONSEQUENCES: Final = ConsequenceRules(
    comes_along=comes_along,
    trains_otherwise=trains_otherwise,
    is_left_for_another=is_left_for_another,
    loses_mentor=loses_mentor,
    comes_out=comes_out,
    says_nobody_trains=says_nobody_trains,
)
