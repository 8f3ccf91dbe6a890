"""People whom schools register, and what the DfE finds out about them at once."""

from __future__ import annotations

from typing import Literal

from sandbox.actions.call import Moment
from sandbox.actions.partnerships import live_partnership
from sandbox.actors import dfe, merging, school
from sandbox.actors.findings import Finding, finding
from sandbox.actors.impossible import Impossible
from sandbox.edge.control import lookups, presented
from sandbox.edge.control.presented import Json
from sandbox.edge.control.request import ControlRequest, found
from sandbox.model import Participant, ParticipantType, Partnership, School, TrainingRecord, ValidationStatus
from sandbox.seeding.newcomers import newcomer
from sandbox.store.protocol import Reader, Unit


def register(request: ControlRequest) -> Json:
    """`POST /participants`."""
    with request.acting() as (unit, moment):
        cohort = lookups.cohort(unit, moment, request.body.get("cohort"))
        registration = _registration(unit, request, cohort)
        record = school.register(unit, moment, _place(unit, request, cohort), registration)
        _validate(unit, moment, record, request.body.get("validation"))
        return {"participant": presented.training(unit, lookups.placements(unit, record)[0])}


def _registration(reader: Reader, request: ControlRequest, cohort: str) -> school.Registration:
    """Who is registered: someone known already, or else someone made up as far as the body does not say."""
    body = request.body
    known = lookups.participant(reader, body["participant_id"]) if "participant_id" in body else None
    who = known or newcomer(reader)
    return school.Registration(
        full_name=body.get("full_name", who.full_name),
        email=body.get("email", who.email),
        trn=body.get("trn", who.trn),
        participant_type=body.get("participant_type") or _role(reader, known),
        cohort=cohort,
        starts_on=request.date("starts_on"),
        mentor_id=lookups.mentor(reader, body.get("mentor_id")),
        participant_id=known.id if known else None,
    )


def _role(reader: Reader, known: Participant | None) -> ParticipantType:
    """What someone is registered as when nobody says: what they are not yet, of ECT and mentor."""
    records = reader.find(TrainingRecord, participant_id=known.id) if known else []
    return "mentor" if any(record.participant_type == "ect" for record in records) else "ect"


def _place(reader: Reader, request: ControlRequest, cohort: str) -> School:
    """Where someone is registered: at the school that is named, or at the first that a provider trains at."""
    there = lookups.school(reader, request.body)
    if there is None:
        return _first_school(reader, request, cohort)
    if "provider" in request.body:
        provider = lookups.provider(reader, request.body["provider"])
        partnership = live_partnership(reader, there.id, cohort)
        if partnership is None or partnership.lead_provider_id != provider.id:
            raise Impossible(f"{there.name} has no partnership with {provider.name} for {cohort}")
    return there


def _first_school(reader: Reader, request: ControlRequest, cohort: str) -> School:
    provider = lookups.provider(reader, request.body.get("provider"))
    for theirs in reader.find(Partnership, lead_provider_id=provider.id):
        if theirs.cohort == cohort and live_partnership(reader, theirs.school_id, cohort) == theirs:
            return found(reader, School, theirs.school_id, "school_id")
    raise Impossible(
        f"no school has a partnership with {provider.name} for {cohort}: confirm one, or say which school it is"
    )


def _validate(
    unit: Unit, moment: Moment, record: TrainingRecord, status: ValidationStatus | Literal["none"] | None
) -> None:
    """Have the DfE find out at once what it is told to, or what the person's TRN says; nothing, if told so."""
    if status == "none":
        return
    person = found(unit, Participant, record.participant_id, "participant_id")
    outcome = finding(person.trn) if status is None else Finding(status=status)
    validated = dfe.validate(unit, moment, record, outcome.status, trn_validated=outcome.trn_validated)
    merging.unite(unit, moment, validated)
