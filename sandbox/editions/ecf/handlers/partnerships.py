"""The operations of partnerships, which only v3 has."""

from __future__ import annotations

from sandbox.actions import partnerships
from sandbox.edge import filters
from sandbox.edge.asked import Json, Read, Write, not_found
from sandbox.model import Partnership
from sandbox.rules.requests import PartnershipRequest
from sandbox.views import v3 as view


def list_all(asked: Read) -> Json:
    """`GET /partnerships/ecf`."""
    query = asked.query
    found = partnerships.listed(asked.records, asked.call, filters.partnerships(query), query.sort, query.page)
    return {"data": [view.partnership(partnership) for partnership in found]}


def get(asked: Read) -> Json:
    """`GET /partnerships/ecf/{id}`."""
    found = partnerships.seen(asked.records, asked.call, asked.id)
    return {"data": view.partnership(found or not_found())}


def create(asked: Write) -> Json:
    """`POST /partnerships/ecf`."""
    request = PartnershipRequest.of(asked.attributes)
    return _one(asked, partnerships.confirm(asked.records, asked.call, request))


def update(asked: Write) -> Json:
    """`PUT /partnerships/ecf/{id}`: there has to be one before the body is looked into."""
    partnership = partnerships.to_change(asked.records, asked.call, asked.id)
    request = PartnershipRequest.of(asked.attributes)
    return _one(asked, partnerships.change(asked.records, asked.call, partnership, request))


def _one(asked: Write, partnership: Partnership) -> Json:
    return {"data": view.partnership(partnerships.shown(asked.records, partnership))}
