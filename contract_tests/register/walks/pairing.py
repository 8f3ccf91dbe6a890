"""Filters of a list by twos, with values of which each leaves out something that the other does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import combinations, product
from typing import Any, Final

from contract_tests.register.asking import SCHOOLS
from contract_tests.register.model.lists import Query
from contract_tests.register.walks.chance import COHORTS
from contract_tests.register.walks.looking import FILTERS, KEYS, Question
from contract_tests.register.walks.world import World
from contract_tests.walking.rows import Row

MOST_TIMES: Final = 7  # of which `updated_since` is tried


def orders(path: str) -> list[str]:
    """Every order that a list can be put in by one key."""
    keys = KEYS.get(path, ("created_at", "updated_at")) if "sort" in FILTERS[path] else ()
    return [sign + key for key in keys for sign in ("", "-")]


def pairs(world: World, by: int, path: str) -> Iterator[Question]:
    """Each two filters of a list together; and one, in the order in which its rows come least as they would without."""
    whole = Question(by, path, Query(cohorts=frozenset({"2025"})) if path == SCHOOLS else Query())
    rows = whole.rows(world)
    found = {name: _found(world, whole, name, rows) for name in FILTERS[path] if name != "sort"}
    for one, other in combinations(found, 2):
        best = max(product(found[one], found[other]), key=lambda two: _tells(*(ids for _, ids in two)), default=None)
        if best is not None:
            (value, _), (another, _) = best
            query = replace(whole.query, **{one: value, other: another})
            yield replace(whole, query=query, form="pages" if query.since else "list")
    for name, values in found.items() if "sort" in FILTERS[path] else ():
        if values:
            value, _ = max(values, key=lambda each: len(each[1]) < len(rows) and len(each[1]))
            yield replace(whole, query=replace(whole.query, **{name: value}, sort="-updated_at"))


def _found(world: World, whole: Question, name: str, rows: list[Row]) -> list[tuple[Any, frozenset[str]]]:
    """Values of a filter, with the ids of what it lets through: some, and not all."""
    everything = frozenset(row.id for row in rows)
    found = []
    for value in _values(world, name, rows):
        ids = frozenset(row.id for row in replace(whole, query=replace(whole.query, **{name: value})).rows(world))
        if ids and ids != everything:
            found.append((value, ids))
    return found


def _tells(one: frozenset[str], other: frozenset[str]) -> int:
    return min(len(one & other), len(one - other), len(other - one))


def _values(world: World, name: str, rows: list[Row]) -> Iterable[Any]:
    known = world.known
    match name:
        case "cohorts":
            return [frozenset({cohort}) for cohort in COHORTS]
        case "since":
            return _spread(sorted({row.changed for row in rows}))
        case "training_status":
            return ("active", "deferred", "withdrawn")
        case "from_participant_id":
            return [change.retired for change in known.id_changes]
        case "participant_ids":
            ids = sorted({declared.person.id for declared in known.declarations})
            return [frozenset(ids[half::2]) for half in (0, 1)]
        case "partner_ids":
            return [frozenset({partner.id}) for partner in known.partners]
        case _:
            return [school.urn for school in known.schools]


def _spread(times: list[datetime]) -> list[datetime]:
    return times[1 :: max(1, len(times) // MOST_TIMES)]
