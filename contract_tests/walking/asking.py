"""Ways to ask for a list: by one filter, and by two that each make a difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import combinations, islice, product
from random import Random
from typing import Any, Final

from contract_tests.walking.rows import Row

SECOND: Final = timedelta(seconds=1)
MOST_TRIED: Final = 12  # pairs of values, of which the one that tells most is taken

Values = Mapping[str, Sequence[Any]]
Asked = Mapping[str, Any]


def by_one(values: Values) -> Iterator[Asked]:
    """Each value of each filter alone."""
    yield from ({name: value} for name, among in values.items() for value in among)


def by_two(values: Values, listed: Callable[[Asked], int], random: Random) -> Iterator[Asked]:
    """Every two filters together, with values of which each leaves some out and both leave some in, if there are any.

    If there are none, also with values of which each leaves some in and both nothing: or it would not be seen that one
    is forgotten beside the other. `listed` says how many records are listed for what is asked.
    """
    alone = {(name, value): listed({name: value}) for name, among in values.items() for value in among}

    def tells(asked: Asked, found: int) -> int:
        """How many of two filters make a difference while something is listed."""
        return sum(found < alone[each] for each in asked.items()) if found else -1

    for names in combinations([name for name, among in values.items() if among], 2):
        pairs = [dict(zip(names, pair, strict=True)) for pair in product(*(values[name] for name in names))]
        tried = [(each, listed(each)) for each in random.sample(pairs, k=min(MOST_TRIED, len(pairs)))]
        most = max(tried, key=lambda each: tells(*each))
        yield most[0]
        if tells(*most) < len(names):
            nothing = (asked for asked, found in tried if not found and all(alone[each] for each in asked.items()))
            yield from islice(nothing, 1)


def since_changes(rows: Iterable[Row], most: int) -> list[datetime]:
    """When something of a list changed, the last times first and no more of them; and a second after each."""
    changed = sorted({row.changed for row in rows}, reverse=True)
    return [at for each in changed[:most] for at in (each, each + SECOND)]


def in_orders(keys: Sequence[str]) -> list[str]:
    """By each key, both ways; and by the second, turned round, before the first."""
    return [sign + key for key in keys for sign in ("", "-")] + [f"-{keys[1]},{keys[0]}" for _ in keys[1:2]]
