"""The acts of a walk: each is asked for, held to what the rules say of it, and noted as having happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from contract_tests.api import Reply
from contract_tests.errors import ContractBroken
from contract_tests.model import dfe, judgement, lists, merging, providers, schools, shown
from contract_tests.model.judgement import Refusal, Subject
from contract_tests.model.records import Partnership, Schedule, School, Training
from contract_tests.walks.comparing import compare
from contract_tests.walks.world import World


class Impossible(Exception):
    """A step makes no sense where its world has come to."""


@dataclass(frozen=True)
class Step:
    """Something that is done at a time, told so that it can be done again."""

    act: str
    about: Mapping[str, Any]
    at: datetime

    def take(self, world: World) -> None:
        """Do it. Raises ContractBroken, Impossible."""
        world.wait_until(self.at)
        ACTS[self.act](world, **self.about)

    def __str__(self) -> str:
        told = ", ".join(f"{name} {value}" for name, value in self.about.items() if value is not None)
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.act} ({told})"


def _training(world: World, name: str) -> Training:
    found = world.trainings.get(name)
    if found is None:
        raise Impossible
    return found


def _school(world: World, urn: str) -> School:
    return next(each for each in world.register.schools if each.urn == urn)


def _partnership(world: World, by: int, urn: str, cohort: str) -> Partnership:
    provider = world.register.providers[by]
    for each in world.register.partnerships:
        if (each.provider, each.school.urn, each.cohort, each.relationship) == (provider, urn, cohort, False):
            return each
    raise Impossible


def _subject(world: World, by: int, training: Training, id: str) -> Subject:
    try:
        found = judgement.subject(world.register, world.register.providers[by], id, training.course)
    except judgement.Ambiguous:
        raise Impossible from None
    if found.training not in (None, training):
        raise Impossible
    return found


def _judged(reply: Reply, refused: Refusal | None, accepted_by: str) -> bool:
    """True when it is accepted. Raises ContractBroken unless that is what the rules say."""
    if refused is None:
        if reply.status == 200:
            return True
        received = f"{reply.status} {', '.join(reply.titles)}"
        raise ContractBroken(_named(reply, accepted_by), "200", received, reply.exchange)
    if (reply.status, tuple(reply.titles)) != (refused.status, refused.titles):
        expected = f"{refused.status} {', '.join(refused.titles)} by {', '.join(refused.rules)}"
        lacking = [rule for rule in refused.rules if rule not in reply.exchange.rules]
        rule = (lacking or [*refused.rules])[0]
        raise ContractBroken(rule, expected, f"{reply.status} {', '.join(reply.titles)}", reply.exchange)
    return False


def _named(reply: Reply, accepted_by: str) -> str:
    """What a sandbox says it was refused by, wrongly; otherwise what says that it is accepted."""
    return next(iter(reply.exchange.rules), accepted_by)


# Providers


def _declare(world: World, by: int, who: str, type: str, dated: str, evidence: str | None, id: str, named: str) -> None:
    training = _training(world, who)
    provider, register = world.register.providers[by], world.register
    asked_id = _id(training, id)
    whom = _subject(world, by, training, asked_id)
    at = datetime.fromisoformat(dated)
    refused = judgement.declaring(register, provider, whom, training.course, type, at, evidence)
    others = {"course_identifier": training.course, "evidence_held": evidence}
    reply = world.apis[by].declare(asked_id, type, dated, **others)
    schedule = judgement.schedule_declared(register, whom)
    allowed = judgement.evidence_allowed(whom.training, schedule, type)
    rival = whom.person and judgement.rival(register, whom.person, training.course, type)
    if (
        not register.deployed
        and rival
        and rival.provider is provider
        and (rival.dated, rival.evidence) == (at, evidence if allowed else None)
    ):
        reply.is_accepted()
        if reply.id != rival.id:
            raise ContractBroken("decl.idempotent", rival.id, reply.id, reply.exchange)
        return
    if not _judged(reply, refused, "decl.eligible"):
        return
    assert schedule is not None
    made = providers.declare(register, provider, training, schedule, type, at, evidence if allowed else None)
    made.id = reply.id
    world.declarations[named] = made
    compare(lists.DECLARATIONS, shown.declaration(made, world.version), reply.attributes, reply.exchange)


def _void(world: World, by: int, which: str) -> None:
    declaration = world.declarations.get(which)
    if declaration is None:
        raise Impossible
    refused = judgement.voiding(world.register, world.register.providers[by], declaration)
    reply = world.apis[by].void(declaration.id)
    accepted_by = "void.paid" if declaration.state == "paid" else "void.unpaid"
    if _judged(reply, refused, accepted_by):
        providers.void(world.register, declaration)
        expected = shown.declaration(declaration, world.version)
        compare(lists.DECLARATIONS, expected, reply.attributes, reply.exchange)


def _defer(world: World, by: int, who: str, reason: str, id: str) -> None:
    training = _training(world, who)
    whom = _subject(world, by, training, _id(training, id))
    reply = world.apis[by].defer(_id(training, id), reason, training.course)
    _reported(world, by, whom, reply, judgement.deferring(whom, reason), "deferred", reason)


def _resume(world: World, by: int, who: str, id: str) -> None:
    training = _training(world, who)
    whom = _subject(world, by, training, _id(training, id))
    reply = world.apis[by].resume(_id(training, id), training.course)
    _reported(world, by, whom, reply, judgement.resuming(whom), "active", None)


def _withdraw(world: World, by: int, who: str, reason: str, id: str) -> None:
    training = _training(world, who)
    whom = _subject(world, by, training, _id(training, id))
    reply = world.apis[by].withdraw(_id(training, id), reason, training.course)
    refused = judgement.withdrawing(world.register, whom, reason)
    _reported(world, by, whom, reply, refused, "withdrawn", reason)


_EFFECTS: Final = {"deferred": "defer.effect", "active": "resume.effect", "withdrawn": "withdraw.effect"}


def _reported(
    world: World, by: int, whom: Subject, reply: Reply, refused: Refusal | None, status: str, reason: str | None
) -> None:
    if _judged(reply, refused, _EFFECTS[status]):
        assert whom.placement is not None
        providers.report(world.register, whom.placement, status, reason)
        _answered(world, by, whom, reply)


def _change_schedule(world: World, by: int, who: str, to: str, cohort: str | None, id: str) -> None:
    training, register = _training(world, who), world.register
    provider = register.providers[by]
    whom = _subject(world, by, training, _id(training, id))
    refused = judgement.changing_schedule(register, provider, whom, training.course, to, cohort)
    others = {"cohort": cohort} if cohort else {}
    reply = world.apis[by].change_schedule(_id(training, id), to, training.course, **others)
    if not _judged(reply, refused, "sched.effect"):
        return
    placement = whom.placement
    assert placement is not None
    target = Schedule(to, cohort or placement.cohort)
    through = judgement.partnership_in(register, provider, placement, target.cohort)
    assert through is not None
    providers.change_schedule(register, placement, target, through)
    _answered(world, by, whom, reply)


def _answered(world: World, by: int, whom: Subject, reply: Reply) -> None:
    """What an act on somebody is answered with is what can be read afterwards."""
    register, provider = world.register, world.register.providers[by]
    assert whom.training is not None
    assert whom.person is not None
    if world.version == "v3":
        seen = lists.seen(register, provider, whom.person)
        expected = shown.person(register, whom.person, seen, register.now)
    else:
        expected = shown.flat(register, register.acted_on(provider, whom.training)[0])
    compare(lists.PARTICIPANTS, expected, reply.attributes, reply.exchange)


def _confirm(world: World, by: int, urn: str, cohort: str, partner: int) -> None:
    register, school = world.register, _school(world, urn)
    provider, through = register.providers[by], register.partners[partner]
    refused = judgement.confirming(register, provider, school, cohort, through)
    reply = world.v3(by).confirm_partnership(school.id, through.id, cohort)
    if _judged(reply, refused, "part.effect"):
        confirmed = providers.confirm(register, provider, school, cohort, through, reply.id)
        confirmed.id = confirmed.id or reply.id  # nobody is told that of what was made for one person
        if confirmed.id != reply.id:
            raise ContractBroken("part.effect", f"{confirmed.id} revived", reply.id, reply.exchange)
        compare(lists.PARTNERSHIPS, shown.partnership(confirmed), reply.attributes, reply.exchange)


def _change_partner(world: World, by: int, of: int, urn: str, cohort: str, partner: int) -> None:
    register, partnership = world.register, _partnership(world, of, urn, cohort)
    through = register.partners[partner]
    refused = judgement.changing_partner(register, register.providers[by], partnership, through)
    reply = world.v3(by).change_delivery_partner(partnership.id, through.id)
    if _judged(reply, refused, "part.update-effect"):
        providers.change_partner(register, partnership, through)
        compare(lists.PARTNERSHIPS, shown.partnership(partnership), reply.attributes, reply.exchange)


def _id(training: Training, which: str) -> str:
    """The id that somebody has, or the one under which this training was registered."""
    return {"now": training.person.id, "then": training.registered_as}[which]


# Schools


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
    school = _school(world, urn)
    known = _training(world, also).person if also else None
    mentors = _training(world, mentor).person if mentor else None
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
    alike = [each for each in world.register.trainings_of(training.person) if each.role == training.role]
    if len(alike) > 1:
        raise Impossible
    of_two = {"participant_type": training.role} if what not in ("mentor", "induction-end") else {}
    method = "PUT" if what == "induction-end" else "POST"
    world.stage.act(method, f"/participants/{training.person.id}/{what}", **body, **of_two)


def _mentor(world: World, who: str, mentor: str | None) -> None:
    training = _training(world, who)
    named = _training(world, mentor).person if mentor else None
    if training.role != "ect":
        raise Impossible
    _act(world, training, "mentor", mentor_id=named.id if named else None)
    schools.assign_mentor(world.register, training, named)


def _leave(world: World, who: str, on: str, urn: str | None = None) -> None:
    training, day = _training(world, who), date.fromisoformat(on)
    school = _school(world, urn) if urn else None
    if school is not None and all(each.school is not school for each in training.placements):
        raise Impossible
    leaving = schools.who_leaves(training, school)
    joined_on = min(each.starts_on for each in training.placements if each.school is leaving.school)
    if day < joined_on and not leaving.transfer:
        raise Impossible
    _act(world, training, "leave", on=on, **({"school_id": school.id} if school else {}))
    schools.leave(world.register, training, day, school)


def _join(world: World, who: str, urn: str, on: str, keeps: bool, mentor: str | None, email: str | None) -> None:
    training, school = _training(world, who), _school(world, urn)
    if training.newest.school is school or (mentor and training.role == "mentor"):
        raise Impossible
    named = _training(world, mentor).person if mentor else None
    asked: dict[str, Any] = {"school_id": school.id, "on": on, "keeps_provider": keeps}
    asked |= {"mentor_id": named.id} if named else {}
    asked |= {"email": email} if email else {}
    _act(world, training, "join", **asked)
    how: dict[str, Any] = {"keeps_provider": keeps, "mentor": named, "email": email}
    schools.join(world.register, training, school, date.fromisoformat(on), **how)


def _withdraw_by_school(world: World, who: str) -> None:
    training = _training(world, who)
    _act(world, training, "withdraw")
    schools.withdraw(world.register, training)


def _change_details(world: World, who: str, full_name: str | None, email: str | None) -> None:
    person = _training(world, who).person
    told = {"full_name": full_name, "email": email}
    body = {name: value for name, value in told.items() if value}
    world.stage.act("PATCH", f"/participants/{person.id}", **body)
    schools.change_details(world.register, person, full_name=full_name, email=email)


def _choose_programme(world: World, urn: str, cohort: str, programme: str) -> None:
    school = _school(world, urn)
    world.stage.act("POST", f"/schools/{school.id}/programme", cohort=cohort, programme=programme)
    schools.choose_programme(world.register, school, cohort, programme)


def _challenge(world: World, of: int, urn: str, cohort: str, reason: str) -> None:
    partnership = _partnership(world, of, urn, cohort)
    world.stage.act("POST", f"/partnerships/{partnership.id}/challenge", reason=reason)
    schools.challenge(world.register, partnership, reason)


# The DfE


def _validate(world: World, who: str, status: str, trn_validated: bool | None) -> None:
    training = _training(world, who)
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


def _end_induction(world: World, who: str, on: str | None) -> None:
    training = _training(world, who)
    if training.role != "ect":
        raise Impossible
    _act(world, training, "induction-end", on=on)
    dfe.end_induction(world.register, training, date.fromisoformat(on) if on else None)


def _merge(world: World, who: str, into: str) -> None:
    retired, remaining = _training(world, who).person, _training(world, into).person
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
    "declare": _declare,
    "void": _void,
    "defer": _defer,
    "resume": _resume,
    "withdraw": _withdraw,
    "change-schedule": _change_schedule,
    "confirm": _confirm,
    "change-delivery-partner": _change_partner,
    "register": _enrol,
    "assign-mentor": _mentor,
    "leave": _leave,
    "join": _join,
    "withdraw-by-school": _withdraw_by_school,
    "change-details": _change_details,
    "choose-programme": _choose_programme,
    "challenge": _challenge,
    "validate": _validate,
    "end-induction": _end_induction,
    "merge": _merge,
    "close-cohort": _close_cohort,
    "open-cohort": _open_cohort,
    "pay": _pay,
    "relate": _relate,
    "wait": _wait,
}
