"""What goes wrong next in a world that was asked for faults. Each has dice of its own, and no other chance is used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Final, Literal

Kind = Literal["latency", "429", "500", "503", "drop", "truncate"]

LATENCY: Final = "latency"
DROP: Final = "drop"
TRUNCATE: Final = "truncate"
MOST: Final = 100  # faults of one world


@dataclass(slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong: for the next so many requests, or for a share of them that dice decide.

    `operation` is that of one version, "v3.create_declaration", of each, "create_declaration", or None for all of
    them. With `after` a request is carried out before it goes wrong. `struck` counts how often it did.
    """

    id: str
    kind: Kind
    operation: str | None = None
    milliseconds: int = 0
    requests: int | None = 1
    share: float | None = None
    seed: int = 0
    after: bool = False
    struck: int = 0
    _dice: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._dice = Random(self.seed)

    @property
    def is_over(self) -> bool:
        """True once it has struck as often as it was to."""
        return self.requests == 0

    def strikes(self, operation: str) -> bool:
        """True when the next request, of this operation, meets it."""
        if self.operation not in (None, operation, operation.partition(".")[2]) or self.is_over:
            return False
        if self.share is not None and self._dice.random() >= self.share:
            return False
        if self.requests is not None:
            self.requests -= 1
        self.struck += 1
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """What one request meets: how long it waits before it is carried out and after, and how its answer goes wrong."""

    before: float = 0.0  # seconds
    after: float = 0.0
    spoiling: Fault | None = None

    @property
    def kind(self) -> Kind:
        """What went wrong, in a word: waiting counts only when nothing else does."""
        return self.spoiling.kind if self.spoiling else LATENCY

    @property
    def is_carried_out(self) -> bool:
        """True when the request does what it asks for in spite of it."""
        return self.spoiling is None or self.spoiling.after


class Faults:
    """The faults of one world that are still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._faults: dict[str, Fault] = {}

    def __len__(self) -> int:
        return len(self._faults)

    def __iter__(self) -> Iterator[Fault]:
        """Each of them."""
        return iter(list(self._faults.values()))

    def add(self, fault: Fault) -> None:
        """Have one more thing go wrong."""
        self._faults[fault.id] = fault

    def remove(self, id: str) -> None:
        """Have one go wrong no more. Raises KeyError."""
        del self._faults[id]

    def clear(self) -> None:
        """Have nothing go wrong any more."""
        self._faults.clear()

    def strike(self, operation: str) -> Strike | None:
        """What the next request meets, if anything. Waits add up; of what else goes wrong it meets the first only."""
        struck: list[Fault] = []
        for fault in self:
            is_second = fault.kind != LATENCY and any(met.kind != LATENCY for met in struck)
            if not is_second and fault.strikes(operation):
                struck.append(fault)
            if fault.is_over:
                self.remove(fault.id)
        if not struck:
            return None
        return Strike(
            before=sum(fault.milliseconds for fault in struck if not fault.after) / 1000,
            after=sum(fault.milliseconds for fault in struck if fault.after) / 1000,
            spoiling=next((fault for fault in struck if fault.kind != LATENCY), None),
        )
