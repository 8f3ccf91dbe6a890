"""What a lead provider does on a walk: asked of the API, held to what the rules say of it, noted as having happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from contract_tests.api import Reply
from contract_tests.errors import ContractBroken
from contract_tests.model import judgement, lists, providers, shown
from contract_tests.model.judgement import Refusal, Subject
from contract_tests.model.records import Schedule
from contract_tests.walks.comparing import compare
from contract_tests.walks.finding import Impossible, id_of, partnership_of, school_of, subject_of, training_of
from contract_tests.walks.world import World


def _judged(reply: Reply, refused: Refusal | None, accepted_by: str) -> bool:
    """True when it is accepted. Raises ContractBroken unless that is what the rules say."""
    if refused is None:
        if reply.status == 200:
            return True
        received = f"{reply.status} {', '.join(reply.titles)}"
        raise ContractBroken(_named(reply, accepted_by), "200", received, reply.exchange)
    found = (reply.status, tuple(reply.titles))
    said = reply.exchange.rules or refused.rules  # by which of them only a sandbox says
    if (*found, {*said}) != (refused.status, refused.titles, {*refused.rules}):
        expected = f"{refused.status} {', '.join(refused.titles)} by {', '.join(refused.rules)}"
        received = f"{reply.status} {', '.join(reply.titles)} by {', '.join(said)}"
        otherwise = [rule for rule in (*refused.rules, *said) if (rule in said) != (rule in refused.rules)]
        raise ContractBroken((otherwise or [*refused.rules])[0], expected, received, reply.exchange)
    return False


def _named(reply: Reply, accepted_by: str) -> str:
    """What a sandbox says it was refused by, wrongly; otherwise what says that it is accepted."""
    return next(iter(reply.exchange.rules), accepted_by)


def _declare(
    world: World,
    by: int,
    who: str,
    type: str,
    dated: str,
    evidence: str | None,
    id: str,
    named: str,
    course: str | None = None,
) -> None:
    training = training_of(world, who)
    provider, register, meant = world.register.providers[by], world.register, course or training.course
    asked_id = id_of(training, id)
    whom = subject_of(world, by, training, asked_id, meant)
    at = datetime.fromisoformat(dated)
    refused = judgement.declaring(register, provider, whom, meant, type, at, evidence)
    others = {"course_identifier": meant, "evidence_held": evidence}
    reply = world.apis[by].declare(asked_id, type, dated, **others)
    schedule = judgement.schedule_declared(register, whom)
    allowed = judgement.evidence_allowed(whom.training, schedule, type)
    rival = whom.person and judgement.rival(register, whom.person, meant, type)
    if (
        not register.deployed
        and rival
        and rival.provider is provider
        and (rival.dated, rival.evidence) == (at, evidence if allowed else None)
    ):
        reply.is_accepted()
        if reply.id != rival.id:
            raise ContractBroken("decl.idempotent", rival.id, reply.id, reply.exchange)
        first = shown.as_first_shown(rival, world.version)
        if reply.attributes != first:
            raise ContractBroken("decl.idempotent", str(first), str(reply.attributes), reply.exchange)
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


def _defer(world: World, by: int, who: str, reason: str, id: str, course: str | None = None) -> None:
    training = training_of(world, who)
    whom = subject_of(world, by, training, id_of(training, id), course)
    reply = world.apis[by].defer(id_of(training, id), reason, course or training.course)
    _reported(world, by, whom, reply, judgement.deferring(whom, reason), "deferred", reason)


def _resume(world: World, by: int, who: str, id: str, course: str | None = None) -> None:
    training = training_of(world, who)
    whom = subject_of(world, by, training, id_of(training, id), course)
    reply = world.apis[by].resume(id_of(training, id), course or training.course)
    _reported(world, by, whom, reply, judgement.resuming(whom), "active", None)


def _withdraw(world: World, by: int, who: str, reason: str, id: str, course: str | None = None) -> None:
    training = training_of(world, who)
    whom = subject_of(world, by, training, id_of(training, id), course)
    reply = world.apis[by].withdraw(id_of(training, id), reason, course or training.course)
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


def _change_schedule(
    world: World, by: int, who: str, to: str, cohort: str | None, id: str, course: str | None = None
) -> None:
    training, register = training_of(world, who), world.register
    provider, meant = register.providers[by], course or training.course
    whom = subject_of(world, by, training, id_of(training, id), meant)
    refused = judgement.changing_schedule(register, provider, whom, meant, to, cohort)
    others = {"cohort": cohort} if cohort else {}
    reply = world.apis[by].change_schedule(id_of(training, id), to, meant, **others)
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
    register, school = world.register, school_of(world, urn)
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
    register, partnership = world.register, partnership_of(world, of, urn, cohort)
    through = register.partners[partner]
    refused = judgement.changing_partner(register, register.providers[by], partnership, through)
    reply = world.v3(by).change_delivery_partner(partnership.id, through.id)
    if _judged(reply, refused, "part.update-effect"):
        providers.change_partner(register, partnership, through)
        compare(lists.PARTNERSHIPS, shown.partnership(partnership), reply.attributes, reply.exchange)


ACTS: Final[Mapping[str, Callable[..., None]]] = {
    "declare": _declare,
    "void": _void,
    "defer": _defer,
    "resume": _resume,
    "withdraw": _withdraw,
    "change-schedule": _change_schedule,
    "confirm": _confirm,
    "change-delivery-partner": _change_partner,
}
