"""The operations of declarations, which the versions share but for what they filter by and show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.actions import declarations, ledger
from sandbox.actions.ledger import DeclarationFilter
from sandbox.edge.asked import Json, Read, Write, not_found
from sandbox.edge.csv import as_csv
from sandbox.edge.query import Query
from sandbox.model import Declaration, DeclarationShown
from sandbox.rules.requests import DeclarationRequest


@dataclass(frozen=True, slots=True)
class DeclarationHandlers:
    """`/participant-declarations` as one version has it: `wanted` reads its filter, `view` shows a declaration."""

    wanted: Callable[[Query], DeclarationFilter]
    view: Callable[[DeclarationShown], Json]

    def list(self, asked: Read) -> Json:
        """`GET /participant-declarations`."""
        found = ledger.declarations(asked.records, asked.call, self.wanted(asked.query), asked.query.page)
        return {"data": [self.view(declaration) for declaration in found]}

    def csv(self, asked: Read) -> bytes:
        """`GET /participant-declarations.csv`: all of them, whatever page is asked for."""
        found = ledger.declarations(asked.records, asked.call, self.wanted(asked.query), page=None)
        return as_csv([self.view(declaration) for declaration in found])

    def get(self, asked: Read) -> Json:
        """`GET /participant-declarations/{id}`."""
        found = ledger.declaration(asked.records, asked.call, asked.id, self.wanted(asked.query))
        return {"data": self.view(found or not_found())}

    def create(self, asked: Write) -> Json:
        """`POST /participant-declarations`."""
        return self._one(asked, declarations.record(asked.records, asked.call, DeclarationRequest.of(asked.attributes)))

    def void(self, asked: Write) -> Json:
        """`PUT /participant-declarations/{id}/void`."""
        return self._one(asked, declarations.void(asked.records, asked.call, asked.id))

    def _one(self, asked: Write, declaration: Declaration) -> Json:
        return {"data": self.view(ledger.shown(asked.records, declaration))}
