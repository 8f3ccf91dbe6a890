"""The seeds, played once for each scenario and behaviour, and what the tests look up in them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from sandbox.editions import ecf
from sandbox.model import (
    Behaviour,
    Declaration,
    LeadProvider,
    Participant,
    Placement,
    Record,
    Schedule,
    School,
    Statement,
    TrainingRecord,
)
from sandbox.rules.status import participant_status
from sandbox.rules.visibility import newest_first
from sandbox.seeding.scenarios import play, scenarios
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import Reader
from sandbox.store.tables import TABLES

BEHAVIOURS: tuple[Behaviour, ...] = ("documented", "deployed")
SCENARIOS = ("main", "first-cohort")
BEGAN_AT = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def _played(scenario: str, behaviour: Behaviour) -> MemoryStore:
    return play(scenario, ecf.EDITION, behaviour, began_at=BEGAN_AT)


def played(scenario: str = "main", behaviour: Behaviour = "documented") -> MemoryStore:
    """A store of one's own; nothing done to it is seen by another test."""
    return _played(scenario, behaviour).fork()


def everything(store: MemoryStore) -> list[Record]:
    """All records there are."""
    return [record for table in TABLES for record in store.read().all(table.kind)]


class People:
    """The people of one scenario, looked up by name."""

    def __init__(self, scenario: str = "main", behaviour: Behaviour = "documented") -> None:
        self.reader: Reader = _played(scenario, behaviour).read()
        self.now = scenarios()[scenario].starts_at
        self._participants = {participant.full_name: participant for participant in self.reader.all(Participant)}

    def __contains__(self, name: str) -> bool:
        return name in self._participants

    def participant(self, name: str) -> Participant:
        return self._participants[name]

    def record(self, name: str, role: str | None = None) -> TrainingRecord:
        records = self.reader.find(TrainingRecord, participant_id=self.participant(name).id)
        (found,) = [record for record in records if role in (None, record.participant_type)]
        return found

    def placements(self, name: str, role: str | None = None) -> list[Placement]:
        """Newest first."""
        return newest_first(self.reader.find(Placement, training_record_id=self.record(name, role).id))

    def placement(self, name: str, role: str | None = None) -> Placement:
        return self.placements(name, role)[0]

    def status(self, name: str) -> str:
        return participant_status(self.placement(name), self.now)

    def schedule(self, name: str, role: str | None = None) -> str:
        schedule = self.reader.get(Schedule, self.placement(name, role).schedule_id)
        assert schedule is not None
        return f"{schedule.cohort} {schedule.identifier}"

    def school_urn(self, name: str, role: str | None = None) -> str:
        school = self.reader.get(School, self.placement(name, role).school_id)
        assert school is not None
        return school.urn

    def providers(self, name: str) -> list[str]:
        """The first word of the provider of each placement, newest first; nobody for none."""
        return [self.provider(placement.lead_provider_id) for placement in self.placements(name)]

    def provider(self, id: str | None) -> str:
        provider = self.reader.get(LeadProvider, id) if id else None
        return provider.name.split()[0] if provider else "nobody"

    def declarations(self, name: str) -> list[Declaration]:
        return list(self.reader.find(Declaration, participant_id=self.participant(name).id))

    def states(self, name: str) -> dict[str, str]:
        """The state of the newest declaration of each type."""
        return {declaration.declaration_type: declaration.state for declaration in self.declarations(name)}

    def month(self, statement_id: str | None) -> str:
        statement = self.reader.get(Statement, statement_id) if statement_id else None
        return f"{statement.cohort} {statement.year}-{statement.month:02}" if statement else "none"
