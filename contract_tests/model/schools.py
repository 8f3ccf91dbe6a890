"""What schools do: register, name mentors, report who comes and goes, choose a programme, challenge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contract_tests.model.dfe import validate
from contract_tests.model.records import Partnership, Person, Placement, Schedule, School, Training, newest_first
from contract_tests.model.register import Register
from contract_tests.model.training import lose_mentees

FIRST_SCHEDULE = "ecf-standard-september"


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Whom a school registers, under which ids; `person` is whoever was registered before as something else."""

    id: str
    training_id: str
    role: str
    full_name: str
    email: str
    trn: str | None
    school: School
    cohort: str
    validation: str
    starts_on: date | None = None
    mentor: Person | None = None
    person: Person | None = None


def enrol(register: Register, newcomer: Newcomer) -> Training:
    """Somebody is registered, and the DfE finds out at once what it does."""
    now, school = register.now, newcomer.school
    person = newcomer.person
    if person is None:
        told = (newcomer.id, newcomer.full_name, newcomer.email, newcomer.trn)
        person = Person(*told, created=now, updated=now, addressed=now)
        register.people.append(person)
    schedule = Schedule(FIRST_SCHEDULE, newcomer.cohort)
    training = Training(
        id=newcomer.training_id,
        person=person,
        registered_as=person.id,
        role=newcomer.role,
        schedule=schedule,
        pupil_premium=school.pupil_premium,
        sparsity=school.sparsity,
        created=now,
        updated=now,
    )
    first_day = next(iter(register.milestones(schedule).values())).starts
    placement = Placement(
        training=training,
        school=school,
        partnership=register.standing(school, newcomer.cohort),
        cohort=newcomer.cohort,
        schedule=schedule,
        starts_on=newcomer.starts_on or first_day,
        email=newcomer.email,
        mentor=newcomer.mentor,
        created=now,
        updated=now,
    )
    training.placements.append(placement)
    register.trainings.append(training)
    register.touch(training)
    if register.deployed and newcomer.mentor is not None:
        _come_out(register, newcomer.mentor, newcomer.cohort)
    if newcomer.validation != "none":
        validate(register, training, newcomer.validation)
    return training


def _come_out(register: Register, mentor: Person, cohort: str) -> None:
    """A mentor in a closed cohort trains on in that of the ECT who is registered with them."""
    theirs = (each for each in register.trainings if each.person is mentor and each.role == "mentor")
    placements = newest_first([placement for training in theirs for placement in training.placements])
    if not placements or not register.is_closed(placements[0].cohort) or register.is_closed(cohort):
        return
    placement = placements[0]
    through = register.standing(placement.school, cohort)
    target = Schedule(placement.schedule.identifier, cohort)
    if through is None or not register.milestones(target):
        return
    placement.training.schedule = target
    register.succeed(placement, schedule=target, cohort=cohort, partnership=through)
    register.touch(placement.training)


def assign_mentor(register: Register, training: Training, mentor: Person | None) -> None:
    """Who mentors somebody where they are; the service forgets then that they are leaving, but for the day."""
    if register.deployed and mentor is not None:
        mentor.updated = register.now
    placement = training.newest
    forgets = register.deployed and placement.view == "leaving"
    register.succeed(placement, mentor=mentor, view="active" if forgets else placement.view)


def leave(register: Register, training: Training, on: date, school: School | None = None) -> None:
    """Somebody's last day at a school, or where they have been for longest."""
    leaving = who_leaves(training, school)
    leaving.ends_on, leaving.ended_at, leaving.view = on, None, "leaving"
    register.touch_placement(leaving)


def who_leaves(training: Training, school: School | None = None) -> Placement:
    """The placement that is left, at this school or where they have been for longest."""
    there = newest_first([each for each in training.placements if school in (None, each.school)])
    staying = [each for each in there if each.ends_on is None and each.view != "withdrawn"]
    return min(staying or there[:1], key=lambda each: (each.starts_on, each.created))


def join(
    register: Register,
    training: Training,
    school: School,
    on: date,
    *,
    keeps_provider: bool = False,
    email: str | None = None,
    mentor: Person | None = None,
) -> Placement:
    """Somebody's first day at another school: through its partnership, or one made so that they keep their provider."""
    current, now = training.newest, register.now
    partnership = register.standing(school, current.cohort)
    if keeps_provider and current.partnership is not None:
        partnership = _kept(register, current.partnership, school)
    known = training.placements[0 if register.deployed else -1].email
    joining = Placement(
        training=training,
        school=school,
        partnership=partnership,
        cohort=current.cohort,
        schedule=current.schedule,
        starts_on=on,
        email=email or known,
        mentor=mentor,
        transfer=True,
        created=now,
        updated=now,
    )
    training.withdrawn_by_school = False
    if register.deployed and current.stays:
        current.ends_on, current.ended_at, current.view = on, None, "leaving"
        register.touch_placement(current)
    if on <= register.today:
        lose_mentees(register, current)
    training.placements.append(joining)
    register.touch_placement(joining)
    return joining


def _kept(register: Register, before: Partnership, school: School) -> Partnership:
    alike = [
        each
        for each in register.partnerships
        if (each.school, each.cohort, each.provider, each.partner)
        == (school, before.cohort, before.provider, before.partner)
        and each.stands
    ]
    if alike:
        return min(alike, key=lambda each: each.relationship)
    extra = Partnership(
        id="",
        school=school,
        cohort=before.cohort,
        provider=before.provider,
        partner=before.partner,
        relationship=True,
        created=register.now,
        updated=register.now,
    )
    register.partnerships.append(extra)
    register.touch_partnership(extra)
    return extra


def withdraw(register: Register, training: Training) -> None:
    """Somebody is no longer in training at their school."""
    placement = training.newest
    training.withdrawn_by_school = True
    lose_mentees(register, placement)
    placement.view = "withdrawn"
    register.touch_placement(placement)


def change_details(register: Register, person: Person, *, full_name: str | None, email: str | None) -> None:
    """A new name or address; the address for all training that goes on."""
    person.full_name, person.email, person.updated = full_name or person.full_name, email or person.email, register.now
    if email is not None:
        person.readdressed = register.now
        for training in register.trainings_of(person):
            for placement in list(training.placements):
                if placement.ends_at is None or placement.ends_at > register.now:
                    register.succeed(placement, email=email)


def choose_programme(register: Register, school: School, cohort: str, programme: str) -> None:
    """How a school trains its people of a cohort; in the service whoever trains there begins anew with nobody."""
    if register.deployed and school.programmes.get(cohort) != programme:
        for training in register.trainings:
            for placement in list(training.placements):
                if placement.school is school and placement.cohort == cohort:
                    _train_otherwise(register, placement, programme)
    school.programmes[cohort] = programme
    if not register.deployed:
        school.updated = register.now
        return
    school.programmes_updated[cohort] = register.now
    for training in register.trainings:
        if (training.newest.school, training.newest.cohort) == (school, cohort):
            register.touch(training)


def _train_otherwise(register: Register, placement: Placement, programme: str) -> None:
    is_to_begin = programme == "school_led" and not placement.transfer
    if placement.stays and (placement.starts_at <= register.now or is_to_begin):
        register.succeed(placement, partnership=None)


def challenge(register: Register, partnership: Partnership, reason: str) -> None:
    """A school disowns a partnership."""
    if register.deployed and reason == "no_ects":
        partnership.school.programmes[partnership.cohort] = "no_early_career_teachers"
    partnership.challenged_reason, partnership.challenged_at = reason, register.now
    partnership.updated = register.now
    register.touch_partnership(partnership)
