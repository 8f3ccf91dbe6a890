"""Moves from one school to another: which are listed, who sees them, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import zip_longest

import msgspec

from sandbox.model import SchoolPeriod, TrainingPeriod
from sandbox.rules.rule import rule


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """The last training at the school that someone leaves, and the first at the one they join, if there is one."""

    left: TrainingPeriod
    joined: TrainingPeriod | None

    @property
    def boundaries(self) -> tuple[TrainingPeriod, ...]:
        """The trainings between which the move lies."""
        return (self.left,) if self.joined is None else (self.left, self.joined)


@rule("transfer.listed")
def moves(
    periods: Sequence[SchoolPeriod], trainings: Mapping[str, Sequence[TrainingPeriod]], *, has_finished: bool
) -> Iterator[Move]:
    """The moves between the times at schools of one role, which come in order; `trainings` are by those.

    Leaving for nowhere is one only of who has not finished their induction.
    """
    for period, following in zip_longest(periods, periods[1:]):
        here = trainings.get(period.id, ())
        if period.ends_on is None or not here or here[-1].ends_on is None:
            continue
        if following is None:
            if not has_finished:
                yield Move(left=here[-1], joined=None)
        elif following.school_id != period.school_id:
            there = trainings.get(following.id, ())
            yield Move(left=here[-1], joined=there[0] if there else None)


@rule("transfer.who-sees")
def sees_move(provider_id: str, move: Move) -> bool:
    """True for the provider of the training that ends, and for that of the one that begins."""
    return any(training.lead_provider_id == provider_id for training in move.boundaries)


@rule("transfer.type")
def transfer_type(move: Move) -> str:
    """What a move is from the providers' side. Training without a provider is another than with any."""
    if move.joined is None:
        return "unknown"
    return "new_school" if move.left.lead_provider_id == move.joined.lead_provider_id else "new_provider"


@rule("transfer.status")
def transfer_status(move: Move, today: date) -> str:
    """Incomplete while a day of it is still to come."""
    days = (move.left.ends_on, move.joined.starts_on if move.joined else None)
    return "incomplete" if any(day is not None and day > today for day in days) else "complete"


@rule("updated.transfer")
def moved_at(boundaries: Iterable[TrainingPeriod]) -> datetime:
    """When the days of the trainings around a move last changed."""
    return max(training.moved_at for training in boundaries)
