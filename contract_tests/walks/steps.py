"""The acts of a walk: each told so that it can be done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from contract_tests.walking.walk import Step as AnyStep
from contract_tests.walks import backstage_acts, provider_acts
from contract_tests.walks.world import World

ACTS: Final[Mapping[str, Callable[..., None]]] = {**provider_acts.ACTS, **backstage_acts.ACTS}


@dataclass(frozen=True)
class Step(AnyStep[World]):
    """An act on ECF."""

    def take(self, world: World) -> None:
        """Do it once it is time. Raises ContractBroken, Impossible."""
        world.wait_until(self.at)
        ACTS[self.act](world, **self.about)
