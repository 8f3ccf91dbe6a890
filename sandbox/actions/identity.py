"""Who is meant by an id, and which ids somebody had before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sandbox.model import IdChange, Participant
from sandbox.rules import identity
from sandbox.store.protocol import Reader

CurrentId = Callable[[str, Iterable[IdChange]], str]


def resolve(reader: Reader, participant_id: str, current_id: CurrentId = identity.current_id) -> str:
    """The id that a participant has now: theirs, or the last that took the place of a retired id (id-change)."""
    if reader.get(Participant, participant_id) is not None:
        return participant_id
    successor = current_id(participant_id, reader.find(IdChange, from_participant_id=participant_id))
    return participant_id if successor == participant_id else resolve(reader, successor, current_id)


def id_changes_of(reader: Reader, participant_id: str) -> list[IdChange]:
    """Every change of id that led to the one a participant has now."""
    changes = list(reader.find(IdChange, to_participant_id=participant_id))
    return changes + [earlier for change in changes for earlier in id_changes_of(reader, change.from_participant_id)]
