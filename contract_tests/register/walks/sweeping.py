"""All that lists may be asked for in a world: by each filter, by two of them, in each order, in pages, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import combinations
from random import Random
from typing import Any, Final

from contract_tests.register.asking import SCHOOLS
from contract_tests.register.model import lists
from contract_tests.register.model.lists import Query
from contract_tests.register.walks.chance import COHORTS
from contract_tests.register.walks.looking import ALL, FILTERS, KEYS, Question
from contract_tests.register.walks.world import World
from contract_tests.walking.asking import Asked, by_one, by_two, in_orders, since_changes
from contract_tests.walking.rows import Row

MOST_TIMES: Final = 3  # at which something changed: each tells those of it from those before it
MOST_DECLARED: Final = 12  # declarations by whose people, all together, they are asked for
MOST_SINGLE: Final = 6  # records of a list by themselves


class Sweep:
    """What the first two providers ask of every list: each of them, or they take turns."""

    def __init__(self, world: World, random: Random, *, in_turn: bool = False) -> None:
        self._world = world
        self._random = random
        self._in_turn = in_turn

    def questions(self) -> Iterator[Question]:
        """All of it."""
        for number, path in enumerate(FILTERS):
            for by in (number % 2,) if self._in_turn else (0, 1):
                needed, values = self._needed(path), self._values(by, path)
                counted = partial(self._counted, by, path, needed)
                for asked in (*by_one(values), *by_two(values, counted, self._random)):
                    yield Question(by, path, replace(needed, **asked))
                yield from self._in_parts(by, path)

    def _in_parts(self, by: int, path: str) -> Iterator[Question]:
        needed = self._needed(path)
        for sort in (None, *self._orders(path)[1:2]):
            yield Question(by, path, replace(needed, sort=sort), form="pages")
        picks = min(MOST_SINGLE, len(self._world.known.people))
        yield from (Question(by, path, needed, form="one", pick=pick) for pick in range(picks))
        if path != SCHOOLS:
            yield from (Question(by, path, form="nothing", pick=pick) for pick in range(picks // 3))

    def _values(self, by: int, path: str) -> Mapping[str, Sequence[Any]]:
        """What a list may be asked for, by the filters that it has."""
        known = self._world.known
        declared = [each.person.id for each in known.declarations]
        several = [frozenset(declared[-MOST_DECLARED:])] if len(set(declared)) > 1 else []
        values: Mapping[str, Sequence[Any]] = {
            "cohorts": [frozenset(each) for number in (1, 2) for each in combinations(COHORTS, number)],
            "since": self._times(by, path),
            "training_status": ("active", "deferred", "withdrawn"),
            "from_participant_id": [each.retired for each in known.id_changes[-2:]],
            "participant_ids": [*(frozenset({each}) for each in declared[-3:]), *several],
            "partner_ids": [frozenset({each.id}) for each in known.partners[:3]],
            "urn": [each.urn for each in known.schools[:2]],
            "sort": self._orders(path),
        }
        return {name: values[name] for name in FILTERS[path]}

    def _times(self, by: int, path: str) -> list[datetime]:
        """When something of a list changed last, and a second later."""
        return since_changes(self._rows(by, path, self._needed(path)), MOST_TIMES)

    def _counted(self, by: int, path: str, needed: Query, asked: Asked) -> int:
        return len(self._rows(by, path, replace(needed, **asked)))

    def _rows(self, by: int, path: str, query: Query) -> list[Row]:
        return lists.listed(self._world.known, self._world.known.providers[by], path, query)[0]

    def _orders(self, path: str) -> list[str]:
        """Each order both ways, and the first two of them together."""
        return in_orders(KEYS.get(path, ("created_at", "updated_at")))

    def _needed(self, path: str) -> Query:
        return replace(ALL, cohorts=frozenset({self._random.choice(COHORTS)})) if path == SCHOOLS else ALL
