"""What appropriate bodies and the DfE do, and what it makes of what is known."""

from __future__ import annotations

from datetime import date

from contract_tests.register.model import schools
from contract_tests.register.model.known import Known
from contract_tests.register.model.records import (
    Declaration,
    IdChange,
    Induction,
    Partner,
    Partnership,
    Person,
    Provider,
    School,
    Statement,
)


def claim(known: Known, person: Person, on: date) -> None:
    """An induction begins; if it covers today, an ECT may be funded."""
    person.inductions.append(Induction(on))
    known.touch(person)
    if on <= known.today and known.stays_of(person, "ect"):
        schools.become_eligible(known, person, "ect")


def close(known: Known, person: Person, on: date, outcome: str | None) -> None:
    """An induction ends; with an outcome the time at the school does today."""
    running = next(each for each in person.inductions if each.ends is None)
    running.ends, running.outcome = on, outcome
    known.touch(person)
    if outcome is None:
        return
    for stay in known.stays_of(person, "ect"):
        if stay.starts >= known.today:
            schools.vanish(known, stay)
        elif stay.ends is None:
            schools.leave(known, stay, known.today)


def exempt(known: Known, person: Person, on: date) -> None:
    """An ECT may not be funded from a day on."""
    person.funding["ect"].ineligible_from = on
    known.touch(person)


def unfund(known: Known, person: Person, on: date, reason: str) -> None:
    """A mentor may not be funded from a day on, and it is known why."""
    person.funding["mentor"].ineligible_from, person.reason = on, reason
    known.touch(person)


def partner_up(known: Known, made: Partnership) -> None:
    """A partnership begins: whom its provider was hoped for comes under it."""
    known.partnerships.append(made)
    for training in known.trainings:
        hoped = training.partnership is None and training.named is made.provider
        if hoped and (training.stay.school, training.cohort) == (made.school, made.cohort):
            training.partnership = made
            known.touch(training.person)
    known.refresh(made.school)


def change_partner(known: Known, partnership: Partnership, partner: Partner) -> None:
    """A partnership has another delivery partner: people change with it, and what was declared of training there is."""
    partnership.partner, partnership.updated = partner, known.now
    for training in known.trainings:
        if training.partnership is partnership:
            known.touch(training.person)
    for declaration in known.declarations:
        if declaration.training.partnership is partnership and declaration.training in known.trainings:
            declaration.updated = known.now


def relate(known: Known, provider: Provider, partner: Partner, cohort: str) -> None:
    """A provider works with a delivery partner in one more cohort."""
    partner.works_with.setdefault(provider, set()).add(cohort)
    partner.updated = known.now


def change_school(
    known: Known, school: School, *, name: str | None = None, tutor: tuple[str, str] | None = None
) -> None:
    """A school has another name or induction tutor; its partnerships show the tutor."""
    school.updated = known.now
    if name:
        school.name = name
    if tutor:
        school.tutor_name, school.tutor_email = tutor
        for partnership in known.partnerships:
            if partnership.school is school:
                partnership.updated = known.now


def pay(known: Known, statement: Statement) -> None:
    """A statement is paid, and what it takes back is taken back."""
    statement.state, statement.updated = "paid", known.now
    for declaration in held(known, statement):
        if declaration.state in ("payable", "awaiting-clawback"):
            declaration.state = "paid" if declaration.state == "payable" else "clawed-back"
            declaration.updated = known.now


def held(known: Known, statement: Statement) -> list[Declaration]:
    """What a statement pays, and what it takes back."""
    return [each for each in known.declarations if statement in (each.statement, each.clawback)]


def merge(known: Known, retired: Person, remaining: Person) -> None:
    """Two are one: all that there is of the first becomes the other's."""
    if known.stays_of(retired, "mentor"):
        remaining.mentor_updated = known.now
    for stay in known.stays_of(retired):
        stay.person = remaining
    for declaration in known.declarations:
        if declaration.person is retired:
            declaration.person = remaining
    remaining.inductions += retired.inductions
    known.people.remove(retired)
    known.id_changes.append(IdChange(retired.id, remaining, known.now))
    known.touch(remaining)
