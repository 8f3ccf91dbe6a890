"""What schools do: register people, say who mentors whom, report who leaves, choose providers and programmes."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from sandbox.actors.impossible import Impossible
from sandbox.editions.register.actions.call import Moment
from sandbox.editions.register.actions.marking import (
    delete_training,
    mark_mentor,
    mark_teacher,
    save_mentorship,
    save_teacher,
    save_training,
)
from sandbox.editions.register.actions.people import ROLES, school_periods_of, trainings_in, trainings_of
from sandbox.editions.register.actors.eligibility import become_eligible
from sandbox.editions.register.actors.leaving import (
    delete_school_period,
    end_mentorship,
    end_school_period,
    end_training,
)
from sandbox.editions.register.actors.placing import begin_training, led_by, train_with
from sandbox.editions.register.rules.days import DAY
from sandbox.editions.register.rules.placing import earlier
from sandbox.model import (
    Declaration,
    LeadProvider,
    Mentorship,
    ParticipantType,
    School,
    SchoolPeriod,
    Teacher,
    TeacherRole,
    TrainingPeriod,
)
from sandbox.model.register import Programme, WorkingPattern
from sandbox.store.protocol import Reader, Unit


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """What a school tells of someone. Without a provider, or school-led, nobody trains them for now.

    `as_well` is for a mentor who stays at other schools; `mentee` is the ECT that a mentor is registered for.
    """

    role: ParticipantType
    starts_on: date
    email: str | None
    provider: LeadProvider | None
    programme: Programme = "provider_led"
    working_pattern: WorkingPattern = "full_time"
    as_well: bool = False
    mentee: SchoolPeriod | None = None


def new_teacher(unit: Unit, moment: Moment, name: str, trn: str | None, *ids: str) -> Teacher:
    """Someone who has not been known before. `ids` are theirs, and those of their two trainings, if they are chosen."""
    id, ect, mentor = ids if ids else (moment.new_id(), moment.new_id(), moment.new_id())
    teacher = Teacher(
        id=id,
        trs_name=name,
        trn=trn,
        ect=TeacherRole(record_id=ect),
        mentor=TeacherRole(record_id=mentor),
        created_at=moment.now,
        updated_at=moment.now,
    )
    unit.put(teacher)
    return teacher


def register(unit: Unit, moment: Moment, teacher: Teacher, school: School, registration: Registration) -> SchoolPeriod:
    """Have someone begin at a school, as an ECT or as a mentor, and train there. Raises Impossible."""
    _leave_others(unit, moment, teacher, school, registration)
    period = SchoolPeriod(
        id=moment.new_id(),
        teacher_id=teacher.id,
        role=registration.role,
        school_id=school.id,
        email=registration.email,
        starts_on=registration.starts_on,
        working_pattern=registration.working_pattern if registration.role == "ect" else None,
        created_at=moment.now,
    )
    unit.put(period)
    mark_teacher(unit, moment, teacher.id)
    if registration.role == "mentor":
        mark_mentor(unit, moment, teacher.id)
        if registration.mentee is not None:
            assign_mentor(unit, moment, registration.mentee, period)
        if registration.programme == "provider_led" and registration.provider is not None:
            trained = train_mentor(unit, moment, period, registration.provider, registration.starts_on)
            if trained is not None:
                become_eligible(unit, moment, teacher.id, "mentor")
    elif registration.programme == "school_led":
        train_at_school(unit, moment, period, max(registration.starts_on, moment.today))
    elif registration.provider is not None:
        first_day = max(registration.starts_on, moment.today)
        begin_training(unit, moment, period, registration.provider, first_day)
    return period


def _leave_others(unit: Unit, moment: Moment, teacher: Teacher, school: School, registration: Registration) -> None:
    """Have someone leave, the day before, where they are until then."""
    for period in school_periods_of(unit, teacher.id, registration.role):
        if period.ends_on is not None and period.ends_on < registration.starts_on:
            continue
        if period.school_id == school.id and period.ends_on is None:
            raise Impossible(f"{teacher.full_name} is at {school.name} already")
        if registration.role == "ect" or not registration.as_well:
            end_school_period(unit, moment, period, registration.starts_on - DAY)


def train_mentor(
    unit: Unit, moment: Moment, period: SchoolPeriod, provider: LeadProvider, starts_on: date
) -> TrainingPeriod | None:
    """Have a mentor trained who may be funded and is at no other school."""
    teacher = unit.get(Teacher, period.teacher_id)
    assert teacher is not None
    others = (each for each in school_periods_of(unit, teacher.id, "mentor") if each.id != period.id)
    if teacher.mentor.ineligible_from is not None or any(each.runs_after(starts_on) for each in others):
        return None
    return begin_training(unit, moment, period, provider, starts_on)


def train_at_school(unit: Unit, moment: Moment, period: SchoolPeriod, starts_on: date) -> TrainingPeriod:
    """Have an ECT trained by the school itself."""
    return save_training(
        unit,
        moment,
        TrainingPeriod(
            id=moment.new_id(),
            school_period_id=period.id,
            teacher_id=period.teacher_id,
            role="ect",
            school_id=period.school_id,
            programme="school_led",
            starts_on=starts_on,
            ends_on=period.ends_on,
            created_at=moment.now,
            moved_at=moment.now,
        ),
    )


def assign_mentor(unit: Unit, moment: Moment, ect: SchoolPeriod, mentor: SchoolPeriod) -> Mentorship:
    """Have an ECT mentored by someone of the same school, from today or from when both are there. Raises Impossible."""
    if ect.school_id != mentor.school_id or ect.teacher_id == mentor.teacher_id:
        raise Impossible("an ECT is mentored by somebody else, who is registered as a mentor at the same school")
    starts_on = max(ect.starts_on, mentor.starts_on, moment.today)
    for earlier_one in unit.find(Mentorship, ect_period_id=ect.id):
        if earlier_one.starts_on >= starts_on:
            end_mentorship(unit, moment, earlier_one, earlier_one.starts_on)
        elif earlier_one.ends_on is None or earlier_one.ends_on >= starts_on:
            ended = replace(earlier_one, ends_on=starts_on - DAY, changed_at=moment.now)
            save_mentorship(unit, moment, ended)
    ends = [day for day in (ect.ends_on, mentor.ends_on) if day is not None]
    mentorship = Mentorship(
        id=moment.new_id(),
        ect_period_id=ect.id,
        ect_id=ect.teacher_id,
        mentor_period_id=mentor.id,
        mentor_id=mentor.teacher_id,
        starts_on=starts_on,
        ends_on=min(ends, default=None),
        created_at=moment.now,
        changed_at=moment.now,
    )
    return save_mentorship(unit, moment, mentorship)


def train_first_time(unit: Unit, moment: Moment, ect: SchoolPeriod, mentor: SchoolPeriod) -> None:
    """Have an ECT's mentor, who has never been trained, trained by the provider that trains the ECT."""
    led = earlier(trainings_in(unit, ect))
    provider_id = (led.lead_provider_id or led.interest_id) if led is not None else None
    provider = unit.get(LeadProvider, provider_id) if provider_id else None
    if provider is not None and not trainings_of(unit, mentor.teacher_id, "mentor"):
        train_mentor(unit, moment, mentor, provider, max(mentor.starts_on, moment.today))


