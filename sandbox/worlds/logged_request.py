"""A request, as the world it came to remembers it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.model import LeadProvider
from sandbox.readiness.request import query_of
from sandbox.rules.rule import Breach, Refused

ATTRIBUTE = "data[attributes][{}]"


def _nothing() -> Mapping[str, Any]:
    return {}


@dataclass(slots=True, kw_only=True)
class LoggedRequest:
    """A request and what came of it, filled in as it passes through: `at` is the world's time.

    `world` is the id of the one it is about, `operation` has no version in it, `waited` is for how many seconds it
    waited for what keeps the records. `breaches` are the rules it broke, with the facts that they saw, `hint` what is
    likely wrong. `fault` is the kind of fault it met. `read_body` reads the attributes that were sent, and raises
    Refused when there was no proper body. `received_at` is the machine's time, `records` how many records it was
    shown, `known` what its operation reads: parameters by their names, and attributes.
    """

    id: str
    world: str
    method: str
    path: str
    query_string: bytes
    received_at: datetime
    content_type: str = ""
    accept: str = ""
    server_date: str | None = None
    provider: LeadProvider | None = None
    operation: str | None = None
    at: datetime | None = None
    read_body: Callable[[], Mapping[str, Any]] = _nothing
    known: Collection[str] | None = None
    status: int | None = None
    records: int | None = None
    breaches: Sequence[Breach] = ()
    hint: str | None = None
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

    @property
    def rules(self) -> Sequence[str]:
        """The ids of the rules that it broke."""
        return [breach.rule_id for breach in self.breaches]

    @property
    def ignored(self) -> Sequence[str]:
        """What it sent that nothing reads: parameters and attributes, by the names under which they were sent."""
        if self.known is None:
            return []
        return list(dict.fromkeys(name for name in self.names() if name not in self.known))

    def names(self) -> Iterator[str]:
        """All that it sent, by the names under which it was: parameters and attributes."""
        if self.query_string:
            yield from query_of(self.query_string)
        if self.method != "GET":
            yield from (ATTRIBUTE.format(name) for name in self.sent)
