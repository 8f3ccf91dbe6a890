"""The operations of declarations, which the versions share but for what they filter by and show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.actions import declarations, ledger
from sandbox.actions.ledger import DeclarationFilter, Entry
from sandbox.edge import shown
from sandbox.edge.asked import Json, Read, Write, not_found
from sandbox.edge.csv import as_csv
from sandbox.edge.query import Query
from sandbox.model import Declaration, PresentedDeclaration
from sandbox.rules.requests import DeclarationRequest
from sandbox.store.protocol import Reader


@dataclass(frozen=True, slots=True)
class DeclarationHandlers:
    """`/participant-declarations` as one version has it: `wanted` reads its filter, `view` shows a declaration.

    `leavers` says whether it shows what others declared about people who leave.
    """

    version: str
    wanted: Callable[[Query], DeclarationFilter]
    view: Callable[[PresentedDeclaration], Json]
    leavers: bool = False

    def list(self, asked: Read) -> bytes:
        """`GET /participant-declarations`."""
        found = asked.ledger(leavers=self.leavers).list(self.wanted(asked.query), asked.query.page)
        return shown.many([self._as_json(asked, entry) for entry in found])

    def csv(self, asked: Read) -> bytes:
        """`GET /participant-declarations.csv`: all of them, whatever page is asked for."""
        found = asked.ledger(leavers=self.leavers).list(self.wanted(asked.query), page=None)
        return as_csv([self._resource(asked.records, entry.declaration) for entry in found])

    def get(self, asked: Read) -> bytes:
        """`GET /participant-declarations/{id}`."""
        found = asked.ledger(leavers=self.leavers).one(asked.id, self.wanted(asked.query))
        return shown.one(self._as_json(asked, found or not_found()))

    def create(self, asked: Write) -> Json:
        """`POST /participant-declarations`."""
        return self._one(asked, declarations.record(asked.records, asked.call, DeclarationRequest.of(asked.attributes)))

    def void(self, asked: Write) -> Json:
        """`PUT /participant-declarations/{id}/void`."""
        return self._one(asked, declarations.void(asked.records, asked.call, asked.id))

    def _one(self, asked: Write, declaration: Declaration) -> Json:
        return {"data": self._resource(asked.records, declaration)}

    def _as_json(self, asked: Read, entry: Entry) -> bytes:
        """Says nothing of the day it is asked for."""
        return shown.made_once(
            entry.shown, self.version, None, lambda: self._resource(asked.records, entry.declaration)
        )

    def _resource(self, reader: Reader, declaration: Declaration) -> Json:
        return self.view(ledger.shown(reader, declaration))
