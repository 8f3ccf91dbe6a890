"""What schools do, and what it makes of what is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from contract_tests.register.model.known import Known, year_of
from contract_tests.register.model.records import (
    DAY,
    Mentorship,
    Person,
    Programme,
    Provider,
    Role,
    School,
    Stay,
    Training,
    day_of,
)

AFTER_FROZEN: Final = ("2024", "ecf-extended-september")
AS_THAT_BEGINS: Final = date(2024, 6, 1)


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What a school tells of somebody who begins there."""

    role: Role
    school: School
    starts: date
    email: str | None
    provider: Provider | None
    programme: Programme = "provider_led"
    pattern: str = "full_time"
    mentee: Stay | None = None
    as_well: bool = False


def register(known: Known, person: Person, told: Registration) -> Stay:
    """Somebody begins at a school."""
    _leave_others(known, person, told)
    pattern = told.pattern if told.role == "ect" else None
    stay = Stay(person, told.role, told.school, told.email, told.starts, None, pattern, known.now)
    known.stays.append(stay)
    known.touch(person)
    if told.role == "mentor":
        person.mentor_updated = known.now
        if told.mentee is not None:
            assign_mentor(known, told.mentee, stay)
        if told.programme == "provider_led" and told.provider is not None:
            trained = _train_mentor(known, stay, told.provider, told.starts)
            if trained is not None:
                become_eligible(known, person, "mentor")
    elif told.programme == "school_led":
        _train_at_school(known, stay, max(told.starts, known.today))
    elif told.provider is not None:
        _begin(known, stay, told.provider, max(told.starts, known.today))
    return stay


def _leave_others(known: Known, person: Person, told: Registration) -> None:
    if told.role == "mentor" and told.as_well:
        return
    for stay in known.stays_of(person, told.role):
        if stay.ends is None or stay.ends >= told.starts:
            leave(known, stay, told.starts - DAY)


def _train_mentor(known: Known, stay: Stay, provider: Provider, starts: date) -> Training | None:
    """A mentor is trained who may be funded and mentors nowhere else."""
    elsewhere = (each for each in known.stays_of(stay.person, "mentor") if each is not stay)
    if stay.person.funding["mentor"].ineligible_from or any(each.goes_on_after(starts) for each in elsewhere):
        return None
    return _begin(known, stay, provider, starts)


def _train_at_school(known: Known, stay: Stay, starts: date) -> None:
    about = (stay, "school_led", None, None, None, None, starts, stay.ends, known.now, known.now)
    known.trainings.append(made := Training(*about))  # type: ignore[arg-type]
    known.changed(made)


def _before(known: Known, person: Person, role: Role) -> Training | None:
    """The last training with a provider, from which cohort and schedule are kept."""
    led = [each for each in known.trainings_of(person, role) if each.programme == "provider_led"]
    return led[-1] if led else None


def _begin(known: Known, stay: Stay, provider: Provider, starts: date) -> Training | None:
    before = _before(known, stay.person, stay.role)
    if before is not None and before.cohort in known.frozen:
        return _train(known, stay, provider, *AFTER_FROZEN, max(starts, AS_THAT_BEGINS)) if stay.role == "ect" else None
    if before is not None:
        return _train(known, stay, provider, str(before.cohort), str(before.schedule), starts)
    cohort = max(year_of(known.today), year_of(max(known.today, starts)))
    kind = "replacement" if stay.role == "mentor" and _replaces(known, stay) else "standard"
    return _train(known, stay, provider, cohort, f"ecf-{kind}-{_season(max(starts, known.today))}", starts)


def _train(known: Known, stay: Stay, provider: Provider, cohort: str, schedule: str, starts: date) -> Training:
    partnership = known.partnership_with(stay.school, cohort, provider)
    named = None if partnership else provider
    times = (starts, stay.ends, known.now, known.now)
    known.trainings.append(made := Training(stay, "provider_led", named, partnership, cohort, schedule, *times))
    known.changed(made)
    return made


