"""What schools do: say who mentors whom, report who comes and goes, choose a programme, challenge a partnership."""

from __future__ import annotations

from operator import attrgetter

from sandbox.actors import school
from sandbox.edge.control import named, shown
from sandbox.edge.control.asked import Asked, Declined, found
from sandbox.edge.control.shown import Json
from sandbox.model import Partnership, School


def change_details(asked: Asked) -> Json:
    """`PATCH /participants/{id}`."""
    with asked.acting() as (unit, moment):
        person = named.participant(unit, asked.ids["id"])
        if asked.body:
            person = school.change_details(unit, moment, person, **asked.body)
        return {"person": shown.person(person)}


def assign_mentor(asked: Asked) -> Json:
    """`POST /participants/{id}/mentor`."""
    with asked.acting() as (unit, moment):
        record = named.training(unit, asked.ids["id"], "ect")
        (placement, *_) = named.placements(unit, record, named.school(unit, asked.body))
        mentor_id = named.mentor(unit, asked.body["mentor_id"])
        return {"participant": shown.training(unit, school.assign_mentor(unit, moment, placement, mentor_id))}


def leave(asked: Asked) -> Json:
    """`POST /participants/{id}/leave`."""
    with asked.acting() as (unit, moment):
        record = named.training(unit, asked.ids["id"], asked.body.get("participant_type"))
        placements = named.placements(unit, record, named.school(unit, asked.body))
        # Who has been reported to join another school leaves the one they have been at for longer.
        staying = [placement for placement in placements if placement.ends_on is None] or placements[:1]
        placement = min(staying, key=attrgetter("starts_on", "created_at"))
        last_day = asked.date("on") or moment.today
        if last_day < placement.starts_on:
            raise Declined(422, ("on", f"Nobody leaves on {last_day} who joins on {placement.starts_on}."))
        return {"participant": shown.training(unit, school.report_leaving(unit, moment, placement, last_day))}


def join(asked: Asked) -> Json:
    """`POST /participants/{id}/join`."""
    body = asked.body
    with asked.acting() as (unit, moment):
        (current, *_) = named.placements(unit, named.training(unit, asked.ids["id"], body.get("participant_type")))
        there = named.school(unit, body)
        if there is None:
            raise Declined(422, ("urn", "Say which school they join, by urn or school_id."))
        joined = school.transfer_in(
            unit,
            moment,
            current,
            there,
            asked.date("on") or moment.today,
            email=body.get("email"),
            mentor_id=named.mentor(unit, body.get("mentor_id")),
            keeps_provider=body.get("keeps_provider", False),
        )
        return {"participant": shown.training(unit, joined)}


def withdraw(asked: Asked) -> Json:
    """`POST /participants/{id}/withdraw`."""
    with asked.acting() as (unit, moment):
        record = named.training(unit, asked.ids["id"], asked.body.get("participant_type"))
        (placement, *_) = named.placements(unit, record, named.school(unit, asked.body))
        return {"participant": shown.training(unit, school.withdraw(unit, moment, placement))}


def choose_programme(asked: Asked) -> Json:
    """`POST /schools/{id}/programme`."""
    with asked.acting() as (unit, moment):
        there = found(unit, School, asked.ids["id"], "school", lambda urn: named.school_by_urn(unit, urn))
        cohort = named.cohort(unit, moment, asked.body.get("cohort"))
        there = school.choose_programme(unit, moment, there, cohort, asked.body["programme"])
        return {"school": shown.school(there) | {"programmes": there.programmes}}


def challenge(asked: Asked) -> Json:
    """`POST /partnerships/{id}/challenge`."""
    with asked.acting() as (unit, moment):
        partnership = found(unit, Partnership, asked.ids["id"], "partnership")
        challenged = school.challenge(unit, moment, partnership, asked.body.get("reason", "mistake"))
        return {"partnership": shown.partnership(unit, challenged)}
