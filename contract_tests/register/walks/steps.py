"""The acts of a walk: each told so that it can be done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from contract_tests.register.walks import backstage_acts, provider_acts
from contract_tests.register.walks.world import World
from contract_tests.walking.walk import Step as AnyStep

ACTS: Final[Mapping[str, Callable[..., None]]] = {**provider_acts.ACTS, **backstage_acts.ACTS}


@dataclass(frozen=True)
class Step(AnyStep[World]):
    """An act on Register."""

    def take(self, world: World) -> None:
        """Do it at its time, which may lie in the past. Raises ContractBroken, Impossible."""
        world.wait_until(self.at)
        ACTS[self.act](world, **self.about)
        world.catch_up(at_night=self.act in backstage_acts.ACTS)
