"""The DfE finds that two participants are one person."""

from __future__ import annotations

from sandbox.actions.call import Moment
from sandbox.actors import merging
from sandbox.editions.ecf.book import BOOKS
from sandbox.model import Participant
from sandbox.worlds.world import new_id
from tests.api import World


def retire(world: World, retired_id: str, remaining_id: str) -> None:
    """Retire one id in favour of another, at the world's time."""
    with world.writing() as unit:
        retired, remaining = unit.get(Participant, retired_id), unit.get(Participant, remaining_id)
        assert retired is not None
        assert remaining is not None
        merging.retire_id(unit, moment(world), retired, remaining)


def moment(world: World) -> Moment:
    """Now, for what schools and the DfE do."""
    return Moment(now=world.clock(), rules=BOOKS[world.behaviour], new_id=new_id)
