"""v2: participants are v1's, declarations its own. Each name here is an operationId of `openapi/ecf/v2.yaml`."""

from __future__ import annotations

from operator import attrgetter as _attrgetter

from sandbox.editions.ecf.handlers import filters, v1
from sandbox.editions.ecf.handlers.declarations import DeclarationHandlers

list_participants = list_participants_alias = v1.list_participants
list_participants_csv = list_participants_csv_alias = v1.list_participants_csv
get_participant = v1.get_participant
defer_participant = v1.defer_participant
resume_participant = v1.resume_participant
withdraw_participant = v1.withdraw_participant
change_participant_schedule = v1.change_participant_schedule

_declarations = DeclarationHandlers("v2", filters.flat_declarations, _attrgetter("declaration_v2"))
list_declarations = _declarations.list
list_declarations_csv = _declarations.csv
get_declaration = _declarations.get
create_declaration = _declarations.create
void_declaration = _declarations.void
