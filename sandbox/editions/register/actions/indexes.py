"""The lists of one world of Register, kept from one request to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sandbox.actions.kept_indexes import Concerned, KeptIndexes, anybody, nobody
from sandbox.actions.provider_indexes import CONCERNED as OF_ECF
from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.ledger import Ledger
from sandbox.editions.register.actions.roster import Roster
from sandbox.model import (
    ContractPeriod,
    Declaration,
    IdChange,
    InductionPeriod,
    LeadProvider,
    Mentorship,
    Partnership,
    Record,
    Schedule,
    SchoolFunding,
    SchoolPeriod,
    Teacher,
    TrainingPeriod,
)
from sandbox.store.protocol import Reader, Store


def _whose(_reader: Reader, record: SchoolPeriod | TrainingPeriod | InductionPeriod) -> Iterable[str]:
    return (record.teacher_id,)


def _trained_through(reader: Reader, partnership: Partnership) -> Iterable[str]:
    return (training.teacher_id for training in reader.find(TrainingPeriod, partnership_id=partnership.id))


CONCERNED: Final[dict[type[Record], Concerned]] = {
    **dict.fromkeys(OF_ECF, nobody),
    Teacher: lambda _reader, teacher: (teacher.id,),
    IdChange: lambda _reader, change: (change.from_participant_id, change.to_participant_id),
    SchoolPeriod: _whose,
    TrainingPeriod: _whose,
    InductionPeriod: _whose,
    Mentorship: lambda _reader, mentorship: (mentorship.ect_id,),
    Declaration: lambda _reader, declaration: (declaration.participant_id,),
    Partnership: _trained_through,
    LeadProvider: anybody,
    Schedule: anybody,
    ContractPeriod: anybody,
    SchoolFunding: anybody,
}
"""Of whom something that is shown changes with each kind of record: a school's URN, alone of it shown, never does."""


class RegisterIndexes(KeptIndexes):
    """Each provider's roster, and its ledger."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, CONCERNED)

    def roster(self, call: Call) -> Roster:
        """Everyone whom the provider trains, or has trained, now."""
        whose = "roster", call.provider.id, call.rules
        return self.kept(whose, lambda reader: Roster.of(reader, call), lambda roster: roster.trainees)

    def ledger(self, call: Call) -> Ledger:
        """Every declaration that the provider sees, now."""
        whose = "ledger", call.provider.id, call.rules
        return self.kept(whose, lambda reader: Ledger.of(reader, call), lambda ledger: ledger.entries)
