"""What a handler is given: the request as read by its document, and the records to answer it from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from sandbox.actions.call import Call
from sandbox.actions.ledger import Ledger
from sandbox.actions.provider_indexes import Registers
from sandbox.actions.roster import Roster
from sandbox.edge.body import Body
from sandbox.edge.query import Query
from sandbox.rules.rule import Breach, Refused
from sandbox.store.protocol import Reader, Unit

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """A request that changes nothing. `id` is the one in the path, or empty.

    A world that does things wrongly keeps no registers: what is wrong with them would be kept too.
    """

    call: Call
    records: Reader
    id: str
    query: Query
    registers: Registers | None

    @property
    def roster(self) -> Roster:
        """Everyone that the provider sees in training."""
        return self.registers.roster(self.call) if self.registers else Roster.of(self.records, self.call)

    def ledger(self, *, leavers: bool) -> Ledger:
        """Every declaration that the provider sees. `leavers`: as v3 does those about people who leave."""
        if self.registers:
            return self.registers.ledger(self.call, leavers=leavers)
        return Ledger.of(self.records, self.call, leavers=leavers)


@dataclass(frozen=True, slots=True)
class Write:
    """A request that may change something, inside a unit of work."""

    call: Call
    records: Unit
    id: str
    body: Body

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Those of its body, which is looked into only now. Raises Refused when it is no proper request."""
        return self.body.attributes


Handler = Callable[[Any], Json | bytes]


def not_found() -> NoReturn:
    """Answer that there is no such record (path.unknown)."""
    raise Refused(Breach("path.unknown"))
