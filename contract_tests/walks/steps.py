"""The acts of a walk: each told so that it can be done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contract_tests.model.shown import time
from contract_tests.walking.walk import Step as AnyStep
from contract_tests.walks import backstage_acts, provider_acts
from contract_tests.walks.world import World

ACTS: Final[Mapping[str, Callable[..., None]]] = {**provider_acts.ACTS, **backstage_acts.ACTS}


@dataclass(frozen=True)
class Step(AnyStep[World]):
    """An act on ECF; of a provider's, the time that its request says it is, if it says one."""

    as_of: datetime | None = None

    def take(self, world: World) -> None:
        """Do it once it is time. Raises ContractBroken, Impossible."""
        world.wait_until(self.at)
        with world.as_of(self.as_of or world.register.now):
            ACTS[self.act](world, **self.about)

    def __str__(self) -> str:
        then = f" as of {time(self.as_of)}" if self.as_of else ""
        return f"{super().__str__()}{then}"
