"""What the DfE does about people: validate them, end their induction, merge those registered twice."""

from __future__ import annotations

from typing import get_args

from sandbox.actors import dfe, merging
from sandbox.edge.control import lookups, presented
from sandbox.edge.control.presented import Json
from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.model import ValidationStatus


def validate(request: ControlRequest) -> Json:
    """`POST /participants/{id}/validate`."""
    body = request.body
    status = body.get("status", "eligible_to_start")
    with request.acting() as (unit, moment):
        if status in dfe.FOUND_UNFUNDED:
            record = lookups.training(unit, request.ids["id"], body.get("participant_type", "mentor"))
            dfe.end_mentor_funding(unit, moment, record, request.date("on") or moment.now.date(), status)
        elif status in get_args(ValidationStatus):
            record = lookups.training(unit, request.ids["id"], body.get("participant_type"))
            found = dfe.validate(unit, moment, record, status, trn_validated=body.get("trn_validated"))
            merging.unite(unit, moment, found)
        else:
            raise Declined(422, ("status", f"Only worlds of the edition register know the status {status}."))
        return {"participant": presented.training(unit, lookups.placements(unit, record)[0])}


def end_induction(request: ControlRequest) -> Json:
    """`PUT /participants/{id}/induction-end`."""
    with request.acting() as (unit, moment):
        record = lookups.training(unit, request.ids["id"], "ect")
        dfe.end_induction(unit, moment, record, request.date("on"))
        return {"participant": presented.training(unit, lookups.placements(unit, record)[0])}


def merge(request: ControlRequest) -> Json:
    """`POST /participants/{id}/merge`."""
    with request.acting() as (unit, moment):
        retired = lookups.participant(unit, request.ids["id"])
        remaining = lookups.participant(unit, request.body["into"], "into")
        change = merging.retire_id(unit, moment, retired, remaining)
        return {
            "id_change": {
                "from_participant_id": change.from_participant_id,
                "to_participant_id": change.to_participant_id,
                "changed_at": change.changed_at,
            }
        }
