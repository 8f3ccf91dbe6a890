"""Ids that come out the same however often, and however far, the seed data is played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final
from uuid import UUID, uuid5

NAMESPACE: Final = UUID("6f1c2a52-9f0e-5c53-8a0b-0d4d5a1f7e21")


def named(*name: str) -> str:
    """The id of what bears this name, such as "school", "106286"."""
    return str(uuid5(NAMESPACE, "/".join(name)))


def school_id(urn: str) -> str:
    """The id of the school with this URN."""
    return named("school", urn)


class Ids:
    """Gives ids to what events bring about, by the name of each event.

    An id thus depends on nothing that is played before it, so a new event in one life changes no other id.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, event: str) -> Callable[[], str]:
        """Where new ids come from during an event of this name."""

        def new_id() -> str:
            self._given[event] += 1
            return named(event, str(self._given[event]))

        return new_id