def _season(day: date) -> str:
    return "september" if 6 <= day.month <= 10 else "april" if 3 <= day.month <= 5 else "january"


def _replaces(known: Known, stay: Stay) -> bool:
    """True for a mentor whose ECT had another, of whom something was declared in that time."""
    ects = {each.ect for each in known.mentorships if each.mentor is stay}
    others = [each for each in known.mentorships if each.ect in ects and each.mentor.person is not stay.person]
    return any(
        other.starts <= day_of(declared.dated) and (other.ends is None or day_of(declared.dated) <= other.ends)
        for other in others
        for declared in known.declared_of(other.mentor.person, "mentor")
        if declared.state != "voided"
    )


def become_eligible(known: Known, person: Person, role: Role) -> None:
    """Somebody may be funded from now on, unless what was declared can join no statement any more."""
    waiting = [each for each in known.declared_of(person, role) if each.state == "submitted"]
    due = [known.next_due(each.provider, each.cohort) for each in waiting]
    if person.funding[role].eligible_since or None in due:
        return
    for declaration, statement in zip(waiting, due, strict=True):
        declaration.state, declaration.statement, declaration.updated = "eligible", statement, known.now
    person.funding[role].eligible_since = known.now
    known.touch(person)


def leave(known: Known, stay: Stay, on: date) -> None:
    """Somebody is at a school until a day; what was to begin then or later does not."""
    for training in known.trainings_in(stay):
        if training.starts >= on:
            drop(known, training)
        else:
            end(known, training, on)
    for mentorship in [each for each in known.mentorships if stay in (each.ect, each.mentor)]:
        _end_mentorship(known, mentorship, on)
    if stay.starts >= on:
        vanish(known, stay)
    elif stay.goes_on_after(on):
        stay.ends = on


def end(known: Known, training: Training, on: date) -> None:
    """A training ends on a day, unless it has before."""
    if training.ends is None or training.ends > on:
        training.ends, training.moved = on, known.now
        known.changed(training)


def drop(known: Known, training: Training) -> None:
    """A training never was."""
    known.trainings.remove(training)
    known.changed(training)


def vanish(known: Known, stay: Stay) -> None:
    """Somebody never was at a school."""
    theirs = known.trainings_in(stay)
    known.declarations = [each for each in known.declarations if each.training not in theirs]
    for training in theirs:
        drop(known, training)
    for mentorship in [each for each in known.mentorships if stay in (each.ect, each.mentor)]:
        _change_mentors(known, mentorship.ect, without=mentorship)
    known.stays.remove(stay)
    known.touch(stay.person)
    known.refresh(stay.school)


def _end_mentorship(known: Known, mentorship: Mentorship, on: date) -> None:
    if mentorship.starts >= on:
        _change_mentors(known, mentorship.ect, without=mentorship)
    elif mentorship.ends is None or mentorship.ends > on:
        _end(known, mentorship, on)


def _end(known: Known, mentorship: Mentorship, on: date) -> None:
    before = known.mentorship_shown(mentorship.ect)
    mentorship.ends = on
    _touch_if_other(known, mentorship.ect, before)


def _change_mentors(
    known: Known, ect: Stay, *, without: Mentorship | None = None, having: Mentorship | None = None
) -> None:
    before = known.mentorship_shown(ect)
    if without is not None:
        known.mentorships.remove(without)
    if having is not None:
        known.mentorships.append(having)
    _touch_if_other(known, ect, before)


def _touch_if_other(known: Known, ect: Stay, before: Mentorship | None) -> None:
    """An ECT changes when another mentor is shown of them than before."""
    after = known.mentorship_shown(ect)
    if (before and before.mentor) is not (after and after.mentor):
        known.touch(ect.person)