def change_provider(unit: Unit, moment: Moment, training: TrainingPeriod, provider: LeadProvider) -> TrainingPeriod:
    """Have someone trained by another provider: what has not begun is changed, what was only hoped for replaced.

    Raises Impossible.
    """
    if training.programme == "school_led":
        raise Impossible("the school trains them itself: have it choose a provider-led programme")
    period = unit.get(SchoolPeriod, training.school_period_id)
    assert period is not None
    if training.starts_on >= moment.today:
        return save_training(unit, moment, led_by(unit, training, provider))
    _must_stay(moment, period)
    if training.partnership_id is None:
        delete_training(unit, moment, training)
    else:
        end_training(unit, moment, training, moment.today - DAY)
    return train_with(unit, moment, training, period, provider, moment.today)


def change_programme(
    unit: Unit, moment: Moment, period: SchoolPeriod, programme: Programme, provider: LeadProvider | None
) -> TrainingPeriod | None:
    """Have an ECT trained by the school from today on, or by a provider. Raises Impossible."""
    current = next(reversed(trainings_in(unit, period)), None)
    if current is None:
        raise Impossible("nobody trains them there")
    if current.programme == programme:
        raise Impossible(f"they are trained {programme.replace('_', '-')} already")
    _must_stay(moment, period)
    before = earlier(trainings_of(unit, period.teacher_id, "ect"))
    only_hoped_for = current.programme == "provider_led" and current.partnership_id is None
    if current.starts_on >= moment.today or only_hoped_for:
        delete_training(unit, moment, current)
    else:
        end_training(unit, moment, current, moment.today - DAY)
    starts_on = max(period.starts_on, moment.today)
    if programme == "school_led":
        return train_at_school(unit, moment, period, starts_on)
    if provider is None:
        raise Impossible("provider-led training needs a provider")
    if before is not None:
        begun: TrainingPeriod | None = train_with(unit, moment, before, period, provider, starts_on)
    else:
        begun = begin_training(unit, moment, period, provider, starts_on)
    for mentorship in unit.find(Mentorship, ect_period_id=period.id):
        mentor = unit.get(SchoolPeriod, mentorship.mentor_period_id)
        if mentor is not None and (mentorship.ends_on is None or mentorship.ends_on >= moment.today):
            train_first_time(unit, moment, period, mentor)
    return begun


