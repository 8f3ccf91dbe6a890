"""v3: what answers its operations. Each name here is an operationId of `openapi/ecf/v3.yaml`."""

from __future__ import annotations

from sandbox.actions import accounts, delivery_partners, schools, transfers, unfunded_mentors
from sandbox.actions.enrolments import person_of, person_seen
from sandbox.actions.roster import Trainee
from sandbox.edge import filters, partnerships, shown
from sandbox.edge.asked import Json, Read, Write, not_found
from sandbox.edge.declarations import DeclarationHandlers
from sandbox.edge.training import TrainingHandlers
from sandbox.model import TrainingRecord
from sandbox.views import v3 as view


def list_participants(asked: Read) -> bytes:
    """`GET /participants/ecf`."""
    query = asked.query
    found = asked.roster.people(filters.participants(query), query.sort, query.page)
    return shown.many([_as_json(asked, trainee) for trainee in found])


def get_participant(asked: Read) -> bytes:
    """`GET /participants/ecf/{id}`."""
    found = asked.roster.one(asked.id.lower(), filters.participants(asked.query))
    return shown.one(_as_json(asked, found or not_found()))


def _as_json(asked: Read, trainee: Trainee) -> bytes:
    return shown.made_once(trainee.shown, "v3", asked.call.today, lambda: _participant(asked, trainee))


def _participant(asked: Read, trainee: Trainee) -> Json:
    person = person_of(asked.records, asked.call, trainee.participant.id, trainee.placements)
    return view.participant(person, asked.call.behaviour)


def _acted_on(asked: Write, record: TrainingRecord) -> Json:
    """The whole person, with the training that was acted on among their enrolments."""
    person = person_seen(asked.records, asked.call, record.participant_id)
    return {"data": view.participant(person, asked.call.behaviour)}


_training = TrainingHandlers(_acted_on)
defer_participant = _training.defer
resume_participant = _training.resume
withdraw_participant = _training.withdraw
change_participant_schedule = _training.change_schedule

_declarations = DeclarationHandlers("v3", filters.declarations, view.declaration, leavers=True)
list_declarations = _declarations.list
get_declaration = _declarations.get
create_declaration = _declarations.create
void_declaration = _declarations.void


def list_transfers(asked: Read) -> Json:
    """`GET /participants/ecf/transfers`."""
    query = asked.query
    found = transfers.movers(asked.records, asked.call, query.time("updated_since"), query.page)
    return {"data": [view.transfers(mover) for mover in found]}


def get_transfers(asked: Read) -> Json:
    """`GET /participants/ecf/{id}/transfers`."""
    found = transfers.mover(asked.records, asked.call, asked.id.lower(), asked.query.time("updated_since"))
    return {"data": view.transfers(found or not_found())}


def list_statements(asked: Read) -> Json:
    """`GET /statements`."""
    query = asked.query
    found = accounts.statements(asked.records, asked.call, filters.statements(query), query.page)
    return {"data": [view.statement(statement) for statement in found]}


def get_statement(asked: Read) -> Json:
    """`GET /statements/{id}`."""
    found = accounts.statement(asked.records, asked.call, asked.id.lower(), filters.statements(asked.query))
    return {"data": view.statement(found or not_found())}


def list_schools(asked: Read) -> Json:
    """`GET /schools/ecf`."""
    query = asked.query
    found = schools.schools(asked.records, filters.schools(query), query.sort, query.page)
    return {"data": [view.school(school) for school in found]}


def get_school(asked: Read) -> Json:
    """`GET /schools/ecf/{id}`."""
    found = schools.school(asked.records, asked.id.lower(), filters.schools(asked.query))
    return {"data": view.school(found or not_found())}


def list_delivery_partners(asked: Read) -> Json:
    """`GET /delivery-partners`."""
    query = asked.query
    found = delivery_partners.delivery_partners(
        asked.records, asked.call, filters.cohorts(query), query.sort, query.page
    )
    return {"data": [view.delivery_partner(partner) for partner in found]}


def get_delivery_partner(asked: Read) -> Json:
    """`GET /delivery-partners/{id}`."""
    found = delivery_partners.delivery_partner(asked.records, asked.call, asked.id.lower())
    return {"data": view.delivery_partner(found or not_found())}


def list_unfunded_mentors(asked: Read) -> Json:
    """`GET /unfunded-mentors/ecf`."""
    query = asked.query
    found = unfunded_mentors.mentors(asked.records, asked.call, query.time("updated_since"), query.sort, query.page)
    return {"data": [view.unfunded_mentor(mentor) for mentor in found]}


def get_unfunded_mentor(asked: Read) -> Json:
    """`GET /unfunded-mentors/ecf/{id}`."""
    since = asked.query.time("updated_since")
    found = unfunded_mentors.mentor(asked.records, asked.call, asked.id.lower(), since)
    return {"data": view.unfunded_mentor(found or not_found())}


list_partnerships = partnerships.list_all
get_partnership = partnerships.get
create_partnership = partnerships.create
update_partnership = partnerships.update
