"""The operations of partnerships, which only v3 has."""

from __future__ import annotations

from sandbox.actions import partnerships
from sandbox.edge.provider.request import Json, not_found
from sandbox.editions.ecf.handlers import filters
from sandbox.editions.ecf.handlers.requests import Read, Write
from sandbox.model import Partnership
from sandbox.rules.requests import PartnershipRequest


def list_all(request: Read) -> Json:
    """`GET /partnerships/ecf`."""
    query = request.query
    found = partnerships.listed(request.records, request.call, filters.partnerships(query), query.sort, query.page)
    return {"data": [request.presentation.partnership(partnership) for partnership in found]}


def get(request: Read) -> Json:
    """`GET /partnerships/ecf/{id}`."""
    found = partnerships.seen(request.records, request.call, request.id)
    return {"data": request.presentation.partnership(found or not_found())}


def create(request: Write) -> Json:
    """`POST /partnerships/ecf`."""
    wanted = PartnershipRequest.of(request.attributes, request.call.rules.spelling)
    return _one(request, partnerships.confirm(request.records, request.call, wanted))


def update(request: Write) -> Json:
    """`PUT /partnerships/ecf/{id}`: there has to be one before the body is looked into."""
    partnership = partnerships.to_change(request.records, request.call, request.id)
    wanted = PartnershipRequest.of(request.attributes, request.call.rules.spelling)
    return _one(request, partnerships.change(request.records, request.call, partnership, wanted))


def _one(request: Write, partnership: Partnership) -> Json:
    return {"data": request.presentation.partnership(partnerships.presented(request.records, partnership))}
