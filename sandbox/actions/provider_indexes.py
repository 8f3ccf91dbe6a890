"""The rosters and ledgers of one world, kept from one request to the next."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any, Final

from sandbox.actions.call import Call
from sandbox.actions.ledger import Ledger
from sandbox.actions.ordered_index import OrderedIndex
from sandbox.actions.roster import Roster
from sandbox.model import (
    Declaration,
    IdChange,
    LeadProvider,
    Participant,
    Partnership,
    Placement,
    Record,
    Schedule,
    School,
    TrainingRecord,
)
from sandbox.store.protocol import Key, Reader, Store

OF_SOMEBODY: Final = frozenset({Declaration, IdChange, Participant, Partnership, Placement, School, TrainingRecord})
OF_ANYBODY: Final = frozenset({LeadProvider, Schedule})


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
        if kind in OF_ANYBODY:
            return None
        if kind in OF_SOMEBODY:
            record = reader.get(kind, id)
            if record is None:
                return None
            concerned.update(_shown_of(reader, record))
    return concerned


def _shown_of(reader: Reader, record: Record) -> Iterable[str]:
    match record:
        case Participant():
            return (record.id,)
        case TrainingRecord() | Placement() | Declaration():
            return (record.participant_id,)
        case IdChange():
            return (record.to_participant_id,)
        case Partnership():
            return [placement.participant_id for placement in reader.find(Placement, partnership_id=record.id)]
        case School():
            return [placement.participant_id for placement in reader.find(Placement, school_id=record.id)]
    return ()
