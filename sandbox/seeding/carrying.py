"""A world carried over from one edition into another, with an account of what was carried and what was not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from typing import Any, Final

import msgspec

from sandbox.actors.impossible import Impossible
from sandbox.edition import CarriedOver, Edition, Remark
from sandbox.model import (
    ContractPeriod,
    Declaration,
    DeliveryPartner,
    IdChange,
    InductionPeriod,
    LeadProvider,
    Mentorship,
    Partnership,
    ProviderRelationship,
    Record,
    Schedule,
    School,
    SchoolPeriod,
    Statement,
    Teacher,
    TrainingPeriod,
    World,
)
from sandbox.seeding.creation import dangling
from sandbox.seeding.inspection import problems
from sandbox.store.engine import MemoryStore
from sandbox.store.protocol import Reader, Store, StoreProblem

COUNTED: Final[dict[str, type[Record]]] = {
    "contract_periods": ContractPeriod,
    "schedules": Schedule,
    "lead_providers": LeadProvider,
    "delivery_partners": DeliveryPartner,
    "delivery_links": ProviderRelationship,
    "schools": School,
    "partnerships": Partnership,
    "statements": Statement,
    "participants": Teacher,
    "school_periods": SchoolPeriod,
    "training_periods": TrainingPeriod,
    "mentorships": Mentorship,
    "induction_periods": InductionPeriod,
    "id_changes": IdChange,
    "declarations": Declaration,
}


class Migration(msgspec.Struct, frozen=True, kw_only=True):
    """A world of another edition, and what came of each kind of record on the way."""

    store: MemoryStore
    carried: dict[str, int]
    declaration_states: dict[str, int]
    remarks: CarriedOver

    def told(self) -> dict[str, Any]:
        """The account of it, as JSON has it."""
        return {
            "carried": self.carried,
            "declaration_states": self.declaration_states,
            "left_out": grouped(self.remarks.left_out),
            "altered": grouped(self.remarks.altered),
        }


def migrated(source: Store, edition: Edition, began_at: datetime) -> Migration:
    """What a world with ECF's records is in an edition with records of its own; its clock stands where that one's does.

    Raises Impossible when it has other records, or the edition takes in none; StoreProblem when what came of it could
    not be served.
    """
    reader = source.read()
    world = reader.get(World, "world")
    if world is None:
        raise StoreProblem("This file does not say which scenario its world began with: it was not exported here.")
    if edition.own is None or edition.own.carry_over is None:
        raise Impossible(f"nothing is carried over into {edition.name}: migrate from ecf to register")
    if world.edition == edition.name or reader.count(Teacher):
        raise Impossible(f"the world is of {world.edition} already: only worlds of ecf are carried over")
    now, behaviour = world.time(began_at), next(iter(edition.rules))
    store = MemoryStore()
    with store.write() as unit:
        unit.put(
            msgspec.structs.replace(world, edition=edition.name, behaviour=behaviour, starts_at=now, began_at=began_at)
        )
        remarks = edition.own.carry_over(reader, unit, edition.rules[behaviour], now)
    for problem in chain(problems(store.read()), dangling(store.read())):
        raise StoreProblem(problem)
    return Migration(
        store=store,
        carried={name: store.read().count(kind) for name, kind in COUNTED.items()},
        declaration_states=_states(store.read()),
        remarks=remarks,
    )


def grouped(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """Remarks by what they are about and why: each with how many there are, and their ids."""
    ids: dict[tuple[str, str], list[str]] = {}
    for remark in remarks:
        ids.setdefault((remark.kind, remark.reason), []).append(remark.id)
    return [{"what": kind, "reason": reason, "count": len(of), "ids": of} for (kind, reason), of in ids.items()]


def _states(reader: Reader) -> dict[str, int]:
    return dict(Counter(declaration.state for declaration in reader.all(Declaration)))
