"""What a lead provider does on a walk: asked of the API, held to what the rules say of it, noted as having happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from contract_tests.api import Reply
from contract_tests.errors import ContractBroken
from contract_tests.register.asking import DECLARATIONS, PARTICIPANTS, PARTNERSHIPS
from contract_tests.register.calendar import LONDON
from contract_tests.register.model import dfe, judgement, lists, providers, shown
from contract_tests.register.model.judgement import Claim, Refusal
from contract_tests.register.model.records import Declaration, Partnership, Person, Provider
from contract_tests.register.walks.naming import COMPARISON
from contract_tests.register.walks.world import World
from contract_tests.walking.walk import Impossible


def _is_accepted(reply: Reply, refused: Refusal | None, accepted_by: str) -> bool:
    """True when it is. Raises ContractBroken unless that is what the rules say, and a sandbox names the same ones."""
    if refused is None:
        if reply.status == 200:
            return True
        received = f"{reply.status} {', '.join(reply.titles)}"
        raise ContractBroken(next(iter(reply.exchange.rules), accepted_by), "200", received, reply.exchange)
    said = reply.exchange.rules or refused.rules  # by which of them only a sandbox says
    found = (reply.status, reply.titles, {*said})
    if found != (refused.status, [*refused.titles], {*refused.rules}):
        expected = f"{refused.status} {', '.join(refused.titles)} by {', '.join(refused.rules)}"
        received = f"{reply.status} {', '.join(reply.titles)} by {', '.join(said)}"
        otherwise = [rule for rule in (*refused.rules, *said) if (rule in said) != (rule in refused.rules)]
        raise ContractBroken((otherwise or [*refused.rules])[0], expected, received, reply.exchange)
    return False


def _given(**attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def _written(dated: str, zone: tzinfo) -> datetime | None:
    """A date as it is meant, in a zone where it has no offset of its own; None when it is no date."""
    try:
        at = datetime.fromisoformat(dated)
    except ValueError:
        return None
    return (at.replace(tzinfo=zone) if at.tzinfo is None else at).astimezone(UTC)


def _id_of(world: World, who: str) -> str:
    """Somebody's id, be it one that was retired."""
    found = world.people.get(who)
    if found is None:
        raise Impossible
    return found.id


def _declare(
    world: World,
    by: int,
    who: str,
    course: str | None,
    type: str | None,
    dated: str | None,
    evidence: str | None,
    named: str,
) -> None:
    known, provider, id = world.known, world.known.providers[by], _id_of(world, who)
    person = next((each for each in known.people if each.id == id), None)
    compared, at = (_written(dated, zone) if dated else None for zone in (UTC, LONDON))
    claim = Claim(person=person, course=course, type=type, sent=dated, dated=compared, kept=at, evidence=evidence)
    refused = judgement.declaring(known, provider, claim)
    told = {"participant_id": id, "declaration_type": type, "declaration_date": dated, "course_identifier": course}
    reply = world.api(by).post(DECLARATIONS, **_given(**told, evidence_held=evidence))
    if not _is_accepted(reply, refused, "decl.eligible"):
        return
    role = judgement.role_of(course)
    assert role
    assert person
    training = known.latest(provider, person, role)
    assert training
    assert training.partnership
    assert at
    assert type
    cohort = training.partnership.cohort
    eligible = person.funding[role].eligible_since is not None
    made = Declaration(
        id=reply.id,
        person=person,
        training=training,
        provider=provider,
        cohort=cohort,
        type=type,
        dated=at,
        partner=training.partnership.partner,
        mentor=providers.mentor_at(known, training, at) if role == "ect" else None,
        evidence=evidence if judgement.evidence_taken(cohort, role, type) else None,
        state="eligible" if eligible else "submitted",
        statement=known.next_due(provider, cohort, "open") if eligible else None,
        created=known.now,
        updated=known.now,
    )
    providers.declared(known, made)
    world.declarations[named] = made
    COMPARISON.compare(DECLARATIONS, shown.declaration(made), reply.attributes, reply.exchange)


def _void(world: World, by: int, which: str) -> None:
    made, provider = world.declaration(which), world.known.providers[by]
    refused = judgement.voiding(world.known, made) if made.provider is provider else judgement.not_there("path.unknown")
    reply = world.api(by).put(f"{DECLARATIONS}/{made.id}/void")
    accepted_by = "void.paid" if made.state == "paid" else "void.unpaid"
    if _is_accepted(reply, refused, accepted_by):
        providers.void(world.known, made)
        COMPARISON.compare(DECLARATIONS, shown.declaration(made), reply.attributes, reply.exchange)


