"""What every record is, and the world it belongs to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, Literal

import msgspec

Behaviour = Literal["documented", "deployed"]

NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)  # when a record last changed that was written before this was kept


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Anything the store keeps, found by its id. A member it does not know is refused: it would be lost in silence."""

    id: str


class World(Record, frozen=True, kw_only=True):
    """What one world was made of, and its clock: the only record of its kind, with the id "world".

    Its clock stood at `starts_at` when the wall clock stood at `began_at`, and has run with it since; a frozen one
    stands there still.
    """

    scenario: str
    edition: str = "ecf"
    behaviour: Behaviour
    starts_at: datetime
    began_at: datetime
    frozen: bool = False

    def time(self, wall_time: datetime) -> datetime:
        """What the world's clock shows when the wall clock shows this, in UTC."""
        return self.starts_at if self.frozen else self.starts_at + (wall_time - self.began_at)
