"""Whether a deployment stands still while it is tested, or others change what it holds."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from itertools import chain, pairwise
from typing import Final

from contract_tests.api import Api
from contract_tests.errors import ContractBroken
from contract_tests.lists import lists, paged

LOOKS: Final = 4
APART: Final = 0.7  # seconds
ENOUGH: Final = 3  # times that it stood still
MOST: Final = 0.5  # of all records: so many do not change within a second, and again in the next


class Standing:
    """Looks at every list for a while, when there is reason to; and no more once it has seen enough."""

    def __init__(self, api: Api, wait: Callable[[float], None] = time.sleep) -> None:
        self._api = api
        self._wait = wait
        self._stood = 0
        self._moves = False

    def moves(self) -> bool:
        """True where something changed by itself, now or before."""
        if not self._moves and self._stood < ENOUGH:
            self._moves = self._changes()
            self._stood += 1
        return self._moves

    def _changes(self) -> bool:
        """True where some records changed, unless most of them do each time: nobody does that, it answers so."""
        looks = [self._all()]
        for _ in range(LOOKS - 1):
            self._wait(APART)
            looks.append(self._all())
        changed = [_share_changed(before, after) for before, after in pairwise(looks)]
        return any(changed) and min(changed) <= MOST

    def _all(self) -> Counter[str]:
        """Every record of every list, and how often it is there: in which order is no matter of who changes what."""
        return Counter(chain.from_iterable(self._first(path, needed) for path, needed in lists(self._api.version)))

    def _first(self, path: str, needed: dict[str, str]) -> list[str]:
        try:
            found = self._api.get(path, **needed, **paged(1, 3000)).data
        except ContractBroken as broken:
            return [f"{path}: {broken}"]
        return [json.dumps([path, record], sort_keys=True) for record in found]


def _share_changed(before: Counter[str], after: Counter[str]) -> float:
    """Of all records, how many are other ones, or gone, or new."""
    return (after - before).total() / max(1, after.total()) or (before - after).total() / max(1, before.total())
