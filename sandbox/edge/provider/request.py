"""What a handler is given: the request as read by its document, and the records to answer it from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, NoReturn, TypeVar

import msgspec

from sandbox.actions.call import CallBy
from sandbox.actions.ledger import Ledger
from sandbox.actions.roster import Roster
from sandbox.edge.provider.body import Body
from sandbox.edge.provider.query import Query
from sandbox.rules.book import Book, RuleBook
from sandbox.rules.rule import Breach, Refused
from sandbox.store.protocol import Reader, Unit
from sandbox.worlds.under_way import UnderWay

Json = dict[str, Any]
B = TypeVar("B", bound=Book)
P = TypeVar("P")


class ReadBy(msgspec.Struct, Generic[B, P], frozen=True):
    """A request that changes nothing, in a world that goes by a book of this type.

    `id` is the one in the path, or empty; `presentation` and `indexes` are the edition's.
    """

    call: CallBy[B]
    records: Reader
    presentation: P
    id: str
    query: Query
    indexes: Any


class ReadRequest(ReadBy[RuleBook, P], frozen=True):
    """A request that changes nothing, of an edition with ECF's records."""

    @property
    def roster(self) -> Roster:
        """Everyone that the provider sees in training."""
        found: Roster = self.indexes.roster(self.call) if self.indexes else Roster.of(self.records, self.call)
        return found

    def ledger(self, *, leavers: bool) -> Ledger:
        """Every declaration that the provider sees. `leavers`: as v3 does those about people who leave."""
        if self.indexes:
            found: Ledger = self.indexes.ledger(self.call, leavers=leavers)
            return found
        return Ledger.of(self.records, self.call, leavers=leavers)


class WriteBy(msgspec.Struct, Generic[B, P], frozen=True):
    """A request that may change something, inside a unit of work. `under_way` tells what is made beside it."""

    call: CallBy[B]
    records: Unit
    presentation: P
    id: str
    body: Body
    under_way: UnderWay

    @property
    def attributes(self) -> Mapping[str, Any]:
        """Those of its body, which is looked into only now. Raises Refused when it is no proper request."""
        return self.body.attributes(self.call.rules)


class WriteRequest(WriteBy[RuleBook, P], frozen=True):
    """A request that may change something, of an edition with ECF's records."""


def not_found() -> NoReturn:
    """Answer that there is no such record (path.unknown)."""
    raise Refused(Breach("path.unknown"))
