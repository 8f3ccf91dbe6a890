"""Where worlds come from: scenarios, each played once and copied since, or files that hold a whole world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from sandbox import resources
from sandbox.cache import user_cache
from sandbox.edition import Edition
from sandbox.model import (
    CONDUCT,
    ApiToken,
    Behaviour,
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
    SchoolPeriod,
    Statement,
    Teacher,
    TrainingPeriod,
    TrainingRecord,
    World,
)
from sandbox.seeding.files import SEEDS, SeedProblem
from sandbox.seeding.inspection import problems
from sandbox.seeding.scenarios import play, scenarios
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
    TrainingRecord: {"participant_id": Participant, "schedule_id": Schedule},
    Placement: {
        "training_record_id": TrainingRecord,
        "participant_id": Participant,
        "school_id": School,
        "partnership_id": Partnership,
        "lead_provider_id": LeadProvider,
        "schedule_id": Schedule,
        "mentor_id": Participant,
    },
    SchoolCohort: {"school_id": School, "cohort": ContractPeriod},
    SchoolPeriod: {"teacher_id": Teacher, "school_id": School},
    TrainingPeriod: {
        "school_period_id": SchoolPeriod,
        "teacher_id": Teacher,
        "school_id": School,
        "cohort": ContractPeriod,
        "partnership_id": Partnership,
        "lead_provider_id": LeadProvider,
        "interest_id": LeadProvider,
        "schedule_id": Schedule,
    },
    Mentorship: {
        "ect_period_id": SchoolPeriod,
        "ect_id": Teacher,
        "mentor_period_id": SchoolPeriod,
        "mentor_id": Teacher,
    },
    InductionPeriod: {"teacher_id": Teacher},
    Declaration: {
        "participant_id": Participant,
        "training_record_id": TrainingRecord,
        "training_period_id": TrainingPeriod,
        "lead_provider_id": LeadProvider,
        "delivery_partner_id": DeliveryPartner,
        "mentor_id": Participant,
        "cohort": Cohort,
        "statement_id": Statement,
        "clawback_statement_id": Statement,
    },
}

OTHERWISE: Final[dict[type[Record], type[Record]]] = {Participant: Teacher, Cohort: ContractPeriod}
"""What else an id may name that is named as one of these, where an edition has records of its own."""

KEEPING_RETIRED_IDS: Final = {(IdChange, "to_participant_id"), (Declaration, "mentor_id")}


class Creation:
    """Makes the records that worlds of these editions begin with, kept in memory."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self.editions = {edition.name: edition for edition in editions}
        self._played: dict[tuple[str, str, Behaviour], MemoryStore] = {}

    def fresh(
        self, scenario: str, behaviour: Behaviour | None, began_at: datetime, *, edition: str | None = None
    ) -> MemoryStore:
        """A scenario as it is when the world's clock starts, which is now. It may be a file that `exported` wrote.

        Without an edition it is the scenario's; without a behaviour the file's, or else `documented` where the edition
        has that. Raises SeedProblem.
        """
        if is_file(scenario):
            try:
                return self.from_file(_content(Path(scenario)), began_at, scenario=scenario, behaviour=behaviour)
            except StoreProblem as problem:
                raise SeedProblem(f"The scenario {scenario} cannot be begun with. {problem}") from problem
        goes_by = self._edition(edition or _edition_of(scenario))
        self._check_it_plays(goes_by, scenario)
        first: Behaviour = next(iter(goes_by.rules))
        if behaviour not in (None, *goes_by.rules):
            known = " and ".join(goes_by.rules)
            raise SeedProblem(f"{goes_by.name} has no behaviour {behaviour!r}. It has {known}.")
        played = scenario, goes_by.name, behaviour or first
        if played not in self._played:
            self._played[played] = _played(scenario, goes_by, behaviour or first, began_at)
        return again(self._played[played], began_at)

    def from_file(
        self, content: bytes, began_at: datetime, *, scenario: str | None = None, behaviour: Behaviour | None = None
    ) -> MemoryStore:
        """The world that `exported` wrote to a file, at the time it had then. Nothing goes wrong in it on purpose.

        Raises StoreProblem.
        """
        store = MemoryStore.loaded(content)
        world = store.read().get(World, "world")
        if world is None:
            raise StoreProblem("This file does not say which scenario its world began with: it was not exported here.")
        if world.edition not in self.editions:
            raise StoreProblem(f"This file is of the edition {world.edition}. There are: {', '.join(self.editions)}.")
        for problem in chain(problems(store.read()), dangling(store.read())):
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
            unit.delete(Conduct, CONDUCT)
        return store

    def plays(self, edition: Edition, scenario: str) -> bool:
        """True for a scenario of this edition, or of another one whose records are the same. Raises SeedProblem."""
        written_for = self._edition(_edition_of(scenario))
        return written_for is edition or (written_for.own is None and edition.own is None)

    def _check_it_plays(self, edition: Edition, scenario: str) -> None:
        if not self.plays(edition, scenario):
            theirs = [name for name in scenarios() if self.plays(edition, name)]
            raise SeedProblem(f"The scenario {scenario!r} is not of {edition.name}. Of it are: {', '.join(theirs)}.")

    def _edition(self, name: str) -> Edition:
        if name not in self.editions:
            raise SeedProblem(f"There is no edition {name!r}. There are: {', '.join(self.editions)}.")
        return self.editions[name]


def _edition_of(scenario: str) -> str:
    """Which edition's a scenario is. Raises SeedProblem."""
    known = scenarios()
    if scenario not in known:
        raise SeedProblem(f"There is no scenario {scenario!r}. There are: {', '.join(known)}.")
    return known[scenario].edition


def _played(scenario: str, edition: Edition, behaviour: Behaviour, began_at: datetime) -> MemoryStore:
    """A scenario played to the end, or as it was when it was played before, if it would be played no other way now."""
    made_from = [*SEEDS.rglob("*.yaml"), *(resources.BESIDE / "sandbox").rglob("*.py")]
    content = user_cache().get(
        f"{scenario}-{edition.name}-{behaviour}.json",
        made_from,
        lambda: play(scenario, edition, behaviour, began_at=began_at).dumped(),
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
                if id is not None and not _is_there(reader, other, id) and not _is_retired(reader, kind, field, id):
                    yield f"{kind.__name__} {record.id} names the {field} {id}, which is not in the file."


def _is_there(reader: Reader, kind: type[Record], id: str) -> bool:
    """True for the id of a record of this kind, or of what another edition has in its place."""
    if reader.get(kind, id) is not None:
        return True
    if kind is TrainingRecord:  # a person's there is a part of them
        return any(id in (teacher.ect.record_id, teacher.mentor.record_id) for teacher in reader.all(Teacher))
    return kind in OTHERWISE and reader.get(OTHERWISE[kind], id) is not None


def _is_retired(reader: Reader, kind: type[Record], field: str, id: str) -> bool:
    """True for an id that was somebody's, where a record keeps it as it was then."""
    return (kind, field) in KEEPING_RETIRED_IDS and any(reader.find(IdChange, from_participant_id=id))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SeedProblem(f"The scenario {path} could not be read: {error.strerror}.") from error
