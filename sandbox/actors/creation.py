"""Where worlds come from: scenarios, each played once and copied since, or files that hold a whole world."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from openapi.prepared import prepared
from sandbox import resources
from sandbox.actors.script import SEEDS, SeedProblem, play, scenarios
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
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import Reader, Store, StoreProblem

S = TypeVar("S", bound=Store)

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
        self._played: dict[tuple[str, Behaviour], MemoryStore] = {}

    def fresh(self, scenario: str, behaviour: Behaviour | None, began_at: datetime) -> MemoryStore:
        """A scenario as it is when the world's clock starts, which is now. It may be a file that `exported` wrote.

        Without a behaviour it is the file's, or else `documented`. Raises SeedProblem.
        """
        if is_file(scenario):
            try:
                return self.from_file(_content(Path(scenario)), began_at, scenario=scenario, behaviour=behaviour)
            except StoreProblem as problem:
                raise SeedProblem(f"The scenario {scenario} cannot be begun with. {problem}") from problem
        behaviour = behaviour or "documented"
        if (scenario, behaviour) not in self._played:
            self._played[scenario, behaviour] = _played(scenario, behaviour, began_at)
        return again(self._played[scenario, behaviour], began_at)

    def from_file(
        self, content: bytes, began_at: datetime, *, scenario: str | None = None, behaviour: Behaviour | None = None
    ) -> MemoryStore:
        """The world that `exported` wrote to a file, at the time it had then. Raises StoreProblem."""
        store = MemoryStore.loaded(content)
        world = store.read().get(World, "world")
        if world is None:
            raise StoreProblem("This file does not say which scenario its world began with: it was not exported here.")
        for problem in dangling(store.read()):
            raise StoreProblem(problem)
        with store.write() as unit:
            unit.put(
                msgspec.structs.replace(
                    world,
                    began_at=began_at,
                    scenario=scenario or world.scenario,
                    behaviour=behaviour or world.behaviour,
                )
            )
        return store


def _played(scenario: str, behaviour: Behaviour, began_at: datetime) -> MemoryStore:
    """A scenario played to the end, or as it was when it was played before, if it would be played no other way now."""
    if scenario not in scenarios():
        return play(scenario, behaviour, began_at=began_at)
    made_from = [*SEEDS.rglob("*.yaml"), *resources.PACKAGE.rglob("*.py")]
    content = prepared(
        SEEDS, f"{scenario}-{behaviour}.json", made_from, lambda: play(scenario, behaviour, began_at=began_at).dumped()
    )
    return MemoryStore.loaded(content)


def is_file(scenario: str) -> bool:
    """True when what names a scenario is a file that holds one."""
    return scenario.endswith(".json")


def again(origin: S, began_at: datetime) -> S:
    """A copy of what a world began with, whose clock begins to run now."""
    store = origin.fork()
    with store.write() as unit:
        world = unit.get(World, "world")
        assert world is not None
        unit.put(msgspec.structs.replace(world, began_at=began_at))
    return store


def exported(store: Store, now: datetime) -> bytes:
    """A whole world as a file, which a scenario can be begun with: at the time it has now. TinyDB can open it."""
    copy = store.fork()
    with copy.write() as unit:
        world = unit.get(World, "world")
        assert world is not None
        unit.put(msgspec.structs.replace(world, starts_at=now))
    return copy.dumped()


def dangling(reader: Reader) -> Iterator[str]:
    """What is wrong with records that name others which are not there."""
    for kind, fields in REFERENCES.items():
        for record in reader.all(kind):
            for field, other in fields.items():
                id: Any = attrgetter(field)(record)
                if id is not None and reader.get(other, id) is None:
                    yield f"{kind.__name__} {record.id} names the {field} {id}, which is not in the file."


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SeedProblem(f"The scenario {path} could not be read: {error.strerror}.") from error
