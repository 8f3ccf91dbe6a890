"""The rosters and ledgers of one world, kept from one request to the next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Final

from sandbox.actions.call import Call
from sandbox.actions.ledger import Ledger
from sandbox.actions.ordered_index import OrderedIndex
from sandbox.actions.roster import Roster
from sandbox.model import (
    ApiToken,
    Cohort,
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
from sandbox.store.protocol import Key, Reader, Store

Concerned = Callable[[Reader, Any], Iterable[str] | None]
"""Of whom something that is shown changes with a record: their ids, or None when it may be anybody."""


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


def _nobody(_reader: Reader, _record: Record) -> Iterable[str]:
    return ()


def _anybody(_reader: Reader, _record: Record) -> None:
    return None


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
    LeadProvider: _anybody,
    Schedule: _anybody,
    ApiToken: _nobody,
    Cohort: _nobody,
    DeliveryPartner: _nobody,
    ProviderRelationship: _nobody,
    Statement: _nobody,
    World: _nobody,
    **dict.fromkeys(REGISTERS, _nobody),
}
"""Every kind of record: a test names one that is left out, as lists would then be stale in silence."""


class ProviderIndexes:
    """Each provider's roster and ledger: made when first asked for, then brought up to date by what has changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._revision = store.revision
        self._rosters: dict[Hashable, Roster] = {}
        self._ledgers: dict[Hashable, Ledger] = {}

    def roster(self, call: Call) -> Roster:
        """Everyone that the provider sees in training now."""
        self._catch_up()
        whose = call.provider.id, call.rules
        if whose not in self._rosters:
            self._rosters[whose] = roster = Roster.of(self._store.read(), call)
            roster.trainees.fill()
        return self._rosters[whose]

    def ledger(self, call: Call, *, leavers: bool) -> Ledger:
        """Every declaration that the provider sees now."""
        self._catch_up()
        whose = call.provider.id, call.rules, leavers
        if whose not in self._ledgers:
            self._ledgers[whose] = ledger = Ledger.of(self._store.read(), call, leavers=leavers)
            ledger.entries.fill()
        return self._ledgers[whose]

    def _catch_up(self) -> None:
        if self._revision == self._store.revision:
            return
        changed = self._store.changed_since(self._revision)
        concerned = None if changed is None else whom_it_concerns(self._store.read(), changed)
        self._revision = self._store.revision
        if concerned is None:
            self._rosters.clear()
            self._ledgers.clear()
            return
        registers: list[OrderedIndex[Any]] = [roster.trainees for roster in self._rosters.values()]
        registers += [ledger.entries for ledger in self._ledgers.values()]
        for register in registers:
            register.look_again(concerned)


def whom_it_concerns(reader: Reader, changed: Iterable[Key]) -> set[str] | None:
    """The participants of whom something that is shown may have changed; None when it may be anybody.

    When one of their records is gone, ids were merged: whose the others were until then is not known any more.
    """
    concerned: set[str] = set()
    for kind, id in changed:
        about = CONCERNED[kind]
        if about is _nobody:
            continue
        record = reader.get(kind, id)
        of_them = None if record is None else about(reader, record)
        if of_them is None:
            return None
        concerned.update(of_them)
    return concerned
