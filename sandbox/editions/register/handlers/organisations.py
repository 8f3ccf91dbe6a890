"""The operations about partnerships, schools, delivery partners and statements."""

from __future__ import annotations

from sandbox.edge.provider.request import Json, not_found
from sandbox.editions.register.actions import organisations, partnerships, schools
from sandbox.editions.register.actions.organisations import StatementFilter
from sandbox.editions.register.actions.partnerships import PartnershipFilter
from sandbox.editions.register.actions.schools import SchoolFilter
from sandbox.editions.register.handlers.requests import Read, Write, wanted
from sandbox.model import Partnership
from sandbox.rules.requests import PartnershipRequest


def list_partnerships(request: Read) -> Json:
    """`GET /partnerships`."""
    query = request.query
    asked = PartnershipFilter(
        cohorts=query.years("cohort"),
        delivery_partner_ids=query.ids("delivery_partner_id"),
        updated_since=query.time("updated_since"),
    )
    found = partnerships.listed(request.records, request.call, asked, query.sort, query.page)
    return {"data": [request.presentation.partnership(partnership) for partnership in found]}


def get_partnership(request: Read) -> Json:
    """`GET /partnerships/{id}`."""
    found = partnerships.seen(request.records, request.call, request.id)
    return {"data": request.presentation.partnership(found or not_found())}


def create_partnership(request: Write) -> Json:
    """`POST /partnerships`."""
    return _one(request, partnerships.confirm(request.records, request.call, wanted(request, PartnershipRequest)))


def update_partnership(request: Write) -> Json:
    """`PUT /partnerships/{id}`: there has to be one before the body is looked into."""
    partnership = partnerships.to_change(request.records, request.call, request.id)
    asked = wanted(request, PartnershipRequest, "cohort", "school_id")
    return _one(request, partnerships.change(request.records, request.call, partnership, asked))


def _one(request: Write, partnership: Partnership) -> Json:
    shown = partnerships.presented(request.records, request.call, partnership)
    return {"data": request.presentation.partnership(shown)}


def list_schools(request: Read) -> Json:
    """`GET /schools`."""
    query = request.query
    urn = query.text("urn")
    asked = SchoolFilter(
        cohort=query.first_year("cohort"),
        urn=urn.partition(",")[0] if urn else None,
        updated_since=query.time("updated_since"),
    )
    found = schools.schools(request.records, request.call, asked, query.sort, query.page)
    return {"data": [request.presentation.school(school) for school in found]}


def get_school(request: Read) -> Json:
    """`GET /schools/{id}`, as of the cohort that has to be named."""
    found = schools.school(request.records, request.call, request.id, request.query.first_year("cohort"))
    return {"data": request.presentation.school(found or not_found())}


def list_delivery_partners(request: Read) -> Json:
    """`GET /delivery-partners`."""
    query = request.query
    found = organisations.delivery_partners(
        request.records, request.call, query.years("cohort"), query.sort, query.page
    )
    return {"data": [request.presentation.delivery_partner(partner) for partner in found]}


def get_delivery_partner(request: Read) -> Json:
    """`GET /delivery-partners/{id}`."""
    found = organisations.delivery_partner(request.records, request.call, request.id)
    return {"data": request.presentation.delivery_partner(found or not_found())}


def list_statements(request: Read) -> Json:
    """`GET /statements`."""
    query = request.query
    asked = StatementFilter(cohorts=query.years("cohort"), updated_since=query.time("updated_since"))
    found = organisations.statements(request.records, request.call, asked, query.page)
    return {"data": [request.presentation.statement(statement) for statement in found]}


def get_statement(request: Read) -> Json:
    """`GET /statements/{id}`."""
    found = organisations.statement(request.records, request.call, request.id)
    return {"data": request.presentation.statement(found or not_found())}
