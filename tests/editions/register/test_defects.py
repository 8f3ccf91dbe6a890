"""Defects of Register: each is another book or another presentation, of its own world alone."""

from __future__ import annotations

import pytest

from sandbox.editions import ecf, register
from sandbox.editions.register.book import BOOK
from sandbox.editions.register.defects import DEFECTS
from sandbox.editions.register.presentation import PRESENTATIONS
from tests.openapi.documents import catalogue

from .world import World

EVERY_DEFECT = pytest.mark.parametrize("name", DEFECTS)


@EVERY_DEFECT
def test_a_defect_replaces_a_part_and_leaves_the_right_one_alone(name: str) -> None:
    defect = DEFECTS[name]
    right = PRESENTATIONS["deployed"]
    assert defect.rules(BOOK) is not BOOK or defect.presentation(right) is not right
    assert register.EDITION.rules["deployed"] is BOOK


@EVERY_DEFECT
def test_it_breaks_a_rule_or_a_check_that_there_is(name: str) -> None:
    defect = DEFECTS[name]
    assert defect.breaks in {*catalogue("register"), "answer.times"}
    assert defect.about.endswith(".")


def test_no_two_defects_have_the_same_name_in_whichever_edition() -> None:
    assert set(DEFECTS) & set(ecf.EDITION.defects) == set()
    assert len(DEFECTS) >= 100


def test_a_world_has_those_that_it_is_made_with_and_no_other_meets_them(world: World) -> None:
    wrong = World(defects=["declared-for-the-future"])
    for each, status in ((world, 422), (wrong, 200)):
        assert each.provider().declare(each.trainee(), dated="2027-01-01T00:00:00Z").status == status
    wrong.close()
