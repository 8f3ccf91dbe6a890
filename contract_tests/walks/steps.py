"""The acts of a walk: each told so that it can be done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from contract_tests.walks import backstage_acts, provider_acts
from contract_tests.walks.world import World

ACTS: Final[Mapping[str, Callable[..., None]]] = {**provider_acts.ACTS, **backstage_acts.ACTS}


@dataclass(frozen=True)
class Step:
    """Something that is done at a time, told so that it can be done again."""

    act: str
    about: Mapping[str, Any]
    at: datetime

    def take(self, world: World) -> None:
        """Do it. Raises ContractBroken, Impossible."""
        world.wait_until(self.at)
        ACTS[self.act](world, **self.about)

    def __str__(self) -> str:
        told = ", ".join(f"{name} {value}" for name, value in self.about.items() if value is not None)
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.act} ({told})"
