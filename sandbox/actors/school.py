"""What only schools do: register people, say who mentors whom, report who comes and goes, choose and challenge."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from sandbox.actions.call import Moment
from sandbox.actions.marking import (
    mark_identity_updated,
    mark_mentor_assigned,
    mark_partnership_changed,
    mark_programme_changed,
    mark_updated,
    save_placement,
    save_record,
)
from sandbox.actions.partnerships import live_partnership
from sandbox.actions.training import lose_mentees, succeed
from sandbox.actors.impossible import Impossible
from sandbox.actors.mentors import come_out
from sandbox.model import (
    Participant,
    ParticipantType,
    Partnership,
    Placement,
    Schedule,
    School,
    TrainingRecord,
)
from sandbox.store.protocol import Reader, Unit

FIRST_SCHEDULE: Final = "ecf-standard-september"
PROGRAMMES: Final = ("provider_led", "school_led", "no_early_career_teachers")
CHALLENGES: Final = ("another_provider", "not_confirmed", "do_not_recognise", "no_ects", "mistake")


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """What a school tells the DfE of someone who is to be trained.

    `participant_id` and `training_record_id` are for whoever wants to choose them. With the id of someone known
    already, that person begins to train as the other of ECT and mentor. Without `starts_on` they are there from the
    first milestone of their schedule on.
    """

    full_name: str
    email: str
    participant_type: ParticipantType
    cohort: str
    trn: str | None = None
    starts_on: date | None = None
    mentor_id: str | None = None
    participant_id: str | None = None
    training_record_id: str | None = None


def register(unit: Unit, moment: Moment, school: School, registration: Registration) -> TrainingRecord:
    """Register someone as an ECT or a mentor: through the school's partnership for the cohort, if it has one.

    Everybody begins on the standard September schedule. Raises Impossible.
    """
    schedule = unit.get(Schedule, f"{registration.cohort}/{FIRST_SCHEDULE}")
    if schedule is None:
        raise Impossible(f"cohort {registration.cohort} has no schedule {FIRST_SCHEDULE} to begin on")
    _check_mentor(unit, registration.participant_type, registration.mentor_id)
    participant = _participant(unit, moment, registration)
    record = TrainingRecord(
        id=registration.training_record_id or moment.new_id(),
        participant_id=participant.id,
        participant_type=registration.participant_type,
        schedule_id=schedule.id,
        pupil_premium_uplift=school.pupil_premium,
        sparsity_uplift=school.sparsity,
        created_at=moment.now,
    )
    partnership = live_partnership(unit, school.id, registration.cohort)
    placement = Placement(
        id=moment.new_id(),
        training_record_id=record.id,
        participant_id=participant.id,
        school_id=school.id,
        partnership_id=partnership.id if partnership else None,
        lead_provider_id=partnership.lead_provider_id if partnership else None,
        cohort=registration.cohort,
        schedule_id=schedule.id,
        starts_on=registration.starts_on or _first_day(moment, schedule),
        mentor_id=registration.mentor_id,
        email=registration.email,
        created_at=moment.now,
    )
    save_record(unit, moment, record)
    save_placement(unit, moment, placement)
    if registration.mentor_id is not None:
        come_out(unit, moment, registration.mentor_id, registration.cohort)
    return record


def transfer_in(
    unit: Unit,
    moment: Moment,
    current: Placement,
    school: School,
    starts_on: date,
    *,
    email: str | None = None,
    mentor_id: str | None = None,
    keeps_provider: bool = False,
) -> Placement:
    """Report that someone joins this school, and so, where that follows, leaves the one they are at on that day.

    A mentor who is gone from there mentors nobody there any more: at once, or when the day comes (settling). They
    train through the school's own partnership for their cohort, unless they keep their provider: then an extra
    partnership is made for this one person where the school's is not with that provider. Raises Impossible.
    """
    record = unit.get(TrainingRecord, current.training_record_id)
    if current.school_id == school.id or record is None:
        raise Impossible(f"participant {current.participant_id} is at {school.name} already, so cannot join it")
    _check_mentor(unit, record.participant_type, mentor_id)
    partnership = live_partnership(unit, school.id, current.cohort)
    if keeps_provider:
        partnership = _partnership_kept(unit, moment, current, school, partnership)
    placement = Placement(
        id=moment.new_id(),
        training_record_id=record.id,
        participant_id=record.participant_id,
        school_id=school.id,
        partnership_id=partnership.id if partnership else None,
        lead_provider_id=partnership.lead_provider_id if partnership else None,
        cohort=current.cohort,
        schedule_id=current.schedule_id,
        starts_on=starts_on,
        mentor_id=mentor_id,
        email=email or moment.rules.training.address_on_joining(unit.find(Placement, training_record_id=record.id)),
        transfer=True,
        created_at=moment.now,
    )
    if record.withdrawn_by_school:
        unit.put(msgspec.structs.replace(record, withdrawn_by_school=False))
    if moment.rules.consequences.is_left_for_another(current):
        report_leaving(unit, moment, current, starts_on)
    if starts_on <= moment.today:
        lose_mentees(unit, moment, current)
    return save_placement(unit, moment, placement)


def report_leaving(unit: Unit, moment: Moment, placement: Placement, ends_on: date) -> Placement:
    """Report that someone leaves the school on a day."""
    leaving = msgspec.structs.replace(placement, ends_on=ends_on, ended_at=None, induction_status="leaving")
    return save_placement(unit, moment, leaving)


def withdraw(unit: Unit, moment: Moment, placement: Placement) -> Placement:
    """Report that someone is no longer in training at the school. What the provider says is left alone."""
    record = unit.get(TrainingRecord, placement.training_record_id)
    if record is not None:
        unit.put(msgspec.structs.replace(record, withdrawn_by_school=True))
    lose_mentees(unit, moment, placement)
    return save_placement(unit, moment, msgspec.structs.replace(placement, induction_status="withdrawn"))


def assign_mentor(unit: Unit, moment: Moment, placement: Placement, mentor_id: str | None) -> Placement:
    """Say who mentors an ECT; None for nobody. Raises Impossible."""
    record = unit.get(TrainingRecord, placement.training_record_id)
    _check_mentor(unit, record.participant_type if record else "ect", mentor_id)
    mark_mentor_assigned(unit, moment, mentor_id)
    return succeed(unit, moment, placement, moment.rules.training.mentored(placement, mentor_id))


def change_details(
    unit: Unit, moment: Moment, person: Participant, *, full_name: str | None = None, email: str | None = None
) -> Participant:
    """Correct someone's name or address; the address for all training that has not ended."""
    unit.put(msgspec.structs.replace(person, full_name=full_name or person.full_name, email=email or person.email))
    mark_updated(unit, moment, person.id)
    if email is not None:
        mark_identity_updated(unit, moment, person.id)
        for placement in unit.find(Placement, participant_id=person.id):
            if placement.ends_at is None or placement.ends_at > moment.now:
                succeed(unit, moment, placement, msgspec.structs.replace(placement, email=email))
    changed = unit.get(Participant, person.id)
    assert changed is not None
    return changed


