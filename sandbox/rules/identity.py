"""Who is meant by an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sandbox.model import IdChange, Participant, TrainingRecord
from sandbox.rules.rule import rule


@rule("id-change")
def current_id(participant_id: str, changes: Iterable[IdChange]) -> str:
    """The id a participant has now: their own, or the one that took the place of a retired one."""
    successors = {change.from_participant_id: change.to_participant_id for change in changes}
    return successors.get(participant_id, participant_id)


@rule("id-change")
def as_listed(changes: Iterable[IdChange]) -> list[IdChange]:
    """The changes of id that led to a participant's, as they are listed: the newest first."""
    return sorted(changes, key=lambda change: change.changed_at, reverse=True)


def nobody_else(
    _person: Participant, _same_trn: Iterable[Participant], _records: Mapping[str, Iterable[TrainingRecord]]
) -> None:
    """None: two records of one TRN stay two people until the DfE retires the id of one."""
    return


def goes_by(_record: TrainingRecord, _retired_id: str) -> bool:
    """True: everything of a person can be acted on under each of their ids (id-change)."""
    return True


def knows_any_trn(_records: Iterable[TrainingRecord]) -> bool:
    """True: whoever has the TRN of another is that person, by whomever it was given (decl.duplicate-person)."""
    return True
