"""What schools, appropriate bodies, the DfE and time do on a walk: asked of the control API, and noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from contract_tests.register.model import dfe, schools
from contract_tests.register.model.records import Partner, Partnership, Person, Programme, Role, Stay
from contract_tests.register.walks import merging
from contract_tests.register.walks.world import World
from contract_tests.walking.walk import Impossible


def _register(
    world: World,
    named: str,
    role: Role,
    urn: str,
    starts: str,
    full_name: str,
    trn: str | None,
    email: str | None,
    provider: int | None,
    programme: str = "provider_led",
    pattern: str | None = None,
    mentee: str | None = None,
    claimed: str | None = None,
    also: str | None = None,
) -> None:
    known = world.known
    person = world.person(also) if also else None
    if person is not None and known.stays_of(person, role):
        raise Impossible
    ect = world.stay(mentee, "ect") if mentee else None
    if ect and (role != "mentor" or not _may_mentor(world, ect, person, urn)):
        raise Impossible
    asked: dict[str, Any] = {"participant_type": role, "urn": urn, "starts_on": starts, "programme": programme}
    asked |= {"participant_id": person.id} if person else {"full_name": full_name, "trn": trn}
    asked |= {"email": email, "provider": known.providers[provider].id if provider is not None else None}
    asked |= {"working_pattern": pattern, "mentee_id": ect.person.id if ect else None, "induction_starts_on": claimed}
    sent = {name: value for name, value in asked.items() if value is not None or name == "trn"}
    told = world.act("POST", "/participants", **sent)["participant"]
    if person is None:
        person = Person(told["id"], full_name, trn, known.now, known.now, known.now)
        known.people.append(person)
    person.funding[role].record_id = told["training_record_id"]
    world.people[named] = person
    registration = schools.Registration(
        role=role,
        school=world.school(urn),
        starts=date.fromisoformat(starts),
        email=email,
        provider=known.providers[provider] if provider is not None else None,
        programme=programme,  # type: ignore[arg-type]
        pattern=pattern or "full_time",
        mentee=ect,
    )
    schools.register(known, person, registration)
    if claimed:
        dfe.claim(known, person, date.fromisoformat(claimed))


def _may_mentor(world: World, ect: Stay, mentor: Person | None, urn: str) -> bool:
    return ect.school.urn == urn and ect.person is not mentor and ect.goes_on_after(world.known.today)


def _join(
    world: World,
    who: str,
    role: Role,
    urn: str,
    on: str,
    provider: int | None,
    as_well: bool,
    programme: Programme = "provider_led",
) -> None:
    known, present = world.known, world.stay(who, role)
    day, school = date.fromisoformat(on), world.school(urn)
    there = [each for each in known.stays_of(present.person, role) if each.school is school]
    if any(each.goes_on_after(day - timedelta(days=1)) for each in there):
        raise Impossible
    led = [each for each in known.trainings_of(present.person, role) if each.programme == "provider_led"]
    named = known.providers[provider] if provider is not None else None
    chosen = named or (led[-1].provider or led[-1].named if led else None)
    asked: dict[str, Any] = {"participant_type": role, "urn": urn, "on": on}
    asked |= {"provider": named.id} if named else {}
    asked |= {"as_well": True} if as_well and role == "mentor" else {}
    asked |= {"programme": programme} if programme != "provider_led" else {}
    if chosen is None:
        raise Impossible
    world.act("POST", f"/participants/{present.person.id}/join", **asked)
    email = present.email
    told = schools.Registration(
        role=role,
        school=school,
        starts=day,
        email=email,
        provider=chosen,
        programme=programme,
        as_well=as_well and role == "mentor",
    )
    schools.register(known, present.person, told)


def _named(urn: str | None) -> dict[str, str]:
    """Which of several schools it is about, where that is said."""
    return {"urn": urn} if urn else {}


def _leave(world: World, who: str, role: Role, on: str, urn: str | None = None) -> None:
    stay = world.stay(who, role, urn)
    world.act("POST", f"/participants/{stay.person.id}/leave", participant_type=role, on=on, **_named(urn))
    schools.leave(world.known, stay, date.fromisoformat(on))


def _undo(world: World, who: str, role: Role, urn: str | None = None) -> None:
    stay = world.stay(who, role, urn)
    world.act("POST", f"/participants/{stay.person.id}/withdraw", participant_type=role, **_named(urn))
    schools.undo(world.known, stay)


def _assign_mentor(world: World, who: str, mentor: str, urn: str | None = None) -> None:
    ect, by = world.stay(who, "ect", urn), world.person(mentor)
    there = [each for each in world.known.stays_of(by, "mentor") if each.school is ect.school]
    today = world.known.today
    if not there or ect.person is by or not (ect.goes_on_after(today) and there[-1].goes_on_after(today)):
        raise Impossible
    world.act("POST", f"/participants/{ect.person.id}/mentor", mentor_id=by.id, **_named(urn))
    schools.assign_mentor(world.known, ect, there[-1])
    schools.train_first_time(world.known, ect, there[-1])


def _change_provider(world: World, who: str, role: Role, to: int, paused: bool = False) -> None:
    training, provider = world.training(who, role), world.known.providers[to]
    runs = training.stay.goes_on_after(world.known.today) and (paused or training.ends in (None, training.stay.ends))
    if not runs or training.cohort is None or provider in (training.provider, training.named):
        raise Impossible
    world.act("POST", f"/participants/{training.person.id}/provider", participant_type=role, provider=provider.id)
    schools.change_provider(world.known, training, provider)


def _change_programme(world: World, who: str, programme: str, provider: int, paused: bool = False) -> None:
    training = world.training(who, "ect")
    runs = training.stay.goes_on_after(world.known.today) and (paused or training.ends in (None, training.stay.ends))
    if not runs or training.programme == programme:
        raise Impossible
    named = world.known.providers[provider]
    path = f"/participants/{training.person.id}/programme"
    world.act("POST", path, programme=programme, provider=named.id)
    schools.change_programme(world.known, training.stay, programme, named)  # type: ignore[arg-type]


def _change_details(world: World, who: str, full_name: str | None, email: str | None, pattern: str | None) -> None:
    person = world.person(who)
    told = {"full_name": full_name, "email": email, "working_pattern": pattern}
    world.act("PATCH", f"/participants/{person.id}", **{name: value for name, value in told.items() if value})
    schools.change_details(world.known, person, name=full_name, email=email, pattern=pattern)


def _claim(world: World, who: str, on: str) -> None:
    person = world.person(who)
    running = any(each.ends is None for each in person.inductions)
    day = date.fromisoformat(on)
    within = any(each.ends and each.starts <= day <= each.ends for each in person.inductions)
    if running or within or not world.known.stays_of(person, "ect"):
        raise Impossible
    world.act("POST", f"/participants/{person.id}/validate", status="eligible", on=on)
    dfe.claim(world.known, person, day)


def _exempt(world: World, who: str, on: str | None = None) -> None:
    person = world.stay(who, "ect").person
    world.act("POST", f"/participants/{person.id}/validate", status="exempt", **({"on": on} if on else {}))
    dfe.exempt(world.known, person, date.fromisoformat(on) if on else world.known.today)


def _unfund(world: World, who: str, on: str, reason: str) -> None:
    person = world.stay(who, "mentor").person
    world.act("POST", f"/participants/{person.id}/validate", status=reason, on=on)
    dfe.unfund(world.known, person, date.fromisoformat(on), reason)


def _close_induction(world: World, who: str, on: str, outcome: str | None) -> None:
    person, day = world.stay(who, "ect").person, date.fromisoformat(on)
    running = [each for each in person.inductions if each.ends is None]
    if not running or day < running[0].starts or day > world.known.today:
        raise Impossible
    world.act("PUT", f"/participants/{person.id}/induction-end", on=on, outcome=outcome or "release")
    dfe.close(world.known, person, day, outcome)


def _partner_up(world: World, by: int, urn: str, cohort: str, partner: str) -> None:
    known, with_partner = world.known, world.partner(partner)
    provider, school = known.providers[by], world.school(urn)
    there = known.partnerships_with(school, cohort, provider)
    if with_partner is None or any(each.partner is with_partner for each in there):
        raise Impossible
    asked = {"provider": provider.id, "urn": urn, "cohort": cohort, "delivery_partner_id": with_partner.id}
    told = world.act("POST", "/partnerships", **asked)["partnership"]
    made = Partnership(told["id"], provider, school, cohort, with_partner, known.now, known.now)
    dfe.partner_up(known, made)


def _relate(world: World, by: int, partner: str, cohort: str) -> None:
    known, to, provider = world.known, world.partner(partner), world.known.providers[by]
    if to and cohort in to.works_with.get(provider, ()):
        raise Impossible
    asked = {"delivery_partner_id": to.id} if to else {"delivery_partner_name": partner}
    told = world.act("POST", "/relationships", provider=provider.id, cohort=cohort, **asked)["relationship"]
    if to is None:
        to = Partner(told["delivery_partner"]["id"], partner, known.now, known.now)
        known.partners.append(to)
    dfe.relate(known, provider, to, cohort)


def _change_school(
    world: World, urn: str, name: str | None, tutor_name: str | None, tutor_email: str | None, again: bool = False
) -> None:
    school = world.school(urn)
    told = {"name": name, "induction_tutor_name": tutor_name, "induction_tutor_email": tutor_email}
    known = name == school.name or (tutor_name, tutor_email) == (school.tutor_name, school.tutor_email)
    if known != again:
        raise Impossible
    world.act("PATCH", f"/schools/{urn}", **{key: value for key, value in told.items() if value})
    if again:
        return
    tutor = (tutor_name, tutor_email) if tutor_name and tutor_email else None
    dfe.change_school(world.known, school, name=name, tutor=tutor)


def _pay(world: World, by: int, cohort: str) -> None:
    """The DfE pays whatever statement is payable and holds something to settle."""
    known = world.known
    for statement in known.statements:
        ready = (
            statement.provider is known.providers[by] and statement.cohort == cohort and statement.state == "payable"
        )
        settled = {each.state for each in dfe.held(known, statement)} & {"payable", "awaiting-clawback"}
        if ready and statement.output and settled:
            world.act("POST", f"/statements/{statement.id}/pay")
            dfe.pay(known, statement)
            return
    raise Impossible


def _freeze(world: World, cohort: str) -> None:
    if cohort in world.known.frozen_since:
        raise Impossible
    world.act("POST", f"/cohorts/{cohort}/close")
    world.known.frozen_since[cohort] = world.known.now


def _thaw(world: World, cohort: str) -> None:
    if cohort not in world.known.frozen_since:
        raise Impossible
    world.act("POST", f"/cohorts/{cohort}/open")
    del world.known.frozen_since[cohort]


def _wait(_world: World) -> None:
    """Nothing is done: time passes."""


ACTS: Final[Mapping[str, Callable[..., None]]] = {
    "register": _register,
    "join": _join,
    "leave": _leave,
    "undo": _undo,
    "assign-mentor": _assign_mentor,
    "change-provider": _change_provider,
    "change-programme": _change_programme,
    "change-details": _change_details,
    "claim": _claim,
    "exempt": _exempt,
    "unfund": _unfund,
    "close-induction": _close_induction,
    "merge": merging.merge,
    "partner-up": _partner_up,
    "relate": _relate,
    "change-school": _change_school,
    "pay": _pay,
    "freeze": _freeze,
    "thaw": _thaw,
    "wait": _wait,
}
