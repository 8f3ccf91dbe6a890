"""What appropriate bodies find out about people, and what the DfE decides about them, cohorts and partners."""

from __future__ import annotations

from sandbox.edge.control.request import ControlRequest, Declined, found
from sandbox.editions.register.actors import appropriate_body, dfe, eligibility
from sandbox.editions.register.control import lookups, presented
from sandbox.editions.register.control.acting import acting
from sandbox.editions.register.control.presented import Json
from sandbox.model import ContractPeriod

REASONS = ("completed_during_early_roll_out", "started_not_completed")


def validate(request: ControlRequest) -> Json:
    """`POST /participants/{id}/validate`."""
    body = request.body
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        status = body.get("status", "eligible")
        on = request.date("on") or moment.today
        if status == "eligible":
            period = lookups.period(unit, moment, teacher, "ect")
            appropriate_body.claim(unit, moment, teacher, on)
        elif status == "exempt":
            period = lookups.period(unit, moment, teacher, "ect")
            eligibility.become_ineligible(unit, moment, teacher, "ect", on)
        elif status in REASONS:
            period = lookups.period(unit, moment, teacher, "mentor")
            eligibility.become_ineligible(unit, moment, teacher, "mentor", on, status)
        else:
            raise Declined(422, ("status", f"Worlds of this edition know eligible, exempt, {', '.join(REASONS)}."))
        return {"participant": presented.training(unit, period)}


def end_induction(request: ControlRequest) -> Json:
    """`PUT /participants/{id}/induction-end`."""
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        period = lookups.period(unit, moment, teacher, "ect")
        on = request.date("on")
        if on is None:
            raise Declined(422, ("on", "Say on which day it ended: here it cannot be taken back."))
        outcome = request.body.get("outcome", "pass")
        appropriate_body.close(unit, moment, teacher, on, None if outcome == "release" else outcome)
        return {"participant": presented.training(unit, period)}


def merge(request: ControlRequest) -> Json:
    """`POST /participants/{id}/merge`."""
    with acting(request) as (unit, moment):
        retired = lookups.teacher(unit, request.ids["id"])
        change = dfe.merge(unit, moment, retired, lookups.teacher(unit, request.body["into"], "into"))
        return {
            "id_change": {
                "from_participant_id": change.from_participant_id,
                "to_participant_id": change.to_participant_id,
                "changed_at": change.changed_at,
            }
        }


def open_cohort(request: ControlRequest) -> Json:
    """`POST /cohorts/{year}/open`."""
    with acting(request) as (unit, _):
        period = found(unit, ContractPeriod, request.ids["year"], "cohort")
        return {"cohort": presented.cohort(dfe.thaw(unit, period))}


def close_cohort(request: ControlRequest) -> Json:
    """`POST /cohorts/{year}/close`."""
    with acting(request) as (unit, moment):
        period = found(unit, ContractPeriod, request.ids["year"], "cohort")
        return {"cohort": presented.cohort(dfe.freeze(unit, moment, period))}
