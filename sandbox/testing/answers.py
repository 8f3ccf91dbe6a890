"""What the control API answers, as far as tests want to name it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """Something with an id and a name."""

    id: str
    name: str


class School(Named, frozen=True, kw_only=True):
    """A school."""

    urn: str


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in training, as they were when the sandbox answered."""

    id: str
    training_record_id: str
    participant_type: str
    full_name: str
    email: str
    trn: str | None
    cohort: str
    school: School
    provider: Named | None
    schedule_identifier: str
    validation_status: str
    mentor_id: str | None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration, and the state it came to."""

    id: str
    state: str


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """Something that fell due as time passed. `id` is the statement's or the participant's."""

    at: datetime
    event: str
    id: str
    declarations: Sequence[Moved]