def _must_stay(moment: Moment, period: SchoolPeriod) -> None:
    if not period.runs_after(moment.today):
        raise Impossible(f"they are at the school no longer: their last day was, or is, {period.ends_on}")


def undo_registration(unit: Unit, moment: Moment, period: SchoolPeriod) -> None:
    """Have a registration never have been; where something was declared that counts, it ends today instead."""
    states = {
        declaration.state
        for training in trainings_in(unit, period)
        for declaration in unit.find(Declaration, training_period_id=training.id)
    }
    if states - {"submitted", "voided"}:
        end_school_period(unit, moment, period, moment.today)
    else:
        delete_school_period(unit, moment, period)


def change_details(
    unit: Unit,
    moment: Moment,
    teacher: Teacher,
    *,
    full_name: str | None = None,
    email: str | None = None,
    working_pattern: WorkingPattern | None = None,
) -> Teacher:
    """Correct someone's name, address or working pattern: of these two, where they are now, or were last."""
    if full_name is not None:
        teacher = save_teacher(unit, moment, replace(teacher, corrected_name=full_name, mentor_updated_at=moment.now))
    as_ect = present_period(unit, moment, teacher, "ect")
    if working_pattern is not None and as_ect is not None:
        unit.put(replace(as_ect, working_pattern=working_pattern))
    there = _present_stay(unit, moment, teacher)
    if email is not None and there is not None:
        unit.put(replace(there, email=email))
        mark_teacher(unit, moment, teacher.id)
        if there.role == "mentor":
            mark_mentor(unit, moment, teacher.id)
    return teacher


def _present_stay(reader: Reader, moment: Moment, teacher: Teacher) -> SchoolPeriod | None:
    """Where someone is now, as an ECT if they are both, or was last."""
    stays = [stay for role in ROLES if (stay := present_period(reader, moment, teacher, role)) is not None]
    now = (stay for stay in stays if stay.starts_on <= moment.today and stay.runs_after(moment.today))
    return next(now, max(stays, key=lambda stay: stay.starts_on, default=None))


def present_period(reader: Reader, moment: Moment, teacher: Teacher, role: ParticipantType) -> SchoolPeriod | None:
    """Where someone is now in a role, or was last."""
    periods = school_periods_of(reader, teacher.id, role)
    now = [each for each in periods if each.starts_on <= moment.today and each.runs_after(moment.today)]
    return next(reversed(now or periods), None)
