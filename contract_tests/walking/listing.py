"""A list as it is known, and what is answered to who asks for it: whole, in pages, and one record or none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.lists import paged
from contract_tests.walking.comparing import Comparison
from contract_tests.walking.rows import Order, Row

MOVES: Final = "/transfers"
COHORT: Final = "filter[cohort]"


@dataclass(frozen=True)
class Listing:
    """What `api` is asked, and the rows that there are, in order. Each of its questions raises ContractBroken."""

    api: Api
    path: str
    query: Mapping[str, str]
    rows: list[Row]
    order: Order
    comparison: Comparison
    ties_are_open: bool = False

    def whole(self) -> None:
        """All of it in one page."""
        reply = self.api.get(self.path, **self.query, **{"page[per_page]": "3000"})
        self._has_status(200, "the list", reply.status, reply.exchange, self.query)
        self._compare(reply.data, reply.exchange)

    def pages(self) -> None:
        """Three pages, and a fourth with nothing."""
        size, received = max(2, (len(self.rows) + 2) // 3), list[Any]()
        for number in range(1, 5):
            reply = self.api.get(self.path, **self.query, **paged(number, size))
            received += reply.data
            wanted = len(self.rows[(number - 1) * size : number * size])
            if len(reply.data) != wanted:
                raise ContractBroken("read.page", f"{wanted} on page {number}", str(len(reply.data)), reply.exchange)
        self._compare(received, reply.exchange)

    def one(self, pick: int, first: Callable[[Row], Any] = lambda _: ()) -> None:
        """One of its records by itself. Of rows with one id that is shown which comes `first` by what this says."""
        if not self.rows:
            return
        id = self.rows[pick % len(self.rows)].id
        reply = self.api.get(self._single(id), **self._needed())
        self._has_status(200, id, reply.status, reply.exchange, {})
        shown = min((row for row in self.rows if row.id == id), key=first)
        self.comparison.compare(self.path, shown.attributes, reply.attributes, reply.exchange)

    def alone(self, id: str, first: Callable[[Row], Any] = lambda _: ()) -> None:
        """One record by itself, asked for as the list is: of rows with its id the `first`; not found without any."""
        reply = self.api.get(self._single(id), **self.query)
        shown = min((row for row in self.rows if row.id == id), key=first, default=None)
        self._has_status(404 if shown is None else 200, id, reply.status, reply.exchange, self.query)
        if shown is not None:
            self.comparison.compare(self.path, shown.attributes, reply.attributes, reply.exchange)

    def nothing(self, pick: int, ids: Sequence[str]) -> None:
        """Of these ids one that it does not have: it is not found by itself either."""
        listed = {row.id for row in self.rows}
        hidden = [id for id in ids if id not in listed]
        if not hidden:
            return
        id = hidden[pick % len(hidden)]
        reply = self.api.get(self._single(id), **self._needed())
        self._has_status(404, id, reply.status, reply.exchange, {})

    def _single(self, id: str) -> str:
        if self.path.endswith(MOVES):
            return f"{self.path.removesuffix(MOVES)}/{id}{MOVES}"
        return f"{self.path}/{id}"

    def _needed(self) -> dict[str, str]:
        """Without a cohort there is no school."""
        return {COHORT: self.query[COHORT]} if self.path.startswith("/schools") else {}

    def _has_status(self, wanted: int, of: str, came: int, exchange: Exchange, query: Mapping[str, str]) -> None:
        if came != wanted:
            rule = self.comparison.of_rows(self.path, dict(query))
            raise ContractBroken(rule, f"{wanted} for {of}", str(came), exchange)

    def _compare(self, received: list[Any], exchange: Exchange) -> None:
        query, open_ties = dict(self.query), self.ties_are_open
        self.comparison.compare_rows(
            self.path, query, self.rows, self.order, received, exchange, ties_are_open=open_ties
        )


def sent(value: Any) -> str:
    """A value of a query, as it is sent."""
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else str(value)


def apart(others: Iterable[Row], urn: str | None, since: datetime | None) -> list[Row]:
    """Of schools that nobody acts on, which stay as they were, those that are asked for."""
    return [row for row in others if urn in (None, row.keys["urn"]) and (since is None or row.changed >= since)]
