"""All that lists may be asked for in a world: by each filter, by two of them, in each order, in pages, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain, cycle
from random import Random
from typing import Any, Final

from contract_tests.model import lists
from contract_tests.model.lists import Query
from contract_tests.walking.asking import SECOND, Asked, by_one, by_two, in_orders, since_changes
from contract_tests.walking.rows import Row
from contract_tests.walks.looking import (
    ALL,
    FLAT,
    FLAT_ALONE,
    NESTED,
    NESTED_ALONE,
    NOT_ALONE,
    SORTS,
    SORTS_OF_COLUMNS,
    STATUSES,
    Question,
)
from contract_tests.walks.world import COHORTS, World

MOST_TIMES: Final = 2  # at which something changed: each tells those of it from those before it
MOST_SINGLE: Final = 3  # records of a list by themselves


class Sweep:
    """What providers with a partnership ask, of every list in turn."""

    def __init__(self, world: World, random: Random) -> None:
        self._world = world
        self._random = random
        self._fields = NESTED if world.version == "v3" else FLAT
        self._alone = NESTED_ALONE if world.version == "v3" else FLAT_ALONE

    def questions(self) -> Iterator[Question]:
        """All of it."""
        turns = cycle(partnered(self._world))
        for path in self._fields:
            needed, values = self._needed(path), self._values(path)
            for asked in by_one(values):
                yield Question(next(turns), path, replace(needed, **asked))
            by = next(turns)
            for asked in by_two(values, partial(self._counted, by, path, needed), self._random):
                yield Question(by, path, replace(needed, **asked))
            yield from self._sorted(next(turns), path, values)
            for pick in range(MOST_SINGLE):
                yield Question(next(turns), path, self._needed(path), form="one", pick=pick)
                if path != lists.SCHOOLS:
                    yield Question(next(turns), path, form="nothing", pick=pick)
            yield from self._of_one(next(turns), path, values)
            for sort in ("", "-created_at") if "sort" in self._fields[path] else ("",):
                yield Question(next(turns), path, replace(self._needed(path), sort=sort or None), form="pages")
            yield from self._changed_in_pages(next(turns), path)

    def _sorted(self, by: int, path: str, values: Mapping[str, Sequence[Any]]) -> Iterator[Question]:
        """By each filter in another order: since a time in that by which changes are looked up, turned round."""
        needed, orders = self._needed(path), values.get("sort", ())
        for name, among in values.items() if orders else ():
            if name == "sort" or not among:
                continue
            times = {value: self._times_of(by, path, replace(needed, **{name: value})) for value in among}
            value = max(times, key=lambda each: len(times[each]))
            if name == "since":
                yield Question(by, path, replace(needed, sort="-updated_at", **{name: value}))
            yield Question(by, path, replace(needed, sort=self._random.choice(orders), **{name: value}))

    def _changed_in_pages(self, by: int, path: str) -> Iterator[Question]:
        """All of it as having changed, page by page, and what changed later than half of it: in orders of their own."""
        needed, rows = self._needed(path), self._rows(by, path, self._needed(path))
        if not rows or "since" not in self._fields[path]:
            return
        changed = sorted(row.changed for row in rows)
        everything, half = changed[0] - SECOND, changed[len(changed) // 2] + SECOND
        first, second = ("-created_at", "updated_at") if "sort" in self._fields[path] else (None, None)
        yield Question(by, path, replace(needed, since=everything, sort=first), form="pages")
        if not self._is_open(path, half):
            yield Question(by, path, replace(needed, since=half, sort=second), form="pages")
        if self._world.version != "v3":
            yield Question(by, path, replace(needed, since=everything), form="csv")

    def _times_of(self, by: int, path: str, query: Query) -> set[datetime]:
        return {row.changed for row in self._rows(by, path, query)}

    def _of_one(self, by: int, path: str, values: Mapping[str, Sequence[Any]]) -> Iterator[Question]:
        """By each filter, records by themselves: one that the list has then, and one that it has not."""
        needed = self._needed(path)
        ids = {row.id for row in self._rows(by, path, needed)}
        for name in (*self._alone.get(path, ()), *NOT_ALONE.get(path, ())):
            if not values[name]:
                continue
            asked = Question(by, path, replace(needed, **{name: self._random.choice(values[name])}), form="alone")
            listed = {row.id for row in self._rows(by, path, asked.query)}
            for among in (ids & listed, ids - listed):
                if among:
                    yield replace(asked, id=self._random.choice(sorted(among)))

    def _values(self, path: str) -> Mapping[str, Sequence[Any]]:
        """What a list may be asked for, by the filters that it has."""
        register = self._world.register
        values: Mapping[str, Sequence[Any]] = {
            "cohorts": [frozenset({each}) for each in COHORTS] + [frozenset(COHORTS[1:3])],
            "since": self._times(path),
            "training_status": STATUSES,
            "from_participant_id": [each.retired for each in register.id_changes[:2]],
            "participant_ids": [frozenset({each.id}) for each in register.people[:2]],
            "partner_ids": [frozenset({each.id}) for each in register.partners],
            "urn": [urn for each in register.schools[:1] for urn in (each.urn, each.urn[:-1])],
            "type": ("ecf", "npq"),
            "sort": self._orders(path),
        }
        return {name: values[name] for name in self._fields[path]}

    def _times(self, path: str) -> list[datetime]:
        """When something of a list changed last, and a second later, where it is not left open what that finds."""
        shown = (self._rows(by, path, self._needed(path)) for by in partnered(self._world))
        return [at for at in since_changes(chain.from_iterable(shown), MOST_TIMES) if not self._is_open(path, at)]

    def _is_open(self, path: str, at: datetime) -> bool:
        """True where it is left open whether what changed at a time is found by it."""
        register = self._world.register
        might_be = self._world.version != "v3" and path == lists.DECLARATIONS and register.deployed
        return might_be and any(at == each.updated for each in register.declarations)

    def _counted(self, by: int, path: str, needed: Query, asked: Asked) -> int:
        return len(self._rows(by, path, replace(needed, **asked)))

    def _rows(self, by: int, path: str, query: Query) -> list[Row]:
        register = self._world.register
        return lists.listed(register, register.providers[by], self._world.version, path, query)[0]

    def _orders(self, path: str) -> list[str]:
        """Each order both ways, one with a plus, and two of them together."""
        keys = SORTS.get(path, ())
        columns = SORTS_OF_COLUMNS.get(path, ()) if self._world.register.deployed else ()
        return [*in_orders((*keys, *columns)), *(f"+{key}" for key in keys[1:2])]

    def _needed(self, path: str) -> Query:
        return replace(ALL, cohorts=frozenset({"2024"})) if path == lists.SCHOOLS else ALL


def partnered(world: World) -> list[int]:
    """The providers that have had a partnership, by their numbers."""
    found = {each.provider.id for each in world.register.partnerships}
    return [number for number, each in enumerate(world.register.providers) if each.id in found]
