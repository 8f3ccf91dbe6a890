"""One request of the API, as the world it came to remembers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from starlette.types import Scope

from sandbox.model import LeadProvider
from sandbox.rules.rule import Breach

if TYPE_CHECKING:
    from sandbox.edge.door import Door

VISIT = "sandbox.visit"


@dataclass(slots=True, kw_only=True)
class Visit:
    """A request and what came of it, filled in as it passes through: `at` is the world's time, `sent` its attributes.

    `breaches` are the rules it broke, with the facts that they saw. `fault` is the kind of the fault that struck it.
    """

    id: str
    door: Door
    method: str
    path: str
    query_string: bytes
    provider: LeadProvider | None = None
    operation: str | None = None
    at: datetime | None = None
    sent: Mapping[str, Any] = field(default_factory=dict)
    status: int | None = None
    breaches: Sequence[Breach] = ()
    fault: str | None = None


def visit_of(scope: Scope) -> Visit:
    """The visit that a request is."""
    visit: Visit = scope[VISIT]
    return visit
