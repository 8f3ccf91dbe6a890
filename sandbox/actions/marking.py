"""What moves a participant's `updated_at`."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sandbox.model import Participant, Partnership, Placement
from sandbox.store.protocol import Unit


def mark_updated(unit: Unit, participant_id: str, at: datetime) -> None:
    """Note that something shown of a participant changed. Declarations are not shown of them, so they do not count."""
    participant = unit.get(Participant, participant_id)
    if participant is not None:
        unit.put(msgspec.structs.replace(participant, updated_at=at))


def mark_placed_updated(unit: Unit, partnership: Partnership, at: datetime) -> None:
    """Note that something shown of everyone placed through a partnership changed, or whether they are shown at all."""
    for placement in unit.find(Placement, partnership_id=partnership.id):
        mark_updated(unit, placement.participant_id, at)
