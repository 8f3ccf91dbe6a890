"""What moves a participant's `updated_at`."""

from __future__ import annotations

from datetime import datetime

import msgspec

from sandbox.model import Participant
from sandbox.store.protocol import Unit


def touch(unit: Unit, participant_id: str, at: datetime) -> None:
    """Note that something shown of a participant changed. Declarations are not shown of them, so they do not count."""
    participant = unit.get(Participant, participant_id)
    if participant is not None:
        unit.put(msgspec.structs.replace(participant, updated_at=at))
