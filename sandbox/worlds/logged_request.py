"""One request of the API, as the world it came to remembers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from starlette.types import Scope

from sandbox.edge.body import NOTHING, Body
from sandbox.model import LeadProvider
from sandbox.rules.rule import Breach, Refused

if TYPE_CHECKING:
    from sandbox.edge.door import Door

VISIT: Final = "sandbox.visit"
_HEADERS: Final = "sandbox.headers"
REMEMBERED: Final = 16 << 10  # bytes of a body


@dataclass(slots=True, kw_only=True)
class Visit:
    """A request and what came of it, filled in as it passes through: `at` is the world's time.

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
    body: Body = NOTHING
    status: int | None = None
    breaches: Sequence[Breach] = ()
    fault: str | None = None

    def remember(self, body: Body) -> None:
        """Keep what was sent, unless it is so much that a thousand of it would fill the memory."""
        if len(body.raw) <= REMEMBERED:
            self.body = body

    @property
    def sent(self) -> Mapping[str, Any]:
        """The attributes that were sent; none when the body was no proper request."""
        try:
            return self.body.attributes
        except Refused:
            return {}


def visit_of(scope: Scope) -> Visit:
    """The visit that a request is."""
    visit: Visit = scope[VISIT]
    return visit


def headers_of(scope: Scope) -> Mapping[str, str]:
    """The headers of a request by their names, in small letters; of two with one name the first counts."""
    headers: dict[str, str] | None = scope.get(_HEADERS)
    if headers is None:
        sent = reversed(scope["headers"])
        headers = scope[_HEADERS] = {name.decode("latin-1"): value.decode("latin-1") for name, value in sent}
    return headers
