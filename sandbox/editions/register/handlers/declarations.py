"""What answers the operations about declarations."""

from __future__ import annotations

from sandbox.actions.ledger import presented
from sandbox.edge.provider.cached_json import cached_json, many, one
from sandbox.edge.provider.query import Query
from sandbox.edge.provider.request import Json, not_found
from sandbox.editions.register.actions import declarations
from sandbox.editions.register.actions.ledger import DeclarationFilter, Entry, Ledger
from sandbox.editions.register.handlers.requests import Read, Write, wanted
from sandbox.model import Declaration
from sandbox.rules.requests import DeclarationRequest


def list_declarations(request: Read) -> bytes:
    """`GET /participant-declarations`."""
    found = _ledger(request).list(_filter(request.query), request.query.page)
    return many([_as_json(request, entry) for entry in found])


def get_declaration(request: Read) -> bytes:
    """`GET /participant-declarations/{id}`."""
    return one(_as_json(request, _ledger(request).one(request.id) or not_found()))


def create_declaration(request: Write) -> Json:
    """`POST /participant-declarations`."""
    asked = wanted(request, DeclarationRequest)
    date_sent, under_way = request.attributes.get("declaration_date"), request.under_way
    made = declarations.record(request.records, request.call, asked, date_sent, beside=under_way.beside())
    under_way.made.add(made.id)
    return _shown(request, made)


def void_declaration(request: Write) -> Json:
    """`PUT /participant-declarations/{id}/void`, whatever its body."""
    return _shown(request, declarations.void(request.records, request.call, request.id))


def _ledger(request: Read) -> Ledger:
    """Every declaration that the provider sees."""
    if request.indexes is not None:
        found: Ledger = request.indexes.ledger(request.call)
        return found
    return Ledger.of(request.records, request.call)


def _filter(query: Query) -> DeclarationFilter:
    return DeclarationFilter(
        participant_ids=query.ids("participant_id"),
        cohorts=query.years("cohort"),
        delivery_partner_ids=query.ids("delivery_partner_id"),
        updated_since=query.time("updated_since"),
    )


def _as_json(request: Read, entry: Entry) -> bytes:
    return cached_json(entry.cached, "v3", None, lambda: _presented(request, entry.declaration))


def _presented(request: Read | Write, declaration: Declaration) -> Json:
    return request.presentation.declaration(presented(request.records, declaration))


def _shown(request: Write, declaration: Declaration) -> Json:
    return {"data": _presented(request, declaration)}
