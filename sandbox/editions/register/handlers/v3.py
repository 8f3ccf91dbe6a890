"""v3: what answers its operations. Each name here is an operationId of `openapi/register/v3.yaml`."""

from __future__ import annotations

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