def _seen(world: World, by: int, who: str, path: str, sent: dict[str, Any]) -> Person | None:
    """Somebody whom a provider sees; of others it is told that there is nobody. Raises ContractBroken."""
    known, id = world.known, _id_of(world, who)
    person = next((each for each in known.people if each.id == id), None)
    if person is None or not known.sees(known.providers[by], person):
        reply = world.api(by).put(f"{PARTICIPANTS}/{id}/{path}", **sent)
        _is_accepted(reply, judgement.not_there("path.unknown"), "path.unknown")
        return None
    return person


def _answered(world: World, provider: Provider, person: Person, reply: Reply) -> None:
    """Whoever is written about is answered with."""
    expected = shown.participant(world.known, person, lists.latest_of(world.known, provider, person))
    COMPARISON.compare(PARTICIPANTS, expected, reply.attributes, reply.exchange)


def _pause(world: World, by: int, who: str, how: str, course: str, reason: str) -> None:
    known, provider = world.known, world.known.providers[by]
    sent = {"course_identifier": course, "reason": reason}
    person = _seen(world, by, who, how, sent)
    if person is None:
        return
    refused = judgement.pausing(known, provider, person, how, course, reason)
    reply = world.api(by).put(f"{PARTICIPANTS}/{person.id}/{how}", **sent)
    if _is_accepted(reply, refused, f"{how}.effect"):
        role = judgement.role_of(course)
        training = known.latest(provider, person, role) if role else None
        assert training
        providers.pause(known, training, how, reason)
        _answered(world, provider, person, reply)


def _resume(world: World, by: int, who: str, course: str) -> None:
    known, provider = world.known, world.known.providers[by]
    person = _seen(world, by, who, "resume", {"course_identifier": course})
    if person is None:
        return
    refused = judgement.resuming(known, provider, person, course)
    reply = world.api(by).put(f"{PARTICIPANTS}/{person.id}/resume", course_identifier=course)
    if _is_accepted(reply, refused, "resume.effect"):
        role = judgement.role_of(course)
        training = known.latest(provider, person, role) if role else None
        assert training
        providers.resume(known, training)
        _answered(world, provider, person, reply)


def _change_schedule(world: World, by: int, who: str, course: str, schedule: str, cohort: str | None) -> None:
    known, provider = world.known, world.known.providers[by]
    sent = _given(course_identifier=course, schedule_identifier=schedule, cohort=cohort)
    person = _seen(world, by, who, "change-schedule", sent)
    if person is None:
        return
    refused = judgement.rescheduling(known, provider, person, course, schedule, cohort)
    reply = world.api(by).put(f"{PARTICIPANTS}/{person.id}/change-schedule", **sent)
    if _is_accepted(reply, refused, "sched.effect"):
        role = judgement.role_of(course)
        training = known.latest(provider, person, role) if role else None
        assert training
        assert training.cohort
        providers.change_schedule(known, provider, training, schedule, cohort or training.cohort)
        _answered(world, provider, person, reply)


def _confirm(world: World, by: int, urn: str | None, cohort: str | None, partner: str | None) -> None:
    known, provider = world.known, world.known.providers[by]
    school, with_partner = world.school(urn) if urn else None, world.partner(partner)
    sent = _given(
        cohort=cohort,
        school_id=school.id if school else None,
        delivery_partner_id=with_partner.id if with_partner else None,
    )
    if not sent:
        raise Impossible
    refused = judgement.partnering(known, provider, cohort, school, with_partner)
    reply = world.api(by).post(PARTNERSHIPS, **sent)
    if _is_accepted(reply, refused, "part.effect"):
        assert school
        assert cohort
        assert with_partner
        made = Partnership(reply.id, provider, school, cohort, with_partner, known.now, known.now)
        dfe.partner_up(known, made)
        COMPARISON.compare(PARTNERSHIPS, shown.partnership(known, made), reply.attributes, reply.exchange)


def _change_partner(world: World, by: int, of: int, urn: str, cohort: str, partner: str, which: int = 0) -> None:
    known, to = world.known, world.partner(partner)
    assert to
    partnership = world.partnership(of, urn, cohort, which)
    own = of == by
    refused = judgement.changing_partner(known, partnership, to) if own else judgement.not_there("part.update-known")
    reply = world.api(by).put(f"{PARTNERSHIPS}/{partnership.id}", delivery_partner_id=to.id)
    if _is_accepted(reply, refused, "part.update-effect"):
        dfe.change_partner(known, partnership, to)
        COMPARISON.compare(PARTNERSHIPS, shown.partnership(known, partnership), reply.attributes, reply.exchange)


ACTS: Final[Mapping[str, Callable[..., None]]] = {
    "declare": _declare,
    "void": _void,
    "pause": _pause,
    "resume": _resume,
    "change-schedule": _change_schedule,
    "confirm": _confirm,
    "change-partner": _change_partner,
}
