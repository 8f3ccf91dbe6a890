"""How new something is that could be done: which two of its circumstances have not met before when that was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Final, TypeVar

OFFERED: Final = 8  # acts on a walk, of which the newest is taken
T = TypeVar("T")
Meeting = tuple[str, str]
"""Two circumstances, in order."""


class Newness:
    """Knows what has been done, and under which two circumstances at a time."""

    def __init__(self) -> None:
        self._met: defaultdict[str, set[Meeting]] = defaultdict(set)

    def note(self, act: str, circumstances: Iterable[str]) -> None:
        """This was done where all this was so."""
        self._met[act].update(_meetings(circumstances))

    def newest(self, offered: Sequence[T], situation: Callable[[T], tuple[str, Iterable[str]]]) -> T:
        """What has most circumstances that meet for the first time, which is done now; of several such the first."""
        known = [(each, act, _meetings(so)) for each in offered for act, so in [situation(each)]]
        newest, act, meetings = max(known, key=lambda each: len(each[2] - self._met[each[1]]))
        self._met[act] |= meetings
        return newest


def _meetings(circumstances: Iterable[str]) -> set[Meeting]:
    return set(combinations(sorted({*circumstances}), 2))
