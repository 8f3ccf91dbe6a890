"""What the acts of a walk are about, found by what it goes by."""

from __future__ import annotations

from contract_tests.model import judgement
from contract_tests.model.judgement import Subject
from contract_tests.model.records import Partnership, School, Training
from contract_tests.walking.walk import Impossible
from contract_tests.walks.world import World

__all__ = ["Impossible", "id_of", "partnership_of", "school_of", "subject_of", "training_of"]


def training_of(world: World, name: str) -> Training:
    """What goes by a name. Raises Impossible."""
    found = world.trainings.get(name)
    if found is None:
        raise Impossible
    return found


def school_of(world: World, urn: str) -> School:
    """The school with a URN."""
    return next(each for each in world.register.schools if each.urn == urn)


def partnership_of(world: World, by: int, urn: str, cohort: str) -> Partnership:
    """A partnership of a provider with a school, made for no one person. Raises Impossible."""
    provider = world.register.providers[by]
    for each in world.register.partnerships:
        if (each.provider, each.school.urn, each.cohort, each.relationship) == (provider, urn, cohort, False):
            return each
    raise Impossible


def subject_of(world: World, by: int, training: Training, id: str, course: str | None = None) -> Subject:
    """Whom a provider means by an id and a course, that of the training or another. Raises Impossible."""
    try:
        found = judgement.subject(world.register, world.register.providers[by], id, course or training.course)
    except judgement.Ambiguous:
        raise Impossible from None
    if found.training not in (None, training):
        raise Impossible
    return found


def id_of(training: Training, which: str) -> str:
    """The id that somebody has, or the one under which this training was registered."""
    return {"now": training.person.id, "then": training.registered_as}[which]
