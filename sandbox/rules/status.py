"""What a placement says of someone: the school's view of it, on a given day."""

from __future__ import annotations

from datetime import datetime

from sandbox.model import Placement
from sandbox.rules.rule import rule


@rule("status.derive")
def participant_status(placement: Placement, now: datetime) -> str:
    """`participant_status`, as v3 shows it: `leaving`, `left`, `joining`, `withdrawn` or `active`."""
    if placement.ends_at is not None:
        return "leaving" if placement.ends_at > now else "left"
    if placement.starts_at > now:
        return "joining"
    return induction_status(placement)


def induction_status(placement: Placement) -> str:
    """`status`, as v1 and v2 show it: `withdrawn` if the school withdrew or changed it, else `active`."""
    return "withdrawn" if placement.induction_status in ("withdrawn", "changed") else "active"
