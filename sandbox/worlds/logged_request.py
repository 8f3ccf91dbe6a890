"""A request, as the world it came to remembers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.model import LeadProvider
from sandbox.rules.rule import Breach, Refused


def _nothing() -> Mapping[str, Any]:
    return {}


@dataclass(slots=True, kw_only=True)
class LoggedRequest:
    """A request and what came of it, filled in as it passes through: `at` is the world's time.

    `world` is the id of the one it is about, `operation` has no version in it, `waited` is for how many seconds it
    waited for what keeps the records. `breaches` are the rules it broke, with the facts that they saw. `fault` is the
    kind of fault it met. `read_body` reads the attributes that were sent, and raises Refused when there was no proper
    body.
    """

    id: str
    world: str
    method: str
    path: str
    query_string: bytes
    provider: LeadProvider | None = None
    operation: str | None = None
    at: datetime | None = None
    read_body: Callable[[], Mapping[str, Any]] = _nothing
    status: int | None = None
    breaches: Sequence[Breach] = ()
    fault: str | None = None
    waited: float = 0.0
    is_remembered: bool = False

    @property
    def sent(self) -> Mapping[str, Any]:
        """The attributes that were sent; none when the body was no proper request."""
        try:
            return self.read_body()
        except Refused:
            return {}