def choose_programme(unit: Unit, moment: Moment, school: School, cohort: str, programme: str) -> School:
    """Tell the DfE which programme the school has for a cohort. Raises Impossible."""
    if programme not in PROGRAMMES:
        raise Impossible(f"there is no programme {programme!r}: choose one of {', '.join(PROGRAMMES)}")
    chosen = msgspec.structs.replace(school, programmes=school.programmes | {cohort: programme})
    if school.programmes.get(cohort) != programme:
        _begin_otherwise(unit, moment, school, cohort, programme)
    return mark_programme_changed(unit, moment, chosen, cohort)


def _begin_otherwise(unit: Unit, moment: Moment, school: School, cohort: str, programme: str) -> None:
    """Have whoever trains at a school in a cohort begin anew with no provider, where that follows."""
    trains_otherwise = moment.rules.consequences.trains_otherwise
    for placement in unit.find(Placement, school_id=school.id):
        if placement.cohort == cohort and trains_otherwise(placement, programme, moment.now):
            otherwise = msgspec.structs.replace(placement, partnership_id=None, lead_provider_id=None)
            succeed(unit, moment, placement, otherwise)


def challenge(unit: Unit, moment: Moment, partnership: Partnership, reason: str) -> Partnership:
    """Challenge a partnership: everyone placed through it vanishes from the provider's view. Raises Impossible.

    Challenged again, it is so for the newer reason, since then.
    """
    if reason not in CHALLENGES:
        raise Impossible(f"{reason!r} is no reason to challenge: give one of {', '.join(CHALLENGES)}")
    school = unit.get(School, partnership.school_id)
    if school is not None and moment.rules.consequences.says_nobody_trains(reason):
        programmes = school.programmes | {partnership.cohort: "no_early_career_teachers"}
        unit.put(msgspec.structs.replace(school, programmes=programmes))
    after = moment.rules.partnerships.challenged(partnership, reason, moment.now)
    unit.put(after)
    mark_partnership_changed(unit, moment, after)
    return after


