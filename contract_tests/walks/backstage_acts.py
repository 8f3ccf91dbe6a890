"""What schools, the DfE and time do on a walk: asked of the control API, and noted as having happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from contract_tests.model import dfe, merging, schools
from contract_tests.model.records import Training
from contract_tests.walks.finding import Impossible, partnership_of, school_of, training_of
from contract_tests.walks.world import World


def _enrol(
    world: World,
    named: str,
    urn: str,
    cohort: str,
    role: str,
    full_name: str,
    email: str,
    validation: str,
    trn: str | None,
    starts_on: str | None = None,
    mentor: str | None = None,
    also: str | None = None,
) -> None:
    school = school_of(world, urn)
    known = training_of(world, also).person if also else None
    mentors = training_of(world, mentor).person if mentor else None
    asked: dict[str, Any] = {
        "participant_type": role,
        "cohort": cohort,
        "school_id": school.id,
        "full_name": full_name,
        "email": email,
        "validation": validation,
    }
    if known is not None:
        if any(each.role == role for each in world.register.trainings_of(known)):
            raise Impossible
        asked["participant_id"] = known.id
    elif trn is not None or validation == "contacted_for_information":
        asked["trn"] = trn
    if starts_on:
        asked["starts_on"] = starts_on
    if mentors:
        asked["mentor_id"] = mentors.id
    if _may_unite(world, known.trn if known else trn, validation):
        raise Impossible
    told = world.stage.act("POST", "/participants", **asked)["participant"]
    newcomer = schools.Newcomer(
        id=told["id"],
        training_id=told["training_record_id"],
        role=role,
        full_name=full_name,
        email=email,
        trn=known.trn if known else trn,
        school=school,
        cohort=cohort,
        validation=validation,
        starts_on=date.fromisoformat(starts_on) if starts_on else None,
        mentor=mentors,
        person=known,
    )
    world.trainings[named] = schools.enrol(world.register, newcomer)


def _may_unite(world: World, trn: str | None, validation: str) -> bool:
    """True of a second record that would become the first as it is registered, so that its own id is never told."""
    if not world.register.deployed or trn is None or validation in ("none", "contacted_for_information"):
        return False
    return any(each.trn == trn for each in world.register.people)


def _act(world: World, training: Training, what: str, **body: Any) -> None:
    """Have a school or the DfE do something about a training of somebody."""
    of_two = {"participant_type": training.role} if what not in ("mentor", "induction-end") else {}
    method = "PUT" if what == "induction-end" else "POST"
    world.stage.act(method, f"/participants/{_id_of_one(world, training)}/{what}", **body, **of_two)


def _id_of_one(world: World, training: Training) -> str:
    """The id under which this is meant of two trainings alike: the retired one that it went by, else the last begun.

    Raises Impossible where neither says it.
    """
    alike = [each for each in world.register.trainings_of(training.person) if each.role == training.role]
    is_last = training is max(alike, key=lambda each: each.created)
    if training.registered_as == training.person.id and not is_last:
        raise Impossible
    return training.registered_as if len(alike) > 1 else training.person.id


def _mentor(world: World, who: str, mentor: str | None) -> None:
    training = training_of(world, who)
    named = training_of(world, mentor).person if mentor else None
    if training.role != "ect":
        raise Impossible
    _act(world, training, "mentor", mentor_id=named.id if named else None)
    schools.assign_mentor(world.register, training, named)


def _leave(world: World, who: str, on: str, urn: str | None = None) -> None:
    training, day = training_of(world, who), date.fromisoformat(on)
    school = school_of(world, urn) if urn else None
    if school is not None and all(each.school is not school for each in training.placements):
        raise Impossible
    leaving = schools.who_leaves(training, school)
    joined_on = min(each.starts_on for each in training.placements if each.school is leaving.school)
    if day < joined_on and not leaving.transfer:
        raise Impossible
    _act(world, training, "leave", on=on, **({"school_id": school.id} if school else {}))
    schools.leave(world.register, training, day, school)


def _join(world: World, who: str, urn: str, on: str, keeps: bool, mentor: str | None, email: str | None) -> None:
    training, school = training_of(world, who), school_of(world, urn)
    if training.newest.school is school or (mentor and training.role == "mentor"):
        raise Impossible
    named = training_of(world, mentor).person if mentor else None
    asked: dict[str, Any] = {"school_id": school.id, "on": on, "keeps_provider": keeps}
    asked |= {"mentor_id": named.id} if named else {}
    asked |= {"email": email} if email else {}
    _act(world, training, "join", **asked)
    how: dict[str, Any] = {"keeps_provider": keeps, "mentor": named, "email": email}
    schools.join(world.register, training, school, date.fromisoformat(on), **how)


def _withdraw_by_school(world: World, who: str) -> None:
    training = training_of(world, who)
    _act(world, training, "withdraw")
    schools.withdraw(world.register, training)


def _change_details(world: World, who: str, full_name: str | None, email: str | None) -> None:
    person = training_of(world, who).person
    told = {"full_name": full_name, "email": email}
    body = {name: value for name, value in told.items() if value}
    world.stage.act("PATCH", f"/participants/{person.id}", **body)
    schools.change_details(world.register, person, full_name=full_name, email=email)


def _choose_programme(world: World, urn: str, cohort: str, programme: str) -> None:
    school = school_of(world, urn)
    world.stage.act("POST", f"/schools/{school.id}/programme", cohort=cohort, programme=programme)
    schools.choose_programme(world.register, school, cohort, programme)


def _challenge(world: World, of: int, urn: str, cohort: str, reason: str) -> None:
    partnership = partnership_of(world, of, urn, cohort)
    world.stage.act("POST", f"/partnerships/{partnership.id}/challenge", reason=reason)
    schools.challenge(world.register, partnership, reason)


def _validate(world: World, who: str, status: str, trn_validated: bool | None) -> None:
    training = training_of(world, who)
    register = world.register
    if training.person.trn is None and status != "contacted_for_information":
        raise Impossible
    before = training.validation
    training.validation = status
    older = merging.older_record(register, training)
    training.validation = before
    if older is not None and merging.both_declared(register, training.person, older):
        raise Impossible
    told = {"trn_validated": trn_validated} if trn_validated is not None else {}
    _act(world, training, "validate", status=status, **told)
    dfe.validate(register, training, status, trn_validated=trn_validated)


def _unfund(world: World, who: str, on: str, reason: str) -> None:
    training = training_of(world, who)
    if training.role != "mentor":
        raise Impossible
    _act(world, training, "validate", status=reason, on=on)
    dfe.end_funding(world.register, training, date.fromisoformat(on), reason)


def _end_induction(world: World, who: str, on: str | None) -> None:
    training = training_of(world, who)
    if training.role != "ect":
        raise Impossible
    _act(world, training, "induction-end", on=on)
    dfe.end_induction(world.register, training, date.fromisoformat(on) if on else None)


def _merge(world: World, who: str, into: str) -> None:
    retired, remaining = training_of(world, who).person, training_of(world, into).person
    if retired is remaining or merging.both_declared(world.register, retired, remaining):
        raise Impossible
    world.stage.act("POST", f"/participants/{retired.id}/merge", into=remaining.id)
    merging.retire(world.register, retired, remaining)


def _close_cohort(world: World, cohort: str) -> None:
    world.stage.act("POST", f"/cohorts/{cohort}/close")
    dfe.close_cohort(world.register, cohort)


def _open_cohort(world: World, cohort: str) -> None:
    if cohort not in world.register.closed:
        raise Impossible
    world.stage.act("POST", f"/cohorts/{cohort}/open")
    dfe.open_cohort(world.register, cohort)


def _pay(world: World, of: int, cohort: str, how: str) -> None:
    statement = world.register.open_statement(world.register.providers[of], cohort)
    if statement is None:
        raise Impossible
    world.stage.act("POST", f"/statements/{statement.id}/{how}")
    (dfe.pay if how == "pay" else dfe.make_payable)(world.register, statement)


def _relate(world: World, by: int, name: str, cohort: str) -> None:
    provider = world.register.providers[by]
    partner = next((each for each in world.register.partners if each.name == name), None)
    if partner and cohort in partner.works_with.get(provider.id, ()):
        raise Impossible
    world.relate(by, name, cohort)


def _wait(_world: World) -> None:
    """Nothing is done: time passes."""


ACTS: Final[Mapping[str, Callable[..., None]]] = {
    "register": _enrol,
    "assign-mentor": _mentor,
    "leave": _leave,
    "join": _join,
    "withdraw-by-school": _withdraw_by_school,
    "change-details": _change_details,
    "choose-programme": _choose_programme,
    "challenge": _challenge,
    "validate": _validate,
    "unfund": _unfund,
    "end-induction": _end_induction,
    "merge": _merge,
    "close-cohort": _close_cohort,
    "open-cohort": _open_cohort,
    "pay": _pay,
    "relate": _relate,
    "wait": _wait,
}
