"""A small place to try actors in: the calendar, organisations and schools of the seed data, and nobody in training.

Ashdown and Barley Lane are partnered with Northgate for 2023, Anchor Street with Harbour; Hilltop View with nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import Any, TypeVar

from sandbox.actions import declarations, partnerships
from sandbox.actions.call import Call, Moment
from sandbox.actors import dfe, school
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import (
    Behaviour,
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
from sandbox.rules.requests import DeclarationRequest, PartnershipRequest
from sandbox.seeding.files import SEEDS, read
from sandbox.seeding.ids import school_id
from sandbox.seeding.records import seed_records
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import Unit

NORTHGATE = "bda716a5-711c-4248-89dd-54fd4ffffa9d"
HARBOUR = "5bdaa13c-bbbd-4b7e-8da5-681e7ae42b49"
TIDEWAY = "af9d0057-760e-4807-b2be-d8ae7906acef"
ASHDOWN, BARLEY_LANE, ANCHOR_STREET, HILLTOP_VIEW = "900101", "900102", "900201", "900405"

R = TypeVar("R", bound=Record)

_NUMBERS = count(1)


def at(text: str, behaviour: Behaviour = "documented") -> Moment:
    """A moment on a day, or at a time of one."""
    when = datetime.fromisoformat(text)
    return Moment(now=when.replace(tzinfo=UTC), rules=BOOKS[behaviour], new_id=lambda: f"new-{next(_NUMBERS)}")


SUMMER = at("2023-07-03T10:00:00")
AUTUMN = at("2023-09-04T09:30:00")


class Town:
    """Finds things in a unit of work, and has people registered and declared in it."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit

    def school(self, urn: str) -> School:
        return self._got(School, school_id(urn))

    def provider(self, id: str = NORTHGATE) -> LeadProvider:
        return self._got(LeadProvider, id)

    def participant(self, id: str) -> Participant:
        return self._got(Participant, id)

    def record(self, id: str) -> TrainingRecord:
        return self._got(TrainingRecord, id)

    def declaration(self, id: str) -> Declaration:
        return self._got(Declaration, id)

    def statement(self, id: str | None) -> Statement:
        return self._got(Statement, id or "")

    def placements(self, record: TrainingRecord) -> list[Placement]:
        return list(self.unit.find(Placement, training_record_id=record.id))

    def placement(self, record: TrainingRecord) -> Placement:
        return self.placements(record)[-1]

    def partnership(self, urn: str, cohort: str = "2023") -> Partnership:
        found = partnerships.live_partnership(self.unit, school_id(urn), cohort)
        assert found is not None
        return found

    def register(
        self,
        participant_type: ParticipantType = "ect",
        urn: str = ASHDOWN,
        moment: Moment = AUTUMN,
        validated: ValidationStatus | None = "eligible_to_start",
        **others: Any,
    ) -> TrainingRecord:
        details = {"full_name": "Ada Hart", "email": "ada.hart@example.com", "cohort": "2023"} | others
        wanted = school.Registration(participant_type=participant_type, **details)
        record = school.register(self.unit, moment, self.school(urn), wanted)
        return dfe.validate(self.unit, moment, record, validated) if validated else record

    def declare(
        self, record: TrainingRecord, type: str, dated: str, provider: str = NORTHGATE, moment: Moment | None = None
    ) -> Declaration:
        """Declare on the evening of the day, unless at another moment."""
        call = self.call(moment or at(f"{dated}T18:00:00"), provider)
        request = DeclarationRequest(
            participant_id=record.participant_id,
            declaration_type=type,
            declaration_date=f"{dated}T09:00:00Z",
            course_identifier=record.course_identifier,
            evidence_held=None if type == "started" else "other",
        )
        return declarations.record(self.unit, call, request)

    def agree(self, urn: str, provider: str) -> Partnership:
        """A provider confirms a partnership for 2023."""
        call = self.call(SUMMER, provider)
        request = PartnershipRequest(cohort="2023", school_id=school_id(urn), delivery_partner_id=TIDEWAY)
        return partnerships.confirm(self.unit, call, request)

    def call(self, moment: Moment, provider: str) -> Call:
        return Call(now=moment.now, rules=moment.rules, new_id=moment.new_id, provider=self.provider(provider))

    def _got(self, kind: type[R], id: str) -> R:
        found = self.unit.get(kind, id)
        assert found is not None
        return found


@contextmanager
def town() -> Iterator[Town]:
    """A town of one's own, open for one unit of work."""
    with _founded().fork().write() as unit:
        yield Town(unit)


@cache
def _founded() -> MemoryStore:
    store = MemoryStore()
    with store.write() as unit:
        records: Iterator[Record] = seed_records(read(SEEDS))
        for record in records:
            unit.put(record)
        there = Town(unit)
        for urn, provider in ((ASHDOWN, NORTHGATE), (BARLEY_LANE, NORTHGATE), (ANCHOR_STREET, HARBOUR)):
            there.agree(urn, provider)
    return store


def day(text: str) -> date:
    return date.fromisoformat(text)
