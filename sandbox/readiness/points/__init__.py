"""The points, in the order in which they are told: first the DfE's own seven, then what its pages ask beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sandbox.readiness.finding import Point
from sandbox.readiness.points.bearing import Failures, Rate
from sandbox.readiness.points.pages import Pages
from sandbox.readiness.points.refusals import Corrections, Errors
from sandbox.readiness.points.register import NewFields, SeveralPartnerships
from sandbox.readiness.points.said import KEYS, ORDER, SIMULATIONS, SINGLE_STEPS, VALUES, Recorded
from sandbox.readiness.points.spelling import Ignored, Paths, Tokens
from sandbox.readiness.points.syncing import FullSync, PartialSync
from sandbox.readiness.points.using import DeclarationTypes, Filters, Operations, Processes

POINTS: Final[tuple[Callable[[], Point], ...]] = (
    Processes,
    Errors,
    FullSync,
    PartialSync,
    SeveralPartnerships,
    NewFields,
    KEYS,
    Tokens,
    Recorded,
    Operations,
    Corrections,
    Failures,
    Rate,
    Pages,
    Filters,
    DeclarationTypes,
    Ignored,
    Paths,
    SINGLE_STEPS,
    VALUES,
    ORDER,
    SIMULATIONS,
)
