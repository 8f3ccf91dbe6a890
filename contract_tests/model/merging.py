"""Two ids of one person: the DfE retires one, and all that was under it is found under the other."""

from __future__ import annotations

from contract_tests.model.records import IdChange, Person, Training
from contract_tests.model.register import Register


def retire(register: Register, retired: Person, remaining: Person) -> None:
    """All that was somebody's is somebody else's."""
    now = register.now
    for training in register.trainings:
        if training.person is retired:
            training.person = remaining
        renamed = [each for each in training.placements if each.mentor is retired]
        for placement in renamed:
            placement.mentor = remaining
        if renamed and not register.deployed:
            training.person.updated = now
    for declaration in register.declarations:
        if declaration.mentor_id == retired.id and not register.deployed:
            declaration.mentor_id, declaration.updated = remaining.id, now
        if declaration.person is retired:
            declaration.person, declaration.updated = remaining, now
    register.id_changes.append(IdChange(retired.id, remaining.id, now))
    register.people.remove(retired)
    remaining.readdressed = remaining.updated = now


def both_declared(register: Register, one: Person, other: Person) -> bool:
    """True where both have a milestone declared that only one person can have."""
    declared = [
        {(each.course, each.type) for each in register.declarations if each.person is person and each.live}
        for person in (one, other)
    ]
    return bool(declared[0] & declared[1])


def older_record(register: Register, training: Training) -> Person | None:
    """Who somebody turns out to be, by their TRN, once the service has validated them."""
    person = training.person
    if not register.deployed or person.trn is None or not training.validated:
        return None
    known = [each for each in register.people if each.trn == person.trn and knows_trn(register, each)]
    oldest = min(known, key=lambda each: each.created)
    return None if oldest is person else oldest


def knows_trn(register: Register, person: Person) -> bool:
    """True of whoever's TRN the DfE has found."""
    return any(training.validated for training in register.trainings_of(person))


def same_person(register: Register, training: Training) -> None:
    """Somebody who was validated may turn out to be registered before."""
    older = older_record(register, training)
    if older is not None:
        retire(register, training.person, older)
