"""People whom schools register, or who join another school."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.edge.control.request import ControlRequest, Declined
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.people import school_periods_of, trainings_of
from sandbox.editions.register.actors import appropriate_body, school
from sandbox.editions.register.control import lookups, presented
from sandbox.editions.register.control.acting import acting
from sandbox.editions.register.control.presented import Json
from sandbox.editions.register.rules.placing import earlier
from sandbox.model import LeadProvider, ParticipantType, Partnership, School, SchoolPeriod, Teacher
from sandbox.seeding.newcomers import newcomer
from sandbox.store.protocol import Reader, Unit


def register(request: ControlRequest) -> Json:
    """`POST /participants`."""
    body = request.body
    with acting(request) as (unit, moment):
        if "participant_id" in body:
            teacher = lookups.teacher(unit, body["participant_id"])
            email = body.get("email", _last_address(unit, teacher))
        else:
            who = newcomer(unit)
            teacher = school.new_teacher(unit, moment, body.get("full_name", who.full_name), body.get("trn", who.trn))
            email = body.get("email", who.email)
        role: ParticipantType = body.get("participant_type") or _role(unit, teacher)
        provider = lookups.provider(unit, body.get("provider"))
        there = lookups.school(unit, body) or _first_school(unit, moment, provider)
        starts_on = request.date("starts_on") or moment.today
        registration = _registration(request, unit, moment, role, provider, email)
        period = school.register(unit, moment, teacher, there, _on(registration, starts_on))
        _afterwards(request, unit, moment, teacher, period)
        return {"participant": presented.training(unit, period)}


def join(request: ControlRequest) -> Json:
    """`POST /participants/{id}/join`."""
    body = request.body
    with acting(request) as (unit, moment):
        teacher = lookups.teacher(unit, request.ids["id"])
        present = lookups.period(unit, moment, teacher, body.get("participant_type"))
        there = lookups.school(unit, body)
        if there is None:
            raise Declined(422, ("urn", "Say which school they join, by urn or school_id."))
        before = earlier(trainings_of(unit, teacher.id, present.role))
        named = lookups.provider(unit, body["provider"]) if "provider" in body else lookups.hoped_or_real(unit, before)
        provider = named or lookups.provider(unit, None)
        email = body.get("email", present.email)
        registration = _registration(request, unit, moment, present.role, provider, email)
        starts_on = request.date("on") or moment.today
        period = school.register(unit, moment, teacher, there, _on(registration, starts_on))
        _afterwards(request, unit, moment, teacher, period)
        return {"participant": presented.training(unit, period)}


def _on(registration: school.Registration, starts_on: date) -> school.Registration:
    return replace(registration, starts_on=starts_on)


def _registration(
    request: ControlRequest,
    unit: Unit,
    moment: Moment,
    role: ParticipantType,
    provider: LeadProvider | None,
    email: str | None,
) -> school.Registration:
    """What a school tells, as far as the body says it."""
    body = request.body
    mentee = lookups.teacher(unit, body["mentee_id"], "mentee_id") if "mentee_id" in body else None
    return school.Registration(
        role=role,
        starts_on=moment.today,
        email=email,
        provider=provider,
        programme=body.get("programme", "provider_led"),
        working_pattern=body.get("working_pattern", "full_time"),
        as_well=body.get("as_well", False),
        mentee=lookups.period(unit, moment, mentee, "ect") if mentee is not None else None,
    )


def _afterwards(request: ControlRequest, unit: Unit, moment: Moment, teacher: Teacher, period: SchoolPeriod) -> None:
    """Give an ECT a mentor, and have an appropriate body claim them, if the body says so."""
    body = request.body
    if body.get("mentor_id"):
        mentor = lookups.teacher(unit, body["mentor_id"], "mentor_id")
        assign(unit, moment, period, mentor)
    claimed_on = request.date("induction_starts_on")
    if claimed_on is not None:
        appropriate_body.claim(unit, moment, teacher, claimed_on)


def assign(unit: Unit, moment: Moment, ect: SchoolPeriod, mentor: Teacher) -> None:
    """Have someone mentor an ECT who is, or was last, at the same school. Raises Impossible."""
    there = [each for each in school_periods_of(unit, mentor.id, "mentor") if each.school_id == ect.school_id]
    if not there:
        raise Impossible(f"{mentor.full_name} is not registered as a mentor at the ECT's school")
    school.assign_mentor(unit, moment, ect, there[-1])
    school.train_first_time(unit, moment, ect, there[-1])


def _role(reader: Reader, teacher: Teacher) -> ParticipantType:
    """What someone is registered as when nobody says: what they are not yet, of ECT and mentor."""
    return "mentor" if school_periods_of(reader, teacher.id, "ect") else "ect"


def _last_address(reader: Reader, teacher: Teacher) -> str | None:
    periods = school_periods_of(reader, teacher.id)
    return periods[-1].email if periods else None


def _first_school(reader: Reader, moment: Moment, provider: LeadProvider) -> School:
    """The first school that a provider trains at in the cohort that runs today. Raises Impossible."""
    running = lookups.cohort(reader, moment, None)
    for partnership in reader.find(Partnership, lead_provider_id=provider.id):
        there = reader.get(School, partnership.school_id)
        if partnership.cohort == running.id and there is not None:
            return there
    raise Impossible(f"no school has a partnership with {provider.name} for {running.id}: say which school it is")
