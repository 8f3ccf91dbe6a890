"""How a world answers apart from what its records say: what goes wrong on the way, or is done wrongly, on purpose."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from sandbox.model.record import Record

FaultKind = Literal["latency", "429", "500", "503", "drop", "truncate"]


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that goes wrong: for the next so many requests, or for a share of them that dice decide.

    `operation` is that of one version, "v3.create_declaration", of each, "create_declaration", or None for all of
    them. With `after` a request is carried out before it goes wrong. `struck` counts how often it did, and `drawn` how
    often its dice were thrown.
    """

    id: str
    kind: FaultKind
    operation: str | None = None
    milliseconds: int = 0
    requests: int | None = 1
    share: float | None = None
    seed: int = 0
    after: bool = False
    struck: int = 0
    drawn: int = 0


class Conduct(Record, frozen=True, kw_only=True):
    """The only record of its kind, with the id "conduct". A world without one has nothing of the kind.

    `faults` are those still to come, in the order they were asked for.
    """

    rate_limit: bool = False
    defects: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


CONDUCT: Final = "conduct"
ORDINARY: Final = Conduct(id=CONDUCT)
