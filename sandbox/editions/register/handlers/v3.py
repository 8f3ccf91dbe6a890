"""v3: what answers its operations. Each name here is an operationId of `openapi/register/v3.yaml`."""

from __future__ import annotations

from sandbox.editions.register.handlers import declarations as _declarations
from sandbox.editions.register.handlers import organisations as _organisations
from sandbox.editions.register.handlers import participants as _participants

list_participants = _participants.list_participants
get_participant = _participants.get_participant
withdraw_participant = _participants.withdraw
defer_participant = _participants.defer
resume_participant = _participants.resume
change_participant_schedule = _participants.change_schedule
list_transfers = _participants.list_transfers
get_transfers = _participants.get_transfers
list_unfunded_mentors = _participants.list_unfunded_mentors
get_unfunded_mentor = _participants.get_unfunded_mentor
list_partnerships = _organisations.list_partnerships
get_partnership = _organisations.get_partnership
create_partnership = _organisations.create_partnership
update_partnership = _organisations.update_partnership
list_schools = _organisations.list_schools
get_school = _organisations.get_school
list_delivery_partners = _organisations.list_delivery_partners
get_delivery_partner = _organisations.get_delivery_partner
list_statements = _organisations.list_statements
get_statement = _organisations.get_statement
list_declarations = _declarations.list_declarations
get_declaration = _declarations.get_declaration
create_declaration = _declarations.create_declaration
void_declaration = _declarations.void_declaration
