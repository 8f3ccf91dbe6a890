"""The operations about people."""

from __future__ import annotations

from datetime import date

from sandbox.edge.provider.cached_json import cached_json, many, one
from sandbox.edge.provider.query import Query
from sandbox.edge.provider.request import Json, not_found
from sandbox.editions.register.actions import schedules, training, transfers, unfunded_mentors
from sandbox.editions.register.actions.enrolments import participant, participant_seen
from sandbox.editions.register.actions.people import teacher_of
from sandbox.editions.register.actions.roster import ParticipantFilter, Trainee
from sandbox.editions.register.handlers.requests import Read, Write, roster, wanted
from sandbox.editions.register.rules.days import refreshed_day
from sandbox.model import Teacher
from sandbox.rules.requests import ActionRequest, ScheduleRequest


def list_participants(request: Read) -> bytes:
    """`GET /participants`."""
    query = request.query
    found = roster(request).people(_filter(query), query.sort, query.page)
    days = _days(request)
    return many([_as_json(request, trainee, days) for trainee in found])


def get_participant(request: Read) -> bytes:
    """`GET /participants/{id}`."""
    return one(_as_json(request, roster(request).one(request.id) or not_found(), _days(request)))


def withdraw(request: Write) -> Json:
    """`PUT /participants/{id}/withdraw`: the body is looked into before it is asked whom it is about."""
    asked = wanted(request, ActionRequest)
    teacher = training.seen(request.records, request.call, request.id)
    training.withdraw(request.records, request.call, teacher, asked)
    return _acted_on(request, teacher)


def defer(request: Write) -> Json:
    """`PUT /participants/{id}/defer`."""
    asked = wanted(request, ActionRequest)
    teacher = training.seen(request.records, request.call, request.id)
    training.defer(request.records, request.call, teacher, asked)
    return _acted_on(request, teacher)


def resume(request: Write) -> Json:
    """`PUT /participants/{id}/resume`, which knows no reason."""
    asked = wanted(request, ActionRequest, "reason")
    teacher = training.seen(request.records, request.call, request.id)
    training.resume(request.records, request.call, teacher, asked)
    return _acted_on(request, teacher)


def change_schedule(request: Write) -> Json:
    """`PUT /participants/{id}/change-schedule`."""
    asked = wanted(request, ScheduleRequest)
    teacher = training.seen(request.records, request.call, request.id)
    schedules.change_schedule(request.records, request.call, teacher, asked)
    return _acted_on(request, teacher)


def list_transfers(request: Read) -> Json:
    """`GET /participants/transfers`."""
    query = request.query
    since = query.time("updated_since")
    found = transfers.movers(request.records, request.call, since, query.sort, query.page)
    return {"data": [request.presentation.transfers(mover) for mover in found]}


def get_transfers(request: Read) -> Json:
    """`GET /participants/{id}/transfers`."""
    found = transfers.mover(request.records, request.call, request.id)
    return {"data": request.presentation.transfers(found or not_found())}


def list_unfunded_mentors(request: Read) -> Json:
    """`GET /unfunded-mentors`."""
    query = request.query
    since = query.time("updated_since")
    found = unfunded_mentors.mentors(request.records, request.call, roster(request), since, query.sort, query.page)
    return {"data": [request.presentation.unfunded_mentor(mentor) for mentor in found]}


def get_unfunded_mentor(request: Read) -> Json:
    """`GET /unfunded-mentors/{id}`."""
    found = unfunded_mentors.mentor(request.records, request.call, roster(request), request.id)
    return {"data": request.presentation.unfunded_mentor(found or not_found())}


def _filter(query: Query) -> ParticipantFilter:
    retired_id = query.text("from_participant_id")
    return ParticipantFilter(
        cohorts=query.years("cohort"),
        updated_since=query.time("updated_since"),
        training_status=query.text("training_status"),
        from_participant_id=query.spelling.id(retired_id) if retired_id else None,
    )


def _days(request: Read) -> tuple[date, date]:
    """What is shown of people goes by: statuses by the day, mentors by one that begins an hour later."""
    return request.call.today, refreshed_day(request.call.now)


def _as_json(request: Read, trainee: Trainee, days: tuple[date, date]) -> bytes:
    return cached_json(trainee.cached, "v3", days, lambda: _participant(request, trainee))


def _participant(request: Read, trainee: Trainee) -> Json:
    shown = participant(request.records, request.call, trainee.teacher, trainee.trainings)
    return request.presentation.participant(shown)


def _acted_on(request: Write, teacher: Teacher) -> Json:
    """The whole person, as they are now."""
    now = teacher_of(request.records, teacher.id)
    return {"data": request.presentation.participant(participant_seen(request.records, request.call, now))}
