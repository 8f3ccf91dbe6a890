"""What a test needs done by schools and the DfE."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from sandbox.actions.call import Moment
from sandbox.actors import dfe, school
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import (
    Declaration,
    LeadProvider,
    Participant,
    ParticipantType,
    Partnership,
    Placement,
    Record,
    School,
    Statement,
    TrainingRecord,
    ValidationStatus,
)
from sandbox.worlds.world import new_id

from .api import World


class Backstage:
    """Schools and the DfE in one world. What they do happens at the world's time, unless said."""

    def __init__(self, world: World) -> None:
        self.world = world

    def person(
        self,
        participant_type: ParticipantType = "ect",
        cohort: str = "2024",
        provider: str = "northgate",
        validated: ValidationStatus = "eligible_to_start",
        place: School | None = None,
        **registration: Any,
    ) -> str:
        """The id of somebody new, registered and validated at a school that trains with a provider, unless said."""
        details = {"full_name": "Ada Hart", "email": "ada.hart@example.com", "trn": "7000001"} | registration
        with self.world.writing() as unit:
            wanted = school.Registration(participant_type=participant_type, cohort=cohort, **details)
            record = school.register(unit, self._moment(), place or self.school(provider, cohort), wanted)
            dfe.validate(unit, self._moment(), record, validated)
        return record.participant_id

    def school(self, provider: str = "northgate", cohort: str = "2024", number: int = 0) -> School:
        """A school that trains with a provider in a cohort."""
        partnerships = self.partnerships(provider, cohort)
        found = self.world.store.read().get(School, partnerships[number].school_id)
        assert found is not None
        return found

    def partnerships(self, provider: str, cohort: str) -> list[Partnership]:
        """A provider's unchallenged partnerships of a cohort with schools that have no other there."""
        reader = self.world.store.read()
        return [
            partnership
            for partnership in reader.find(Partnership, lead_provider_id=self.provider(provider).id)
            if partnership.cohort == cohort
            and not partnership.relationship
            and len(reader.find(Partnership, school_id=partnership.school_id, cohort=cohort)) == 1
            and partnership.challenged_at is None
        ]

    def provider(self, name: str) -> LeadProvider:
        (found,) = [p for p in self.world.store.read().all(LeadProvider) if p.name.lower().startswith(name)]
        return found

    def training_record(self, participant_id: str, participant_type: ParticipantType = "ect") -> TrainingRecord:
        records = self.world.store.read().find(TrainingRecord, participant_id=participant_id)
        (found,) = [record for record in records if record.participant_type == participant_type]
        return found

    def placement(self, participant_id: str) -> Placement:
        """The newest of a participant's placements."""
        return self.world.store.read().find(Placement, participant_id=participant_id)[-1]

    def participant(self, id: str) -> Participant:
        found = self.world.store.read().get(Participant, id)
        assert found is not None
        return found

    def declaration(self, id: str) -> Declaration:
        found = self.world.store.read().get(Declaration, id)
        assert found is not None
        return found

    def statement(self, id: str | None) -> Statement:
        found = self.world.store.read().get(Statement, id or "")
        assert found is not None
        return found

    def change(self, record: Record, **changes: Any) -> None:
        """Put a record that differs."""
        with self.world.writing() as unit:
            unit.put(msgspec.structs.replace(record, **changes))

    def put_on_schedule(self, participant_id: str, schedule_id: str) -> None:
        """Put somebody's newest placement, and the training it is of, on a schedule."""
        placement = self.placement(participant_id)
        with self.world.writing() as unit:
            record = unit.get(TrainingRecord, placement.training_record_id)
            assert record is not None
            unit.put(msgspec.structs.replace(placement, schedule_id=schedule_id))
            unit.put(msgspec.structs.replace(record, schedule_id=schedule_id))

    def validate(
        self, participant_id: str, status: ValidationStatus, participant_type: ParticipantType = "ect"
    ) -> None:
        with self.world.writing() as unit:
            dfe.validate(unit, self._moment(), self.training_record(participant_id, participant_type), status)

    def leave(self, participant_id: str, on: date) -> None:
        with self.world.writing() as unit:
            school.report_leaving(unit, self._moment(), self.placement(participant_id), on)

    def withdraw_from_school(self, participant_id: str, placement: Placement | None = None) -> None:
        """Of somebody's newest placement, unless said."""
        with self.world.writing() as unit:
            school.withdraw(unit, self._moment(), placement or self.placement(participant_id))

    def rename(self, participant_id: str, **details: str) -> None:
        """Another name, or another address."""
        with self.world.writing() as unit:
            person = unit.get(Participant, participant_id)
            assert person is not None
            school.change_details(unit, self._moment(), person, **details)

    def transfer(self, participant_id: str, to: School, on: date) -> None:
        """They leave their school the day before they join another."""
        with self.world.writing() as unit:
            leaving = school.report_leaving(unit, self._moment(), self.placement(participant_id), on)
            school.transfer_in(unit, self._moment(), leaving, to, on)

    def challenge(self, partnership: Partnership, reason: str = "mistake") -> None:
        with self.world.writing() as unit:
            school.challenge(unit, self._moment(), partnership, reason)

    def assign_mentor(self, participant_id: str, mentor_id: str | None) -> None:
        with self.world.writing() as unit:
            school.assign_mentor(unit, self._moment(), self.placement(participant_id), mentor_id)

    def choose_programme(self, place: School, cohort: str, programme: str = "provider_led") -> None:
        with self.world.writing() as unit:
            school.choose_programme(unit, self._moment(), place, cohort, programme)

    def make_payable(self, statement: Statement, at: datetime | None = None) -> None:
        with self.world.writing() as unit:
            dfe.mark_payable(unit, self._moment(at), statement)

    def pay(self, statement: Statement, at: datetime | None = None) -> None:
        with self.world.writing() as unit:
            dfe.mark_paid(unit, self._moment(at), statement)

    def _moment(self, at: datetime | None = None) -> Moment:
        return Moment(now=at or self.world.clock(), rules=BOOKS[self.world.behaviour], new_id=new_id)
