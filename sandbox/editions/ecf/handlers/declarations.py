"""The operations of declarations, which the versions share but for what they filter by and show."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from sandbox.actions import declarations, ledger
from sandbox.actions.ledger import DeclarationFilter, Entry
from sandbox.edge.provider.cached_json import cached_json, many, one
from sandbox.edge.provider.query import Query
from sandbox.edge.provider.request import Json, not_found
from sandbox.editions.ecf.handlers.requests import Read, Write
from sandbox.editions.ecf.presentation import EcfPresentation
from sandbox.model import Declaration, PresentedDeclaration
from sandbox.rules.requests import DeclarationRequest


class DeclarationHandlers(msgspec.Struct, frozen=True):
    """`/participant-declarations` as one version has it: `filter` reads what is asked for, `view` is that of a
    presentation which shows a declaration.

    `leavers` says whether it shows what others declared about people who leave.
    """

    version: str
    filter: Callable[[Query], DeclarationFilter]
    view: Callable[[EcfPresentation], Callable[[PresentedDeclaration], Json]]
    leavers: bool = False

    def list(self, request: Read) -> bytes:
        """`GET /participant-declarations`."""
        found = request.ledger(leavers=self.leavers).list(self.filter(request.query), request.query.page)
        return many([self._as_json(request, entry) for entry in found])

    def csv(self, request: Read) -> bytes:
        """`GET /participant-declarations.csv`: all of them, whatever page is asked for."""
        found = request.ledger(leavers=self.leavers).list(self.filter(request.query), page=None)
        return request.presentation.csv([self._resource(request, entry.declaration) for entry in found])

    def get(self, request: Read) -> bytes:
        """`GET /participant-declarations/{id}`."""
        found = request.ledger(leavers=self.leavers).one(request.id, self.filter(request.query))
        return one(self._as_json(request, found or not_found()))

    def create(self, request: Write) -> Json:
        """`POST /participant-declarations`."""
        wanted = DeclarationRequest.of(request.attributes, request.call.rules.spelling)
        return self._one(request, declarations.record(request.records, request.call, wanted))

    def void(self, request: Write) -> Json:
        """`PUT /participant-declarations/{id}/void`."""
        return self._one(request, declarations.void(request.records, request.call, request.id))

    def _one(self, request: Write, declaration: Declaration) -> Json:
        return {"data": self._resource(request, declaration)}

    def _as_json(self, request: Read, entry: Entry) -> bytes:
        """Says nothing of the day it is asked for."""
        return cached_json(entry.cached, self.version, None, lambda: self._resource(request, entry.declaration))

    def _resource(self, request: Read | Write, declaration: Declaration) -> Json:
        return self.view(request.presentation)(ledger.presented(request.records, declaration))
