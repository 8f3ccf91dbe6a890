"""Whether somebody changes what a deployment holds, or it only answers otherwise each time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, cast

import pytest

from contract_tests.api import Api
from contract_tests.target.standing import Standing

PEOPLE = [{"id": str(number), "attributes": {"updated_at": "2024-11-15T09:00:00Z"}} for number in range(10)]


@dataclass
class Reply:
    data: list[Any]


@dataclass
class Lists:
    """Has its lists answered anew each time."""

    answer: Callable[[], list[Any]]
    version: str = "v1"

    def get(self, _: str, **__: str) -> Reply:
        return Reply(self.answer())


def moves(change: Callable[[int, list[Any]], list[Any]]) -> bool:
    looks = count()
    api = Lists(lambda: change(next(looks), [dict(each) for each in PEOPLE]))
    return Standing(cast(Api, api), wait=lambda _: None).moves()


def as_they_are(_: int, people: list[Any]) -> list[Any]:
    return people


def in_any_order(look: int, people: list[Any]) -> list[Any]:
    return random.Random(look).sample(people, len(people))


def as_of_now(look: int, people: list[Any]) -> list[Any]:
    return [each | {"attributes": {"updated_at": str(look)}} for each in people]


def with_one_changed(look: int, people: list[Any]) -> list[Any]:
    return [people[0] | {"attributes": {"updated_at": str(look)}}, *people[1:]]


def with_new_ones(look: int, people: list[Any]) -> list[Any]:
    return [*people, *({"id": f"new {number}", "attributes": {}} for number in range(look))]


@pytest.mark.parametrize("change", [as_they_are, in_any_order, as_of_now], ids=lambda change: change.__name__)
def test_nobody_changes_what_is_told_in_another_order_or_is_all_other_each_time(change: Any) -> None:
    assert not moves(change)


@pytest.mark.parametrize("change", [with_one_changed, with_new_ones], ids=lambda change: change.__name__)
def test_somebody_changes_what_is_there_in_part(change: Any) -> None:
    assert moves(change)
