"""Moves from one school to another: what kind of move, how far it has come, who sees it, who declares afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from sandbox.model import Placement, TrainingRecord
from sandbox.rules.rule import rule


class Stay(msgspec.Struct, frozen=True):
    """Someone's time at one school: one placement, or several, each taken up when an act ended the last."""

    placements: tuple[Placement, ...]

    @property
    def school_id(self) -> str:
        """Where it is."""
        return self.placements[0].school_id

    @property
    def lead_provider_id(self) -> str | None:
        """Who trains there, if anybody does: in the end, of several."""
        return self.placements[-1].lead_provider_id

    @property
    def joined_lead_provider_id(self) -> str | None:
        """Who trained there, if anybody did, when they came."""
        return self.placements[0].lead_provider_id

    @property
    def began_as_transfer(self) -> bool:
        """True when the school reported that they join it from another."""
        return self.placements[0].transfer

    @property
    def begins_on(self) -> date:
        """Its first day."""
        return self.placements[0].starts_on

    @property
    def ends_on(self) -> date | None:
        """Its last day, once the school has reported that they leave."""
        return self.placements[-1].ends_on

    @property
    def created_at(self) -> datetime:
        """When the placement they leave from was made."""
        return self.placements[-1].created_at

    @property
    def updated_at(self) -> datetime:
        """When any of its placements last changed."""
        return max(placement.updated_at for placement in self.placements)

    @property
    def goes_on(self) -> bool:
        """True when an act ended its last placement, so that another is part of it."""
        return self.placements[-1].induction_status == "changed"


class Move(msgspec.Struct, frozen=True):
    """Someone leaves one school, on a day, and joins another once that has reported it too."""

    leaving: Stay
    leaves_on: date
    joining: Stay | None


def moves(placements: Iterable[Placement]) -> list[Move]:
    """The moves that the placements of one training record tell of. All are in the order in which they were made.

    Whoever joins a school comes from the last one they left. A school that reports it before the other one does makes
    no move yet.
    """
    found: list[Move] = []
    for stay in stays(placements):
        if stay.began_as_transfer and found and found[-1].joining is None:
            found[-1] = replace(found[-1], joining=stay)
        if stay.ends_on is not None:
            found.append(Move(stay, stay.ends_on, joining=None))
    return found


def stays(placements: Iterable[Placement]) -> list[Stay]:
    """The schools that someone has been at, each with its placements. All are in the order in which they were made."""
    found: list[Stay] = []
    for placement in placements:
        for number, stay in enumerate(found):
            if stay.goes_on and stay.school_id == placement.school_id:
                found[number] = Stay((*stay.placements, placement))
                break
        else:
            found.append(Stay((placement,)))
    return found


@rule("transfer.type")
def transfer_type(move: Move) -> str:
    """`unknown` until the joining side is reported; `new_provider` when the providers differ, else `new_school`.

    What the school that they joined has done since does not matter.
    """
    if move.joining is None:
        return "unknown"
    before, after = move.leaving.lead_provider_id, move.joining.joined_lead_provider_id
    return "new_provider" if before and after and before != after else "new_school"


@rule("transfer.status")
def transfer_status(move: Move, today: date) -> str:
    """`complete` once the later of the days reported is today or past, else `incomplete`."""
    last = max(move.leaves_on, move.joining.begins_on) if move.joining else move.leaves_on
    return "complete" if last <= today else "incomplete"


@rule("transfer.who-sees")
def sees_move(move: Move, seen: Collection[Placement]) -> bool:
    """True for whoever sees either side of a move. Before the joining side is reported there is only the leaving one.

    `seen` are the participant's placements that a provider sees.
    """
    sides = (*move.leaving.placements, *(move.joining.placements if move.joining else ()))
    return any(placement in seen for placement in sides)


@rule("transfer.declare-after")
def schedule_declared_by(_record: TrainingRecord, placements: Sequence[Placement]) -> str | None:
    """The schedule that a provider declares by: its own newest placement's, even when the participant has moved on.

    `placements` are the training record's with this provider, newest first.
    """
    return placements[0].schedule_id if placements else None
