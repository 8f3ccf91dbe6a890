"""Who moves from one school to another, as far as a provider is concerned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.people import ROLES, completed_on, school_of, school_periods_of, trainings_in
from sandbox.editions.register.actions.roster import TEACHERS_SORTED_BY
from sandbox.editions.register.presented import Mover, Transfer
from sandbox.editions.register.rules.transfers import Move
from sandbox.model import LeadProvider, Teacher, TrainingPeriod, TransferSide
from sandbox.rules.reading import Page, in_order
from sandbox.store.protocol import Reader


def movers(reader: Reader, call: Call, since: datetime | None, sort: str | None, page: Page) -> Sequence[Mover]:
    """One page of people with transfers that the provider sees, of whom one of its own sides changed since a time."""
    theirs = reader.find(TrainingPeriod, lead_provider_id=call.provider.id)
    teachers = {id: reader.get(Teacher, id) for id in dict.fromkeys(training.teacher_id for training in theirs)}
    found = []
    for teacher in teachers.values():
        seen = _moves(reader, call, teacher) if teacher is not None else []
        if teacher is not None and seen and _has_changed(call, seen, since):
            found.append((teacher, seen))
    keys = {name: lambda pair, key=key: key(pair[0]) for name, key in TEACHERS_SORTED_BY.items()}
    ordered = in_order(found, sort, keys)
    return [_mover(reader, call, teacher, seen) for teacher, seen in call.rules.listing.page_of(ordered, page)]


def mover(reader: Reader, call: Call, id: str) -> Mover | None:
    """One person with the transfers that the provider sees, if there are any."""
    teacher = reader.get(Teacher, id)
    seen = _moves(reader, call, teacher) if teacher is not None else []
    return _mover(reader, call, teacher, seen) if teacher is not None and seen else None


def _moves(reader: Reader, call: Call, teacher: Teacher) -> list[Move]:
    rules = call.rules.transfers
    if all(period.ends_on is None for period in school_periods_of(reader, teacher.id)):
        return []  # most people: they are where they began
    has_finished = completed_on(reader, call, teacher, "ect") is not None
    found: list[Move] = []
    for role in ROLES:
        periods = school_periods_of(reader, teacher.id, role)
        trainings = {period.id: trainings_in(reader, period) for period in periods}
        found += rules.moves(periods, trainings, has_finished=has_finished)
    seen = (move for move in found if rules.sees_move(call.provider.id, move))
    return sorted(seen, key=lambda move: move.left.starts_on)


def _has_changed(call: Call, seen: Iterable[Move], since: datetime | None) -> bool:
    """True when a training of the provider's own, at either side of a move, changed since a time (updated.transfer)."""
    own = [each for move in seen for each in move.boundaries if each.lead_provider_id == call.provider.id]
    return call.rules.listing.changed_since(call.rules.transfers.moved_at(own), since)


def _mover(reader: Reader, call: Call, teacher: Teacher, seen: Sequence[Move]) -> Mover:
    transfers = [_transfer(reader, call, teacher, move) for move in seen]
    return Mover(teacher=teacher, transfers=transfers, updated_at=max(each.updated_at for each in transfers))


def _transfer(reader: Reader, call: Call, teacher: Teacher, move: Move) -> Transfer:
    rules = call.rules.transfers
    assert move.left.ends_on is not None
    return Transfer(
        training_record_id=teacher.as_role(move.left.role).record_id,
        type=rules.transfer_type(move),
        status=rules.transfer_status(move, call.today),
        created_at=move.left.created_at,
        updated_at=rules.moved_at(move.boundaries),
        leaving=_side(reader, move.left, move.left.ends_on),
        joining=_side(reader, move.joined, move.joined.starts_on) if move.joined else None,
    )


def _side(reader: Reader, training: TrainingPeriod, day: date) -> TransferSide:
    provider = reader.get(LeadProvider, training.lead_provider_id) if training.lead_provider_id else None
    return TransferSide(
        school_urn=school_of(reader, training.school_id).urn,
        provider_name=provider.name if provider else None,
        date=day,
    )