def _participant(unit: Unit, moment: Moment, registration: Registration) -> Participant:
    """The person registered: new, or known already and not yet trained as this."""
    known = unit.get(Participant, registration.participant_id) if registration.participant_id else None
    if known is None:
        known = Participant(
            id=registration.participant_id or moment.new_id(),
            full_name=registration.full_name,
            email=registration.email,
            trn=registration.trn,
            created_at=moment.now,
            updated_at=moment.now,
            identity_updated_at=moment.now,
        )
    records = unit.find(TrainingRecord, participant_id=known.id)
    if any(record.participant_type == registration.participant_type for record in records):
        raise Impossible(f"{known.full_name} ({known.id}) is registered as {registration.participant_type} already")
    participant = msgspec.structs.replace(known, trn=known.trn or registration.trn, updated_at=moment.now)
    unit.put(participant)
    return participant


def _check_mentor(reader: Reader, participant_type: ParticipantType, mentor_id: str | None) -> None:
    """Only ECTs have mentors, and only people registered as mentors are some. Raises Impossible."""
    if mentor_id is None:
        return
    if participant_type == "mentor":
        raise Impossible("a mentor has no mentor")
    if not any(r.participant_type == "mentor" for r in reader.find(TrainingRecord, participant_id=mentor_id)):
        raise Impossible(f"participant {mentor_id} is not registered as a mentor")


def _partnership_kept(
    unit: Unit, moment: Moment, current: Placement, school: School, own: Partnership | None
) -> Partnership | None:
    """The partnership through which someone keeps their provider, and its delivery partner, at another school."""
    before = unit.get(Partnership, current.partnership_id) if current.partnership_id else None
    if before is None:
        return own
    there = unit.find(Partnership, school_id=school.id, cohort=before.cohort)
    alike = [p for p in there if p.challenged_at is None and _delivers_alike(p, before)]
    if alike:
        return min(alike, key=lambda partnership: partnership.relationship)
    extra = Partnership(
        id=moment.new_id(),
        school_id=school.id,
        cohort=before.cohort,
        lead_provider_id=before.lead_provider_id,
        delivery_partner_id=before.delivery_partner_id,
        relationship=True,
        created_at=moment.now,
        updated_at=moment.now,
    )
    unit.put(extra)
    mark_partnership_changed(unit, moment, extra)
    return extra


def _delivers_alike(one: Partnership, other: Partnership) -> bool:
    """True for two partnerships of one provider with one delivery partner."""
    return (one.lead_provider_id, one.delivery_partner_id) == (other.lead_provider_id, other.delivery_partner_id)


def _first_day(moment: Moment, schedule: Schedule) -> date:
    """The day from which somebody is there of whom nobody says since when."""
    milestones = moment.rules.declarations.milestones(schedule)
    return milestones[0].starts if milestones else moment.today
