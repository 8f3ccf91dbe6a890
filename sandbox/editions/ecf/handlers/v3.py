"""v3: what answers its operations. Each name here is an operationId of `openapi/ecf/v3.yaml`."""

from __future__ import annotations

from operator import attrgetter as _attrgetter

from sandbox.actions import delivery_partners, schools, statements, transfers, unfunded_mentors
from sandbox.actions.enrolments import newest_of_each, person_of, person_seen
from sandbox.actions.roster import Trainee
from sandbox.edge.provider.cached_json import cached_json, many, one
from sandbox.edge.provider.request import Json, not_found
from sandbox.editions.ecf.handlers import filters, partnerships
from sandbox.editions.ecf.handlers.declarations import DeclarationHandlers
from sandbox.editions.ecf.handlers.requests import Read, Write
from sandbox.editions.ecf.handlers.training import TrainingHandlers
from sandbox.model import TrainingRecord


def list_participants(request: Read) -> bytes:
    """`GET /participants/ecf`."""
    query = request.query
    found = request.roster.people(filters.participants(query), query.sort, query.page)
    return many([_as_json(request, trainee) for trainee in found])


def get_participant(request: Read) -> bytes:
    """`GET /participants/ecf/{id}`."""
    found = request.roster.one(request.id, filters.participants(request.query))
    return one(_as_json(request, found or not_found()))


def _as_json(request: Read, trainee: Trainee) -> bytes:
    # Statuses go by the moment: one before the last act, on the same day, may say otherwise.
    status_of = request.call.rules.visibility.participant_status
    statuses = tuple(status_of(placement, request.call.now) for placement in newest_of_each(trainee.placements))
    return cached_json(trainee.cached, "v3", statuses, lambda: _participant(request, trainee))


def _participant(request: Read, trainee: Trainee) -> Json:
    person = person_of(request.records, request.call, trainee.participant.id, trainee.placements)
    return request.presentation.person(person)


def _acted_on(request: Write, record: TrainingRecord) -> Json:
    """The whole person, with the training that was acted on among their enrolments."""
    person = person_seen(request.records, request.call, record.participant_id)
    return {"data": request.presentation.person(person)}


_training = TrainingHandlers(_acted_on)
defer_participant = _training.defer
resume_participant = _training.resume
withdraw_participant = _training.withdraw
change_participant_schedule = _training.change_schedule

_declarations = DeclarationHandlers("v3", filters.declarations, _attrgetter("declaration_v3"), leavers=True)
list_declarations = _declarations.list
get_declaration = _declarations.get
create_declaration = _declarations.create
void_declaration = _declarations.void


def list_transfers(request: Read) -> Json:
    """`GET /participants/ecf/transfers`."""
    query = request.query
    found = transfers.movers(request.records, request.call, query.time("updated_since"), query.page)
    return {"data": [request.presentation.transfers(mover) for mover in found]}


def get_transfers(request: Read) -> Json:
    """`GET /participants/ecf/{id}/transfers`."""
    found = transfers.mover(request.records, request.call, request.id, request.query.time("updated_since"))
    return {"data": request.presentation.transfers(found or not_found())}


def list_statements(request: Read) -> Json:
    """`GET /statements`."""
    query = request.query
    found = statements.statements(request.records, request.call, filters.statements(query), query.page)
    return {"data": [request.presentation.statement(statement) for statement in found]}


def get_statement(request: Read) -> Json:
    """`GET /statements/{id}`."""
    found = statements.statement(request.records, request.call, request.id, filters.statements(request.query))
    return {"data": request.presentation.statement(found or not_found())}


def list_schools(request: Read) -> Json:
    """`GET /schools/ecf`."""
    query = request.query
    found = schools.schools(request.records, request.call, filters.schools(query), query.sort, query.page)
    return {"data": [request.presentation.school(school) for school in found]}


def get_school(request: Read) -> Json:
    """`GET /schools/ecf/{id}`."""
    found = schools.school(request.records, request.call, request.id, filters.schools(request.query))
    return {"data": request.presentation.school(found or not_found())}


def list_delivery_partners(request: Read) -> Json:
    """`GET /delivery-partners`."""
    query = request.query
    found = delivery_partners.delivery_partners(
        request.records, request.call, filters.cohorts(query), query.sort, query.page
    )
    return {"data": [request.presentation.delivery_partner(partner) for partner in found]}


def get_delivery_partner(request: Read) -> Json:
    """`GET /delivery-partners/{id}`."""
    found = delivery_partners.delivery_partner(request.records, request.call, request.id)
    return {"data": request.presentation.delivery_partner(found or not_found())}


def list_unfunded_mentors(request: Read) -> Json:
    """`GET /unfunded-mentors/ecf`."""
    query = request.query
    found = unfunded_mentors.mentors(request.records, request.call, query.time("updated_since"), query.sort, query.page)
    return {"data": [request.presentation.unfunded_mentor(mentor) for mentor in found]}


def get_unfunded_mentor(request: Read) -> Json:
    """`GET /unfunded-mentors/ecf/{id}`."""
    since = request.query.time("updated_since")
    found = unfunded_mentors.mentor(request.records, request.call, request.id, since)
    return {"data": request.presentation.unfunded_mentor(found or not_found())}


list_partnerships = partnerships.list_all
get_partnership = partnerships.get
create_partnership = partnerships.create
update_partnership = partnerships.update
