"""What every record is, and the world it belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Behaviour = Literal["documented", "deployed"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Anything the store keeps, found by its id."""

    id: str


class World(Record, frozen=True, kw_only=True):
    """What one world was made of: the only record of its kind, with the id "world".

    Its clock stood at `starts_at` when the wall clock stood at `began_at`, and has run with it since.
    """

    scenario: str
    behaviour: Behaviour
    starts_at: datetime
    began_at: datetime