def assign_mentor(known: Known, ect: Stay, mentor: Stay) -> None:
    """An ECT has another mentor, from today or from when both are there; one that has not begun goes."""
    starts = max(ect.starts, mentor.starts, known.today)
    for other in [each for each in known.mentorships if each.ect is ect]:
        if other.starts >= starts:
            _change_mentors(known, ect, without=other)
        elif other.ends is None or other.ends >= starts:  # be it one of a single day
            _end(known, other, starts - DAY)
    ends = [day for day in (ect.ends, mentor.ends) if day is not None]
    made = Mentorship(ect, mentor, starts, min(ends, default=None), known.now)
    _change_mentors(known, ect, having=made)


def train_first_time(known: Known, ect: Stay, mentor: Stay) -> None:
    """A mentor who has never been trained is, by the provider that trains the ECT."""
    led = [each for each in known.trainings_in(ect) if each.programme == "provider_led"]
    provider = (led[-1].provider or led[-1].named) if led else None
    if provider and not known.trainings_of(mentor.person, "mentor"):
        _train_mentor(known, mentor, provider, max(mentor.starts, known.today))


def change_provider(known: Known, training: Training, provider: Provider) -> None:
    """Another provider trains somebody: what has not begun is changed itself, what was only hoped for goes."""
    if training.starts >= known.today:
        partnership = known.partnership_with(training.stay.school, str(training.cohort), provider)
        training.partnership, training.named = partnership, None if partnership else provider
        known.changed(training)
        return
    if training.partnership is None:
        drop(known, training)
    else:
        end(known, training, known.today - DAY)
    _train_after(known, training, training.stay, provider, known.today)


def _train_after(known: Known, before: Training, stay: Stay, provider: Provider, starts: date) -> None:
    """In the cohort and on the schedule of the one before: an ECT comes out of a frozen cohort."""
    if before.cohort in known.frozen and stay.role == "ect":
        stay.person.funding["ect"].frozen = before.cohort
        known.touch(stay.person)
        _train(known, stay, provider, *AFTER_FROZEN, max(starts, AS_THAT_BEGINS))
        return
    _train(known, stay, provider, str(before.cohort), str(before.schedule), starts)


def change_programme(known: Known, stay: Stay, programme: Programme, provider: Provider | None) -> None:
    """An ECT is trained by the school from today on, or by a provider again."""
    current = known.trainings_in(stay)[-1]
    before = _before(known, stay.person, "ect")
    hoped = current.programme == "provider_led" and current.partnership is None
    if current.starts >= known.today or hoped:
        drop(known, current)
    else:
        end(known, current, known.today - DAY)
    starts = max(stay.starts, known.today)
    if programme == "school_led":
        _train_at_school(known, stay, starts)
        return
    assert provider is not None
    if before is not None:
        _train_after(known, before, stay, provider, starts)
    else:
        _begin(known, stay, provider, starts)
    for mentorship in known.mentorships:
        if mentorship.ect is stay and (mentorship.ends is None or mentorship.ends >= known.today):
            train_first_time(known, stay, mentorship.mentor)


def undo(known: Known, stay: Stay) -> None:
    """A registration never was; or ends today, where something counts that was declared."""
    theirs = known.trainings_in(stay)
    if any(each.training in theirs and each.state not in ("submitted", "voided") for each in known.declarations):
        leave(known, stay, known.today)
    else:
        vanish(known, stay)


def change_details(
    known: Known, person: Person, *, name: str | None = None, email: str | None = None, pattern: str | None = None
) -> None:
    """A name is corrected, or an address or a working pattern where somebody is now."""
    if name:
        person.name, person.mentor_updated = name, known.now
        known.touch(person)
    ect, mentor = known.present(person, "ect"), known.present(person, "mentor")
    if pattern and ect:
        ect.pattern = pattern
    stays = [each for each in (ect, mentor) if each]
    now = [each for each in stays if each.starts <= known.today and each.goes_on_after(known.today)]
    if email and stays:
        there = now[0] if now else max(stays, key=lambda each: each.starts)
        there.email = email
        known.touch(person)
        if there.role == "mentor":
            person.mentor_updated = known.now
