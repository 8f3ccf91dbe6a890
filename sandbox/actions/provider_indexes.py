"""The rosters and ledgers of one world, kept from one request to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sandbox.actions.call import Call
from sandbox.actions.kept_indexes import Concerned, KeptIndexes, anybody, nobody
from sandbox.actions.ledger import Ledger
from sandbox.actions.roster import Roster
from sandbox.model import (
    ApiToken,
    Cohort,
    Conduct,
    ContractPeriod,
    Declaration,
    DeliveryPartner,
    IdChange,
    InductionPeriod,
    LeadProvider,
    Mentorship,
    Participant,
    Partnership,
    Placement,
    ProviderRelationship,
    Record,
    Schedule,
    School,
    SchoolCohort,
    SchoolFunding,
    SchoolPeriod,
    Statement,
    Teacher,
    TrainingPeriod,
    TrainingRecord,
    World,
)
from sandbox.store.protocol import Reader, Store

REGISTERS: Final[tuple[type[Record], ...]] = (
    ContractPeriod,
    InductionPeriod,
    Mentorship,
    SchoolCohort,
    SchoolFunding,
    SchoolPeriod,
    Teacher,
    TrainingPeriod,
)
"""What only another edition keeps."""


def _whose(_reader: Reader, record: TrainingRecord | Placement | Declaration) -> Iterable[str]:
    return (record.participant_id,)


def _placed_through(reader: Reader, partnership: Partnership) -> Iterable[str]:
    return (placement.participant_id for placement in reader.find(Placement, partnership_id=partnership.id))


def _placed_at(reader: Reader, school: School) -> Iterable[str]:
    return (placement.participant_id for placement in reader.find(Placement, school_id=school.id))


CONCERNED: Final[dict[type[Record], Concerned]] = {
    Participant: lambda _reader, participant: (participant.id,),
    IdChange: lambda _reader, change: (change.to_participant_id,),
    TrainingRecord: _whose,
    Placement: _whose,
    Declaration: _whose,
    Partnership: _placed_through,
    School: _placed_at,
    LeadProvider: anybody,
    Schedule: anybody,
    ApiToken: nobody,
    Cohort: nobody,
    Conduct: nobody,
    DeliveryPartner: nobody,
    ProviderRelationship: nobody,
    Statement: nobody,
    World: nobody,
    **dict.fromkeys(REGISTERS, nobody),
}
"""Every kind of record: a test names one that is left out, as lists would then be stale in silence."""


class ProviderIndexes(KeptIndexes):
    """Each provider's roster and ledger."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, CONCERNED)

    def roster(self, call: Call) -> Roster:
        """Everyone that the provider sees in training now."""
        whose = "roster", call.provider.id, call.rules
        return self.kept(whose, lambda reader: Roster.of(reader, call), lambda roster: roster.trainees)

    def ledger(self, call: Call, *, leavers: bool) -> Ledger:
        """Every declaration that the provider sees now."""
        whose = "ledger", call.provider.id, call.rules, leavers
        return self.kept(whose, lambda reader: Ledger.of(reader, call, leavers=leavers), lambda ledger: ledger.entries)
