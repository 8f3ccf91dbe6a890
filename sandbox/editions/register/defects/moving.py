"""Moves from one school to another that are listed, seen or told of otherwise than they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from sandbox.edition import Defect
from sandbox.editions.register.rules.transfers import Move
from sandbox.rules.parts import altered, becoming

Moves = Callable[..., Iterable[Move]]


def _whoever_has_finished(moves: Moves) -> Moves:
    return lambda periods, trainings, **_: moves(periods, trainings, has_finished=False)


def _who_is_left(provider_id: str, move: Move) -> bool:
    return move.left.lead_provider_id == provider_id


def _always_a_new_school(move: Move) -> str:
    return "unknown" if move.joined is None else "new_school"


def _once_they_have_left(move: Move, today: date) -> str:
    return "incomplete" if move.left.ends_on is not None and move.left.ends_on > today else "complete"


def _when_it_was_left(boundaries: Any) -> Any:
    return next(iter(boundaries)).moved_at


MOVING: Final = (
    Defect(
        name="finished-listed-as-moving",
        about="Lists who has passed and goes nowhere as moving.",
        breaks="transfer.listed",
        rules=altered("transfers.moves", _whoever_has_finished),
    ),
    Defect(
        name="move-hidden-from-the-new-provider",
        about="Shows a move only to the provider that somebody leaves.",
        breaks="transfer.who-sees",
        rules=altered("transfers.sees_move", becoming(_who_is_left)),
    ),
    Defect(
        name="every-move-to-a-new-school",
        about="Tells of every move as one to a new school with the same provider.",
        breaks="transfer.type",
        rules=altered("transfers.transfer_type", becoming(_always_a_new_school)),
    ),
    Defect(
        name="complete-before-joining",
        about="Tells of a move as complete once somebody has left, though they are still to join.",
        breaks="transfer.status",
        rules=altered("transfers.transfer_status", becoming(_once_they_have_left)),
    ),
    Defect(
        name="joining-unnoticed",
        about="Leaves the updated_at of a move alone when somebody joins.",
        breaks="updated.transfer",
        rules=altered("transfers.moved_at", becoming(_when_it_was_left)),
    ),
)
