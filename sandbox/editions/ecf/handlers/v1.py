"""v1: what answers its operations. Each name here is an operationId of `openapi/ecf/v1.yaml`."""

from __future__ import annotations

from operator import attrgetter as _attrgetter

from sandbox.actions.enrolments import enrolment_in, enrolment_of
from sandbox.actions.roster import Enlisted
from sandbox.edge.provider.cached_json import cached_json, many, one
from sandbox.edge.provider.request import Json, not_found
from sandbox.editions.ecf.handlers import filters
from sandbox.editions.ecf.handlers.declarations import DeclarationHandlers
from sandbox.editions.ecf.handlers.requests import Read, Write
from sandbox.editions.ecf.handlers.training import TrainingHandlers
from sandbox.model import TrainingRecord


def list_participants(request: Read) -> bytes:
    """`GET /participants/ecf`."""
    found = request.roster.enlisted(filters.participants(request.query), request.query.page)
    return many([_as_json(request, line) for line in found])


def list_participants_csv(request: Read) -> bytes:
    """`GET /participants/ecf.csv`: all of them, whatever page is asked for."""
    found = request.roster.enlisted(filters.participants(request.query), page=None)
    return request.presentation.csv([_participant(request, line) for line in found])


def get_participant(request: Read) -> bytes:
    """`GET /participants/ecf/{id}`."""
    found = request.roster.one_enlisted(request.id, filters.participants(request.query))
    return one(_as_json(request, found or not_found()))


def _as_json(request: Read, line: Enlisted) -> bytes:
    """Says nothing of the day it is asked for."""
    return cached_json(line.trainee.cached, ("v1", line.placement.id), None, lambda: _participant(request, line))


def _participant(request: Read, line: Enlisted) -> Json:
    return request.presentation.participant(enrolment_of(request.records, request.call, line.placement))


def _acted_on(request: Write, record: TrainingRecord) -> Json:
    """The training record that was acted on, as the provider's newest placement has it."""
    return {"data": request.presentation.participant(enrolment_in(request.records, request.call, record))}


_training = TrainingHandlers(_acted_on)
defer_participant = _training.defer
resume_participant = _training.resume
withdraw_participant = _training.withdraw
change_participant_schedule = _training.change_schedule

_declarations = DeclarationHandlers("v1", filters.flat_declarations, _attrgetter("declaration_v1"))
list_declarations = _declarations.list
list_declarations_csv = _declarations.csv
get_declaration = _declarations.get
create_declaration = _declarations.create
void_declaration = _declarations.void

# The same under paths without /ecf.
list_participants_alias = list_participants
list_participants_csv_alias = list_participants_csv
defer_participant_alias = defer_participant
resume_participant_alias = resume_participant
withdraw_participant_alias = withdraw_participant
change_participant_schedule_alias = change_participant_schedule
