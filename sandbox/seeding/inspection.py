"""What no act could have brought into a world, and so no file may: it would be met by whoever asks there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec

from sandbox.model import IdChange, Record, World
from sandbox.model.record import NEVER
from sandbox.store.protocol import Reader
from sandbox.store.tables import TABLES

EARLIEST: Final = datetime(2020, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""Between these a world's clock may stand."""
YEARS: Final = range(1900, 2101)  # of everything else
LONGEST: Final = 1000  # characters
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f]")
_ID: Final = re.compile(r"[^\s\x00-\x1f\x7f]{1,200}")
_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "id": _ID,
    "cohort": re.compile("20[0-9]{2}"),
    "urn": re.compile("[0-9]{6}"),
    "trn": re.compile("[0-9]{7}"),
}
_NUMBERS: Final[Mapping[str, range]] = {"year": YEARS, "month": range(1, 13)}


def problems(reader: Reader) -> Iterator[str]:
    """What is wrong with records, each on its own and all together, apart from what they name."""
    worlds = list(reader.all(World))
    if [world.id for world in worlds] != ["world"]:
        yield "A file holds one world, whose id is world."
    for world in worlds:
        yield from problems_of_world(world)
    for table in TABLES:
        for record in reader.all(table.kind):
            for path, wrong in _wrong(_members(record)):
                yield f"{table.name}, {record.id!r}: {path} {wrong}."
    yield from _circles(reader.all(IdChange))


def problems_of_world(world: World) -> Iterator[str]:
    """What is wrong with a world's clock."""
    if world.starts_at.tzinfo is None or not EARLIEST <= world.starts_at <= LATEST:
        yield f"A world's time lies between {EARLIEST:%Y} and {LATEST:%Y}, and not at {world.starts_at.isoformat()}."


def _wrong(members: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """Where something is that cannot be, and why not."""
    for name, value in members:
        match value:
            case str():
                if wrong := _wrong_text(name, value):
                    yield name, wrong
            case datetime():
                if value != NEVER and (value.utcoffset() != timedelta(0) or value.year not in YEARS):
                    yield name, f"is no time in UTC of the years {YEARS[0]} to {YEARS[-1]}"
            case date():
                if value.year not in YEARS:
                    yield name, f"is no day of the years {YEARS[0]} to {YEARS[-1]}"
            case bool():
                pass
            case int():
                if value not in _NUMBERS.get(name, range(1_000_000)):
                    yield name, "is no such number"
            case msgspec.Struct():
                yield from _wrong(_members(value))
            case dict():
                yield from _wrong((str(key), inner) for key, inner in value.items())
            case list() | tuple() | set() | frozenset():
                yield from _wrong((name, inner) for inner in value)


def _wrong_text(name: str, text: str) -> str | None:
    if len(text) > LONGEST:
        return f"has more than {LONGEST} characters"
    if _UNSEEN.search(text):
        return "holds a character that cannot be seen"
    form = _FORMS.get(name) or (_ID if name.endswith("_id") else None)
    return "is not of the form it has" if form is not None and not form.fullmatch(text) else None


def _members(record: Record | msgspec.Struct) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(record, name)) for name in record.__struct_fields__)


def _circles(changes: Iterable[IdChange]) -> Iterator[str]:
    """Ids that were retired in favour of each other."""
    successors = {change.from_participant_id: change.to_participant_id for change in changes}
    follow: Callable[[str], str | None] = successors.get
    for first in successors:
        seen, id = set[str](), follow(first)
        while id is not None and id not in seen:
            if id == first:
                yield f"The participant id {first!r} was retired in favour of itself."
                break
            seen.add(id)
            id = follow(id)
