"""v1: what answers its operations. Each name here is an operationId of `openapi/ecf/v1.yaml`."""

from __future__ import annotations

from sandbox.actions.enrolments import enrolment_in, enrolment_of
from sandbox.actions.roster import Enlisted
from sandbox.edge import filters, shown
from sandbox.edge.asked import Json, Read, Write, not_found
from sandbox.edge.csv import as_csv
from sandbox.edge.declarations import DeclarationHandlers
from sandbox.edge.training import TrainingHandlers
from sandbox.model import TrainingRecord
from sandbox.views import v1 as view


def list_participants(asked: Read) -> bytes:
    """`GET /participants/ecf`."""
    found = asked.roster.enlisted(filters.participants(asked.query), asked.query.page)
    return shown.many([_as_json(asked, line) for line in found])


def list_participants_csv(asked: Read) -> bytes:
    """`GET /participants/ecf.csv`: all of them, whatever page is asked for."""
    found = asked.roster.enlisted(filters.participants(asked.query), page=None)
    return as_csv([_participant(asked, line) for line in found])


def get_participant(asked: Read) -> bytes:
    """`GET /participants/ecf/{id}`."""
    found = asked.roster.one_enlisted(asked.id.lower(), filters.participants(asked.query))
    return shown.one(_as_json(asked, found or not_found()))


def _as_json(asked: Read, line: Enlisted) -> bytes:
    """Says nothing of the day it is asked for."""
    return shown.made_once(line.trainee.shown, ("v1", line.placement.id), None, lambda: _participant(asked, line))


def _participant(asked: Read, line: Enlisted) -> Json:
    return view.participant(enrolment_of(asked.records, line.placement, asked.call.today))


def _acted_on(asked: Write, record: TrainingRecord) -> Json:
    """The training record that was acted on, as the provider's newest placement has it."""
    return {"data": view.participant(enrolment_in(asked.records, asked.call, record))}


_training = TrainingHandlers(_acted_on)
defer_participant = _training.defer
resume_participant = _training.resume
withdraw_participant = _training.withdraw
change_participant_schedule = _training.change_schedule

_declarations = DeclarationHandlers("v1", filters.flat_declarations, view.declaration)
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
