"""Comparing two answers in full, where only what differs in every run may differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from .bindings import UUID, Bindings

TOLERANCE: Final = timedelta(minutes=3)
SENTENCE: Final = "*"  # stands for any sentence: those of the service were not recorded
LENGTH: Final = "…"  # a long list was recorded as how many it had, and the first of them
ABSENT: Final = "absent"
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_SEEDED: Final = "5"  # the version of an id of the seed data, which is the same everywhere
_UNORDERED: Final = "ecf_enrolments"


class Mismatch(NamedTuple):
    """What was recorded and what is answered here, at one place of an answer."""

    at: str
    recorded: Any
    here: Any


class Matching:
    """Compares answers of one session, and binds the ids it meets.

    With `any_order` the records of a list may come in another order, as the service leaves it open for equal keys.
    """

    def __init__(self, bindings: Bindings, *, any_order: bool = False) -> None:
        self._bindings = bindings
        self._any_order = any_order

    def compare(self, recorded: Any, here: Any, at: str = "") -> Iterator[Mismatch]:
        """Everything in which an answer is not as it was recorded."""
        match recorded, here:
            case dict(), list() if LENGTH in recorded:
                yield from self.compare(recorded[LENGTH], len(here), f"{at} length")
                yield from self._each(recorded["first"], here, at)
            case dict(), dict():
                yield from self._members(recorded, here, at)
            case list(), list() if len(recorded) != len(here):
                yield Mismatch(f"{at} length", len(recorded), f"{len(here)}: {here}")
            case list(), list():
                yield from self._each(recorded, here, at)
            case str(), str() if self._same_text(recorded, here):
                pass
            case _ if recorded != here or type(recorded) is not type(here):
                yield Mismatch(at, self._bindings.translate(recorded) if isinstance(recorded, str) else recorded, here)

    def _each(self, recorded: list[Any], here: list[Any], at: str) -> Iterator[Mismatch]:
        if self._any_order:
            here = self._in_the_order_of(recorded, here)
        for number, (one, other) in enumerate(zip(recorded, here, strict=False)):
            yield from self.compare(one, other, f"{at}[{number}]")

    def _in_the_order_of(self, recorded: list[Any], here: list[Any]) -> list[Any]:
        """What is answered here, each record where it was when it was recorded, if it is known which that is."""
        rest = list(here)
        known = {self._bindings.translate(id) for id in map(_id, recorded) if id}
        strangers = iter([each for each in here if _id(each) not in known])
        ordered = []
        for one in recorded:
            id = _id(one)
            wanted = self._bindings.translate(id) if id else None
            found = next((each for each in rest if wanted and _id(each) == wanted), None)
            found = found if found is not None else next(strangers, rest[0] if rest else None)
            if found in rest:
                rest.remove(found)
            ordered.append(found)
        return ordered

    def _members(self, recorded: dict[str, Any], here: dict[str, Any], at: str) -> Iterator[Mismatch]:
        for name in recorded | here:
            one, other = recorded.get(name, ABSENT), here.get(name, ABSENT)
            if name == _UNORDERED and isinstance(one, list) and isinstance(other, list):
                one, other = sorted(one, key=self._training), sorted(other, key=_training)
            if name in recorded and name in here:
                yield from self.compare(one, other, f"{at}.{name}")
            else:
                yield Mismatch(f"{at}.{name}", one, other)

    def _same_text(self, recorded: str, here: str) -> bool:
        if recorded == here or (recorded == SENTENCE and here):
            return True
        if _TIME.fullmatch(recorded) and _TIME.fullmatch(here):
            return abs(datetime.fromisoformat(recorded) - datetime.fromisoformat(here)) <= TOLERANCE
        if UUID.fullmatch(recorded) and UUID.fullmatch(here) and _SEEDED not in (recorded[14], here[14]):
            return self._bindings.bind(recorded, here) == here
        return self._bindings.translate(recorded) == here

    def _training(self, enrolment: dict[str, Any]) -> str:
        """The like of a recorded enrolment: its id is the one that is bound to it here."""
        return _training(
            enrolment | {"training_record_id": self._bindings.translate(str(enrolment.get("training_record_id")))}
        )


def _id(record: Any) -> str | None:
    """The id of a record in a list, or in the first cell of a row of CSV, be the row long or not."""
    match record:
        case {"id": str(id)} | {"first": [str(id), *_]} | [str(id), *_]:
            return id
    return None


def _training(enrolment: dict[str, Any]) -> str:
    """What enrolments, which are in no order, are put in order by."""
    names = ("participant_type", "cohort", "school_urn", "created_at", "training_record_id")
    return str([enrolment.get(name) for name in names])
