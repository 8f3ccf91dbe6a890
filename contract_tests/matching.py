"""Whether what two deployments answer is the same, but for ids and times that each has of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, Final

Record = dict[str, Any]

ABSENT: Final = object()
UNKNOWN: Final = "some id"

# What a deployment's own clock says; all other dates are what somebody told it.
CLOCK: Final = frozenset({"created_at", "updated_at", "challenged_at", "changed_at", "date"})

# What tells records of a type apart, where nothing else of them is as it should be; nothing does where the id is all.
NATURAL: Final[dict[str, tuple[str, ...]]] = {
    "participant": ("full_name",),
    "unfunded-mentor": ("full_name",),
    "participant-declaration": ("participant_id", "course_identifier", "declaration_type"),
    "statement": ("cohort", "year", "month"),
    "school": ("urn",),
    "delivery-partner": ("name",),
    "partnership": ("cohort", "urn"),
    "participant-transfer": (),
}

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")


class Ids:
    """Which ids of the first deployment and of the second stand for the same thing."""

    def __init__(self) -> None:
        self._second: dict[str, str] = {}
        self._first: dict[str, str] = {}

    def pair(self, first: str, second: str) -> bool:
        """Take both for the same from now on. False when either stands for something else."""
        first, second = first.lower(), second.lower()
        if first not in self._second and second not in self._first:
            self._second[first], self._first[second] = second, first
        return self._second.get(first) == second

    def of_first(self, id: str) -> str:
        """How the first is called that this id of the first stands for, if its like is known."""
        return id.lower() if id.lower() in self._second else UNKNOWN

    def of_second(self, id: str) -> str:
        """The same, by the id that the second has for it."""
        return self._first.get(id.lower(), UNKNOWN)


def matched(
    first: Sequence[Record], second: Sequence[Record], ids: Ids
) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """The records of two lists in pairs, and those that only the first has, and the second.

    They are told by their ids, else by everything they say, else by what records of their type are told apart by. Of
    one id there may be two, for someone's two trainings: then everything they say comes first.
    """

    def one(record: Record) -> str:
        return str(record["id"]).lower()

    def other(record: Record) -> str:
        known = ids.of_second(str(record["id"]))
        return str(record["id"]).lower() if known == UNKNOWN else known

    def says(record: Record) -> str:
        return _form(record, ids.of_first)

    def says_too(record: Record) -> str:
        return _form(record, ids.of_second)

    pairs: list[tuple[Record, Record]] = []
    for of_first, of_second in (
        (lambda record: (one(record), says(record)), lambda record: (other(record), says_too(record))),
        (one, other),
        (says, says_too),
        (lambda record: _key(record, ids.of_first), lambda record: _key(record, ids.of_second)),
    ):
        found, first, second = _matched(first, second, of_first, of_second)
        for pair in found:
            ids.pair(*(str(record["id"]) for record in pair))
        pairs += found
    return pairs, list(first), list(second)


def differences(first: Any, second: Any, ids: Ids, at: str = "", name: str = "") -> Iterator[tuple[str, str, str]]:
    """Where two values differ, what the first has there and what the second; `name` is the member they are of."""
    if isinstance(first, dict) and isinstance(second, dict):
        for member in (*first, *(other for other in second if other not in first)):
            path = f"{at}.{member}" if at else member
            yield from differences(first.get(member, ABSENT), second.get(member, ABSENT), ids, path, member)
    elif isinstance(first, list) and isinstance(second, list):
        if len(first) != len(second):
            yield at, f"{len(first)} items", f"{len(second)} items"
        for one, other in zip(first, second, strict=False):
            yield from differences(one, other, ids, f"{at}[]", name)
    elif not _alike(first, second, ids, name):
        yield at, told(first), told(second)


def told(value: Any) -> str:
    """A value as it is shown in a report."""
    return "absent" if value is ABSENT else json.dumps(value, ensure_ascii=False)[:200]


def _alike(first: Any, second: Any, ids: Ids, name: str) -> bool:
    if isinstance(first, str) and isinstance(second, str):
        if _UUID.fullmatch(first) and _UUID.fullmatch(second):
            return ids.pair(first, second)
        if _is_of_the_clock(name, first) and _is_of_the_clock(name, second):
            return _shape(first) == _shape(second)
    return type(first) is type(second) and bool(first == second)


def _is_of_the_clock(name: str, value: str) -> bool:
    return name in CLOCK and _TIME.match(value) is not None


def _shape(time: str) -> str:
    """How a time is written, whichever it is."""
    return re.sub(r"\d", "0", time)


def _matched(
    first: Sequence[Record],
    second: Sequence[Record],
    of_first: Callable[[Record], Hashable],
    of_second: Callable[[Record], Hashable],
) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """Pairs of records with the same key, in the order of the lists, and what is left. None is no key."""
    waiting: dict[Hashable, list[Record]] = {}
    for record in second:
        waiting.setdefault(of_second(record), []).append(record)
    left_over = waiting.pop(None, [])
    pairs, only_first = [], []
    for record in first:
        like = waiting.get(of_first(record))
        if like:
            pairs.append((record, like.pop(0)))
        else:
            only_first.append(record)
    left = {id(record) for records in (left_over, *waiting.values()) for record in records}
    return pairs, only_first, [record for record in second if id(record) in left]


def _form(record: Record, name_of: Callable[[str], str]) -> str:
    """Everything a record says, without what is a deployment's own."""

    def form(node: Any, name: str = "") -> Any:
        if isinstance(node, dict):
            return {member: form(value, member) for member, value in node.items()}
        if isinstance(node, list):
            return [form(item, name) for item in node]
        if isinstance(node, str) and _UUID.fullmatch(node):
            return name_of(node)
        return _shape(node) if isinstance(node, str) and _is_of_the_clock(name, node) else node

    return json.dumps(form({name: value for name, value in record.items() if name != "id"}), sort_keys=True)


def _key(record: Record, name_of: Callable[[str], str]) -> str | None:
    """What a record is told from others of its type by; None where there is no such thing."""
    names = NATURAL.get(str(record.get("type")))
    about = record.get("attributes")
    return _form({name: about.get(name) for name in names}, name_of) if names and isinstance(about, dict) else None
