"""What a provider sees of each participant, and the lists made of it, kept in order while things change."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final, Generic, TypeVar, overload

from sandbox.rules.reading import Page, in_order, last_of, place_in_order

F = TypeVar("F")
L = TypeVar("L")

MOST_ORDERS: Final = 16
FEW: Final = 16  # looks at single participants, after which all of them are looked at: a new world is asked little
MANY: Final = 200  # changes, after which lists are made anew rather than changed one line at a time

SortedBy = Mapping[str, Callable[[L], Any]]


class OrderedIndex(Generic[F]):
    """A fact for each participant that the provider sees anything of. `ProviderIndexes` keeps it up to date.

    `everyone` finds all of them together, `look` that of one participant. Whoever changes gets another fact, be it
    equal to the one before or not: what was made of a fact may be kept as long as the fact.
    """

    def __init__(self, everyone: Callable[[], Iterable[tuple[str, F]]], look: Callable[[str], F | None]) -> None:
        self._everyone = everyone
        self._look = look
        self._facts: dict[str, F] | None = None
        self._looks = 0
        self._orders: OrderedDict[Hashable, _Order[F, Any]] = OrderedDict()

    def get(self, participant_id: str) -> F | None:
        """The fact of one participant, if there is one."""
        self._looks += 1
        if self._facts is None and self._looks <= FEW:
            return self._look(participant_id)
        return self.fill().get(participant_id)

    def fill(self) -> dict[str, F]:
        """Look at everyone, unless that is done; every fact by the participant's id."""
        if self._facts is None:
            self._facts = dict(self._everyone())
        return self._facts

    def look_again(self, participant_ids: Collection[str]) -> None:
        """Note that something about these participants has changed."""
        if self._facts is None:
            return
        if len(participant_ids) > MANY:
            self._orders.clear()
        for id in participant_ids:
            old, new = self._facts.pop(id, None), self._look(id)
            if new is not None:
                self._facts[id] = new
            for order in self._orders.values():
                order.replace(old, new)

    def lines(
        self, question: Hashable, lines_of: Callable[[F], Iterable[L]], sort: str | None, keys: SortedBy[L]
    ) -> Sequence[L]:
        """What all the facts come to, in the order that `sort` asks for. It is the register's own: leave it as it is.

        `question` names what `lines_of` lets through. It is kept for whoever asks the same again.
        """
        named = question, sort
        order = self._orders.get(named)
        if order is None:
            lines = in_order(chain.from_iterable(map(lines_of, self.fill().values())), sort, keys)
            order = self._orders[named] = _Order(lines, lines_of, place_in_order(sort, keys))
            if len(self._orders) > MOST_ORDERS:
                self._orders.popitem(last=False)
        self._orders.move_to_end(named)
        return order.lines

    def changed(
        self,
        question: Hashable,
        lines_of: Callable[[F], Iterable[L]],
        sort: str | None,
        keys: SortedBy[L],
        is_changed: Callable[[L], bool],
        page: Page | None,
    ) -> Sequence[L]:
        """Of such a list, what changed, at least as far as a page of it needs.

        What changed is the end of the same list sorted by `updated_at`. It is sorted anew if it is short; if it is
        long, a page is sooner found by going through the whole list.
        """
        by_update = self.lines(question, lines_of, "updated_at", keys)
        changed = Tail(by_update, bisect_left(by_update, True, key=is_changed))
        if sort == "updated_at":
            return changed
        last = len(by_update) if page is None else min(last_of(page), len(by_update))
        if len(changed) ** 2 <= last * len(by_update):
            return in_order(changed, sort, keys)
        return list(islice(filter(is_changed, self.lines(question, lines_of, sort, keys)), last))


class Tail(Sequence[L]):
    """What a list holds from one place on, without a copy of it."""

    def __init__(self, lines: Sequence[L], start: int) -> None:
        self._lines = lines
        self._start = start

    def __len__(self) -> int:
        return len(self._lines) - self._start

    @overload
    def __getitem__(self, index: int) -> L: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[L]: ...
    def __getitem__(self, index: int | slice) -> L | Sequence[L]:
        """One line, or a part of them."""
        places = range(self._start, len(self._lines))[index]
        if isinstance(places, int):
            return self._lines[places]
        return self._lines[places.start : places.stop : places.step]


class _Order(Generic[F, L]):
    """A list that is kept in order. `place` says where a line belongs, and no two lines have the same place."""

    __slots__ = ("_lines_of", "_place", "lines")

    def __init__(self, lines: list[L], lines_of: Callable[[F], Iterable[L]], place: Callable[[L], Any]) -> None:
        self.lines = lines
        self._lines_of = lines_of
        self._place = place

    def replace(self, old: F | None, new: F | None) -> None:
        """Take out what one fact came to, and put in what another does."""
        for line in () if old is None else self._lines_of(old):
            del self.lines[bisect_left(self.lines, self._place(line), key=self._place)]
        for line in () if new is None else self._lines_of(new):
            insort(self.lines, line, key=self._place)
