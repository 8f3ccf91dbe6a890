"""Who is meant by an id."""

from __future__ import annotations

from collections.abc import Iterable

from sandbox.model import IdChange
from sandbox.rules.rule import rule


@rule("id-change")
def current_id(participant_id: str, changes: Iterable[IdChange]) -> str:
    """The id a participant has now: their own, or the one that took the place of a retired one."""
    successors = {change.from_participant_id: change.to_participant_id for change in changes}
    return successors.get(participant_id, participant_id)
