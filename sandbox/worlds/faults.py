"""What goes wrong next in a world that was asked for faults. Each has dice of its own, and no other chance is used."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

import msgspec
from msgspec.structs import replace

from sandbox.model import Fault, FaultKind

LATENCY: Final = "latency"
DROP: Final = "drop"
TRUNCATE: Final = "truncate"
MOST: Final = 100  # faults of one world


class Strike(msgspec.Struct, frozen=True, kw_only=True):
    """What one request meets: how long it waits before it is carried out and after, and how its answer goes wrong."""

    before: float = 0.0  # seconds
    after: float = 0.0
    spoiling: Fault | None = None

    @property
    def kind(self) -> FaultKind:
        """What went wrong, in a word: waiting counts only when nothing else does."""
        return self.spoiling.kind if self.spoiling else LATENCY

    @property
    def is_carried_out(self) -> bool:
        """True when the request does what it asks for in spite of it."""
        return self.spoiling is None or self.spoiling.after


def met(faults: Sequence[Fault], operation: str) -> tuple[Strike | None, tuple[Fault, ...]]:
    """What the next request, of this operation, meets, if anything, and the faults that are to come after it.

    Waits add up; of what else goes wrong it meets the first only.
    """
    struck: list[Fault] = []
    left: list[Fault] = []
    for fault in faults:
        is_second = fault.kind != LATENCY and any(each.kind != LATENCY for each in struck)
        if is_second or fault.operation not in (None, operation, operation.partition(".")[2]):
            left.append(fault)
            continue
        strikes, after = _thrown(fault)
        if strikes:
            struck.append(fault)
        if after.requests != 0:
            left.append(after)
    if not struck:
        return None, tuple(left)
    strike = Strike(
        before=sum(fault.milliseconds for fault in struck if not fault.after) / 1000,
        after=sum(fault.milliseconds for fault in struck if fault.after) / 1000,
        spoiling=next((fault for fault in struck if fault.kind != LATENCY), None),
    )
    return strike, tuple(left)


def _thrown(fault: Fault) -> tuple[bool, Fault]:
    """Whether it strikes the next request that it is about, and what it is then."""
    if fault.share is not None:
        thrown = Random(f"{fault.seed} {fault.drawn}").random()
        fault = replace(fault, drawn=fault.drawn + 1)
        if thrown >= fault.share:  # type: ignore[operator]  # which is as it was
            return False, fault
    requests = None if fault.requests is None else fault.requests - 1
    return True, replace(fault, requests=requests, struck=fault.struck + 1)
