"""Who moves from one school to another: what `GET /participants/ecf/transfers` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sandbox.actions.call import Call
from sandbox.actions.provider_view import ProviderView
from sandbox.model import (
    LeadProvider,
    Mover,
    Participant,
    Placement,
    School,
    TrainingRecord,
    Transfer,
    TransferSide,
)
from sandbox.rules.reading import Page
from sandbox.rules.transfers import Move, Stay
from sandbox.store.protocol import Reader


def movers(reader: Reader, call: Call, since: datetime | None, page: Page) -> Sequence[Mover]:
    """One page of the people of whom the provider sees a transfer.

    The oldest participants first, or those that changed first when the filter asks for changes.
    """
    seen = ProviderView.of(reader, call).all_placements(call.rules.visibility.shows_transfer)
    maybe = [id for id, placements in seen.items() if any(p.ends_on or p.transfer for p in placements)]
    everyone = (_mover(reader, call, id, seen[id], since) for id in maybe)
    found = [mover for mover in everyone if mover is not None]
    if since is None:
        found.sort(key=lambda mover: (mover.participant.created_at, mover.participant.id))
    else:
        found.sort(key=lambda mover: (mover.participant.updated_at, mover.participant.id))
    return call.rules.reading.page_of(found, page)


def mover(reader: Reader, call: Call, participant_id: str, since: datetime | None) -> Mover | None:
    """One person, if the provider sees a transfer of theirs and the filter lets them through."""
    seen = ProviderView.of(reader, call).placements(participant_id, call.rules.visibility.shows_transfer)
    return _mover(reader, call, participant_id, seen, since)


def _mover(
    reader: Reader, call: Call, participant_id: str, seen: Sequence[Placement], since: datetime | None
) -> Mover | None:
    participant = reader.get(Participant, participant_id)
    if participant is None or not call.rules.reading.changed_since(participant.updated_at, since):
        return None
    moved = list(_moves(reader, call, seen))
    if not moved:
        return None
    return Mover(
        participant=participant,
        transfers=[_transfer(reader, call, record, move) for record, move in moved],
        updated_at=call.rules.marking.shown_of_transfers(participant, [move for _, move in moved]),
    )


def _moves(reader: Reader, call: Call, seen: Sequence[Placement]) -> Iterator[tuple[TrainingRecord, Move]]:
    """The moves a provider sees, by what it sees of someone's placements: of one training record after the other.

    Which moves there were depends on everybody's placements.
    """
    for record in _records_of(reader, seen):
        for move in call.rules.visibility.moves(reader.find(Placement, training_record_id=record.id)):
            if call.rules.visibility.sees_move(move, seen):
                yield record, move


def _records_of(reader: Reader, placements: Iterable[Placement]) -> list[TrainingRecord]:
    records = (reader.get(TrainingRecord, id) for id in {placement.training_record_id for placement in placements})
    return sorted((record for record in records if record), key=lambda record: (record.created_at, record.id))


def _transfer(reader: Reader, call: Call, record: TrainingRecord, move: Move) -> Transfer:
    left, joined = move.leaving, move.joining
    return Transfer(
        training_record_id=record.id,
        type=call.rules.visibility.transfer_type(move),
        status=call.rules.visibility.transfer_status(move, call.today),
        created_at=left.created_at,
        leaving=_side(reader, left, left.lead_provider_id, move.leaves_on),
        joining=_side(reader, joined, joined.joined_lead_provider_id, joined.begins_on) if joined else None,
    )


def _side(reader: Reader, stay: Stay, provider_id: str | None, on: date) -> TransferSide:
    school = reader.get(School, stay.school_id)
    if school is None:
        raise LookupError(f"placements refer to school {stay.school_id}, which is not there")
    provider = reader.get(LeadProvider, provider_id) if provider_id else None
    return TransferSide(school_urn=school.urn, provider_name=provider.name if provider else None, date=on)
