"""What schools do: correct details, say who mentors whom, report who leaves, choose providers and programmes."""

from __future__ import annotations

from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.editions.register.actors import dfe, school
from sandbox.editions.register.actors.leaving import end_school_period
from sandbox.editions.register.control import lookups, presented
from sandbox.editions.register.control.acting import acting
from sandbox.editions.register.control.presented import Json
from sandbox.editions.register.control.registration import assign


def change_details(request: ControlRequest) -> Json:
    """`PATCH /participants/{id}`."""
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        teacher = school.change_details(unit, moment, teacher, **request.body)
        return {"person": presented.person(unit, teacher)}


def assign_mentor(request: ControlRequest) -> Json:
    """`POST /participants/{id}/mentor`."""
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        period = lookups.period(unit, moment, teacher, "ect", lookups.school(unit, request.body))
        if request.body["mentor_id"] is None:
            raise Declined(422, ("mentor_id", "Here one mentor follows another: say who does."))
        assign(unit, moment, period, lookups.teacher(unit, request.body["mentor_id"], "mentor_id"))
        return {"participant": presented.training(unit, period)}


def leave(request: ControlRequest) -> Json:
    """`POST /participants/{id}/leave`."""
    body = request.body
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        period = lookups.period(unit, moment, teacher, body.get("participant_type"), lookups.school(unit, body))
        end_school_period(unit, moment, period, request.date("on") or moment.today)
        return {"participant": presented.training(unit, period)}


def withdraw(request: ControlRequest) -> Json:
    """`POST /participants/{id}/withdraw`: registered in error."""
    body = request.body
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        period = lookups.period(unit, moment, teacher, body.get("participant_type"), lookups.school(unit, body))
        school.undo_registration(unit, moment, period)
        return {"participant": presented.training(unit, period)}


def change_provider(request: ControlRequest) -> Json:
    """`POST /participants/{id}/provider`."""
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        period = lookups.period(unit, moment, teacher, request.body.get("participant_type"))
        training = lookups.training(unit, period)
        school.change_provider(unit, moment, training, lookups.provider(unit, request.body["provider"]))
        return {"participant": presented.training(unit, period)}


def choose_training(request: ControlRequest) -> Json:
    """`POST /participants/{id}/programme`."""
    body = request.body
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        period = lookups.period(unit, moment, teacher, "ect")
        provider = lookups.provider(unit, body.get("provider"))
        school.change_programme(unit, moment, period, body["programme"], provider)
        return {"participant": presented.training(unit, period)}


def change_school(request: ControlRequest) -> Json:
    """`PATCH /schools/{id}`."""
    with acting(request) as (unit, moment):
        known = lookups.school_in_path(unit, request.ids["id"])
        changed = dfe.change_school(unit, moment, known, **request.body)
        return {"school": {"id": changed.id, "urn": changed.urn, "name": changed.name}}
