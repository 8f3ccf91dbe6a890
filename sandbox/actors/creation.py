"""Where worlds come from: scenarios, each played once and copied since, or files that hold a whole world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

import msgspec

from sandbox.actors.script import play
from sandbox.model import (
    ApiToken,
    Behaviour,
    Cohort,
    Declaration,
    DeliveryPartner,
    IdChange,
    LeadProvider,
    Participant,
    Partnership,
    Placement,
    ProviderRelationship,
    Record,
    Schedule,
    School,
    Statement,
    TrainingRecord,
    World,
)
from sandbox.store.protocol import Reader, Store, StoreProblem
from sandbox.store.store import TinyStore

# Which field of which record names a record of another kind.
REFERENCES: Final[dict[type[Record], dict[str, type[Record]]]] = {
    ApiToken: {"lead_provider_id": LeadProvider},
    ProviderRelationship: {"lead_provider_id": LeadProvider, "delivery_partner_id": DeliveryPartner},
    Schedule: {"cohort": Cohort},
    Statement: {"lead_provider_id": LeadProvider, "cohort": Cohort},
    Partnership: {
        "school_id": School,
        "cohort": Cohort,
        "lead_provider_id": LeadProvider,
        "delivery_partner_id": DeliveryPartner,
    },
    IdChange: {"to_participant_id": Participant},
    TrainingRecord: {"participant_id": Participant},
    Placement: {
        "training_record_id": TrainingRecord,
        "participant_id": Participant,
        "school_id": School,
        "partnership_id": Partnership,
        "lead_provider_id": LeadProvider,
        "schedule_id": Schedule,
        "mentor_id": Participant,
    },
    Declaration: {
        "participant_id": Participant,
        "training_record_id": TrainingRecord,
        "lead_provider_id": LeadProvider,
        "delivery_partner_id": DeliveryPartner,
        "mentor_id": Participant,
        "cohort": Cohort,
        "statement_id": Statement,
        "clawback_statement_id": Statement,
    },
}


class Creation:
    """Makes the records that worlds begin with, kept in memory."""

    def __init__(self) -> None:
        self._played: dict[tuple[str, Behaviour], TinyStore] = {}

    def fresh(self, scenario: str, behaviour: Behaviour, began_at: datetime) -> TinyStore:
        """A scenario as it is when the world's clock starts, which is now. Raises SeedProblem."""
        if (scenario, behaviour) not in self._played:
            self._played[scenario, behaviour] = play(scenario, behaviour, began_at=began_at)
        store = self._played[scenario, behaviour].fork()
        _set_going(store, began_at, lambda world: world.starts_at)
        return store

    def from_file(self, content: bytes, began_at: datetime) -> TinyStore:
        """The world that `exported` wrote to a file, at the time it had then. Raises StoreProblem."""
        store = TinyStore.loaded(content)
        if store.read().get(World, "world") is None:
            raise StoreProblem("This file does not say which scenario its world began with: it was not exported here.")
        for problem in dangling(store.read()):
            raise StoreProblem(problem)
        _set_going(store, began_at, lambda world: world.starts_at)
        return store


def exported(store: Store, now: datetime) -> bytes:
    """A whole world as a file, which a scenario can be begun with: at the time it has now. TinyDB can open it."""
    copy = store.fork()
    _set_going(copy, now, lambda _: now)
    return copy.dumped()


def dangling(reader: Reader) -> Iterator[str]:
    """What is wrong with records that name others which are not there."""
    for kind, fields in REFERENCES.items():
        for record in reader.all(kind):
            for field, other in fields.items():
                id: Any = attrgetter(field)(record)
                if id is not None and reader.get(other, id) is None:
                    yield f"{kind.__name__} {record.id} names the {field} {id}, which is not in the file."


def _set_going(store: Store, began_at: datetime, starts_at: Callable[[World], datetime]) -> None:
    """Have the world's clock begin to run, or to stand, at a time of its own when the wall clock shows this."""
    with store.write() as unit:
        world = unit.get(World, "world")
        assert world is not None
        unit.put(msgspec.structs.replace(world, starts_at=starts_at(world), began_at=began_at))
