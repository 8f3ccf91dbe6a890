"""What the DfE does about people: validate them, end their induction, merge those registered twice."""

from __future__ import annotations

from sandbox.actors import dfe, merging
from sandbox.edge.control import named, shown
from sandbox.edge.control.asked import Asked
from sandbox.edge.control.shown import Json


def validate(asked: Asked) -> Json:
    """`POST /participants/{id}/validate`."""
    body = asked.body
    with asked.acting() as (unit, moment):
        record = named.training(unit, asked.ids["id"], body.get("participant_type"))
        status = body.get("status", "eligible_to_start")
        dfe.validate(unit, moment, record, status, trn_validated=body.get("trn_validated"))
        return {"participant": shown.training(unit, named.placements(unit, record)[0])}


def end_induction(asked: Asked) -> Json:
    """`PUT /participants/{id}/induction-end`."""
    with asked.acting() as (unit, moment):
        record = named.training(unit, asked.ids["id"], "ect")
        dfe.end_induction(unit, moment, record, asked.date("on"))
        return {"participant": shown.training(unit, named.placements(unit, record)[0])}


def merge(asked: Asked) -> Json:
    """`POST /participants/{id}/merge`."""
    with asked.acting() as (unit, moment):
        retired = named.participant(unit, asked.ids["id"])
        remaining = named.participant(unit, asked.body["into"], "into")
        change = merging.retire_id(unit, moment, retired, remaining)
        return {
            "id_change": {
                "from_participant_id": change.from_participant_id,
                "to_participant_id": change.to_participant_id,
                "changed_at": change.changed_at,
            }
        }
