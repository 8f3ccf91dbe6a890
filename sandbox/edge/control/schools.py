"""What schools do: say who mentors whom, report who comes and goes, choose a programme, challenge a partnership."""

from __future__ import annotations

from operator import attrgetter

from sandbox.actors import school
from sandbox.edge.control import lookups, presented
from sandbox.edge.control.presented import Json
from sandbox.edge.control.request import ControlRequest, Declined, found
from sandbox.model import Partnership, School


def change_details(request: ControlRequest) -> Json:
    """`PATCH /participants/{id}`."""
    with request.acting() as (unit, moment):
        person = lookups.participant(unit, request.ids["id"])
        if request.body:
            person = school.change_details(unit, moment, person, **request.body)
        return {"person": presented.person(person)}


def assign_mentor(request: ControlRequest) -> Json:
    """`POST /participants/{id}/mentor`."""
    with request.acting() as (unit, moment):
        record = lookups.training(unit, request.ids["id"], "ect")
        (placement, *_) = lookups.placements(unit, record, lookups.school(unit, request.body))
        mentor_id = lookups.mentor(unit, request.body["mentor_id"])
        return {"participant": presented.training(unit, school.assign_mentor(unit, moment, placement, mentor_id))}


def leave(request: ControlRequest) -> Json:
    """`POST /participants/{id}/leave`."""
    with request.acting() as (unit, moment):
        record = lookups.training(unit, request.ids["id"], request.body.get("participant_type"))
        placements = lookups.placements(unit, record, lookups.school(unit, request.body))
        # Who has been reported to join another school leaves the one they have been at for longer.
        staying = [p for p in placements if p.ends_on is None and p.induction_status != "withdrawn"] or placements[:1]
        placement = min(staying, key=attrgetter("starts_on", "created_at"))
        last_day = request.date("on") or moment.today
        joined_on = min(other.starts_on for other in placements if other.school_id == placement.school_id)
        # Who was to join from another school may not come after all.
        if last_day < joined_on and not placement.transfer:
            raise Declined(422, ("on", f"Nobody leaves on {last_day} who joins on {joined_on}."))
        return {"participant": presented.training(unit, school.report_leaving(unit, moment, placement, last_day))}


def join(request: ControlRequest) -> Json:
    """`POST /participants/{id}/join`."""
    body = request.body
    with request.acting() as (unit, moment):
        (current, *_) = lookups.placements(
            unit, lookups.training(unit, request.ids["id"], body.get("participant_type"))
        )
        there = lookups.school(unit, body)
        if there is None:
            raise Declined(422, ("urn", "Say which school they join, by urn or school_id."))
        joined = school.transfer_in(
            unit,
            moment,
            current,
            there,
            request.date("on") or moment.today,
            email=body.get("email"),
            mentor_id=lookups.mentor(unit, body.get("mentor_id")),
            keeps_provider=body.get("keeps_provider", False),
        )
        return {"participant": presented.training(unit, joined)}


def withdraw(request: ControlRequest) -> Json:
    """`POST /participants/{id}/withdraw`."""
    with request.acting() as (unit, moment):
        record = lookups.training(unit, request.ids["id"], request.body.get("participant_type"))
        (placement, *_) = lookups.placements(unit, record, lookups.school(unit, request.body))
        return {"participant": presented.training(unit, school.withdraw(unit, moment, placement))}


def choose_programme(request: ControlRequest) -> Json:
    """`POST /schools/{id}/programme`."""
    with request.acting() as (unit, moment):
        there = found(unit, School, request.ids["id"], "school", lambda urn: lookups.school_by_urn(unit, urn))
        cohort = lookups.cohort(unit, moment, request.body.get("cohort"))
        there = school.choose_programme(unit, moment, there, cohort, request.body["programme"])
        return {"school": presented.school(there) | {"programmes": there.programmes}}


def challenge(request: ControlRequest) -> Json:
    """`POST /partnerships/{id}/challenge`."""
    with request.acting() as (unit, moment):
        partnership = found(unit, Partnership, request.ids["id"], "partnership")
        challenged = school.challenge(unit, moment, partnership, request.body.get("reason", "mistake"))
        return {"partnership": presented.partnership(unit, challenged)}
