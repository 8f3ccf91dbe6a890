"""Which training a change is about: the course that is named, placed with the provider that asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.api import JANE, MENTOR, Reply, World
from tests.rules.marks import accepts, refuses
from tests.rules.refusal import refusal
from tests.rules.variants import EVERY_VERSION

from .training import EVERY_CHANGE, status

OWEN = "d1dd50c8-71ef-4b62-bc3c-b498c5ca7052"  # an ECT and a mentor, both with Northgate
NADIA = "3312f736-2275-4c9e-b257-2ad694f5cc53"  # an ECT with Northgate, a mentor with Harbour
NOT_ON_IT = (422, ["course_identifier"], ["participant.course-matches"])
PLACED_ELSEWHERE = (422, ["participant_id"], ["participant.placed-with-provider"])


@EVERY_VERSION
@EVERY_CHANGE
@pytest.mark.parametrize("course", ["", " ", "ecf-mentor", "ect", "ECF-INDUCTION", "npq-senco", "nonsense"])
@refuses("participant.course-matches")
def test_a_course_that_is_missing_or_not_the_participants_is_refused(
    version: str, change: Callable[..., Reply], course: str
) -> None:
    assert refusal(World().api(version), change, JANE, course=course) == NOT_ON_IT


@EVERY_VERSION
@EVERY_CHANGE
@refuses("participant.course-matches")
def test_a_mentor_is_not_on_the_course_of_ects(version: str, change: Callable[..., Reply]) -> None:
    assert refusal(World().api(version), change, MENTOR, course="ecf-induction") == NOT_ON_IT


@EVERY_VERSION
@EVERY_CHANGE
@refuses("participant.placed-with-provider")
def test_training_that_is_placed_with_another_provider_cannot_be_changed(
    version: str, change: Callable[..., Reply]
) -> None:
    world = World()
    assert refusal(world.api(version), change, NADIA, course="ecf-mentor") == PLACED_ELSEWHERE
    assert refusal(world.api(version, "harbour"), change, NADIA, course="ecf-induction") == PLACED_ELSEWHERE


@EVERY_VERSION
@accepts("participant.placed-with-provider")
def test_each_provider_changes_the_training_it_has(version: str) -> None:
    world = World()
    assert world.api(version).defer(NADIA, course="ecf-induction").status == 200
    assert world.api(version, "harbour").defer(NADIA, course="ecf-mentor").status == 200


@EVERY_VERSION
@pytest.mark.parametrize(("course", "changed", "kept"), [("ecf-induction", 0, 1), ("ecf-mentor", 1, 0)])
@accepts("participant.course-matches")
def test_of_someone_who_is_both_only_the_training_on_that_course_changes(
    version: str, course: str, changed: int, kept: int
) -> None:
    world = World()
    assert world.api(version).defer(OWEN, course=course).status == 200
    statuses = [status(world.api("v3"), OWEN, "ect"), status(world.api("v3"), OWEN, "mentor")]
    assert (statuses[changed], statuses[kept]) == ("deferred", "active")


@EVERY_VERSION
@accepts("participant.course-matches")
def test_the_answer_shows_the_training_that_was_changed(version: str) -> None:
    shown = World().api(version).defer(OWEN, course="ecf-mentor").attributes
    if version == "v3":
        assert [e["training_status"] for e in shown["ecf_enrolments"]] == ["active", "deferred"]
    else:
        assert (shown["participant_type"], shown["training_status"]) == ("mentor", "deferred")
