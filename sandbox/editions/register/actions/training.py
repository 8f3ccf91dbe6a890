"""What a provider reports of someone's training: withdrawn, deferred, resumed."""

from __future__ import annotations

from sandbox.editions.register.actions.call import Call
from sandbox.editions.register.actions.marking import save_training
from sandbox.editions.register.actions.people import school_period_of, sees, trainings_of
from sandbox.editions.register.rules.check import judge
from sandbox.editions.register.rules.training import COURSES, TrainingFacts
from sandbox.model import Teacher, TrainingPeriod
from sandbox.rules.requests import ActionRequest
from sandbox.rules.rule import Breach, Refused, Rules
from sandbox.store.protocol import Reader, Unit


def seen(reader: Reader, call: Call, id: str) -> Teacher:
    """The person that a request names in its path. Raises Refused when the provider sees nobody there."""
    teacher = reader.get(Teacher, id)
    if teacher is None or not sees(call, trainings_of(reader, id)):
        raise Refused(Breach("path.unknown"))
    return teacher


def withdraw(unit: Unit, call: Call, teacher: Teacher, request: ActionRequest) -> None:
    """Someone leaves training. Raises Refused (withdraw.*)."""
    training = _judged(unit, call, teacher, request, call.rules.withdrawing)
    save_training(unit, call, call.rules.training.withdrawn(training, request.reason or "", call.now, call.today))


def defer(unit: Unit, call: Call, teacher: Teacher, request: ActionRequest) -> None:
    """Someone takes a break. Raises Refused (defer.*)."""
    training = _judged(unit, call, teacher, request, call.rules.deferring)
    save_training(unit, call, call.rules.training.deferred(training, request.reason or "", call.now, call.today))


def resume(unit: Unit, call: Call, teacher: Teacher, request: ActionRequest) -> None:
    """Someone is back: a new training begins. Raises Refused (resume.*)."""
    training = _judged(unit, call, teacher, request, call.rules.resuming)
    ends_on = school_period_of(unit, training).ends_on
    save_training(unit, call, call.rules.training.resumed(training, ends_on, call.new_id(), call.now, call.today))


def training_facts(reader: Reader, call: Call, teacher: Teacher, request: ActionRequest) -> TrainingFacts:
    """What the rules of withdrawing, deferring and resuming look at."""
    role = COURSES.get(request.course_identifier)
    trainings = trainings_of(reader, teacher.id, role) if role else []
    latest = call.rules.showing.latest(trainings, call.provider.id, role) if role else None
    return TrainingFacts(
        request=request,
        now=call.now,
        today=call.today,
        role=role,
        training=latest,
        school_period=school_period_of(reader, latest) if latest else None,
        others=[training for training in trainings if training is not latest],
    )


def _judged(unit: Unit, call: Call, teacher: Teacher, request: ActionRequest, rules: Rules) -> TrainingPeriod:
    facts = training_facts(unit, call, teacher, request)
    judge(rules, facts)
    assert facts.training is not None
    return facts.training
