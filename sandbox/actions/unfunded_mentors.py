"""Who mentors a provider's ECTs without training with it: what `GET /unfunded-mentors/ecf` shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sandbox.actions.call import Call
from sandbox.actions.enrolments import newest_of_each
from sandbox.actions.provider_view import ProviderView
from sandbox.model import Participant, Placement, TrainingRecord, UnfundedMentor
from sandbox.rules.reading import Page
from sandbox.rules.visibility import newest_first
from sandbox.store.protocol import Reader

SORTED_BY: Final[dict[str, Callable[[UnfundedMentor], Any]]] = {
    "created_at": lambda mentor: mentor.participant.created_at,
    "updated_at": lambda mentor: mentor.participant.updated_at,
    "full_name": lambda mentor: mentor.participant.full_name,
    "email": lambda mentor: mentor.email,
    "id": lambda mentor: mentor.participant.id,
}


def mentors(
    reader: Reader, call: Call, updated_since: datetime | None, sort: str | None, page: Page
) -> Sequence[UnfundedMentor]:
    """One page of the mentors who changed at that time or later, if one is given."""
    seen = (_presented(reader, call, id) for id in _ids(reader, call))
    rules = call.rules.reading
    found = (m for m in seen if m is not None and rules.changed_since(m.participant.updated_at, updated_since))
    return rules.page_of(rules.in_order(found, sort, SORTED_BY), page)


def mentor(reader: Reader, call: Call, participant_id: str, updated_since: datetime | None) -> UnfundedMentor | None:
    """One mentor, if the provider sees them here and they changed at that time or later, if one is given."""
    found = _presented(reader, call, participant_id) if participant_id in _ids(reader, call) else None
    changed_since = call.rules.reading.changed_since
    return found if found and changed_since(found.participant.updated_at, updated_since) else None


def _ids(reader: Reader, call: Call) -> set[str]:
    """The ids of all who mentor someone in the provider's latest placements, and have none with it themselves."""
    trained = ProviderView.of(reader, call).all_placements()
    latest = (each for placements in trained.values() for each in newest_of_each(placements))
    return call.rules.visibility.unfunded_mentors(latest, trained)


def _presented(reader: Reader, call: Call, participant_id: str) -> UnfundedMentor | None:
    """A mentor with the address of their own newest placement; None while the DfE has not validated their details.

    That placement is with another provider or with none.
    """
    participant = reader.get(Participant, participant_id)
    records = reader.find(TrainingRecord, participant_id=participant_id)
    record = next((record for record in records if record.participant_type == "mentor"), None)
    if participant is None or record is None or call.rules.visibility.hides(record):
        return None
    placements = newest_first(reader.find(Placement, training_record_id=record.id))
    email = placements[0].email if placements else participant.email
    return UnfundedMentor(participant=participant, record=record, email=email)
