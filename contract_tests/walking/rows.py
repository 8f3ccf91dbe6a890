"""Lists as they are known: their rows, and the order in which they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Row:
    """One record of a list. `changed` is what `updated_since` compares; `keys` what it can be sorted by."""

    id: str
    attributes: dict[str, Any]
    created: datetime
    changed: datetime
    keys: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from others: somebody with two trainings is listed twice in v1 and v2 of ECF."""
        return self.id, self.attributes.get("training_record_id", "")


Order = list[tuple[Any, ...]]
Ordering = Callable[[Row], tuple[Any, ...]]


def in_order(rows: list[Row], order: Ordering, sort: str | None) -> tuple[list[Row], Order]:
    """Rows in order, and what each is put in order by: those alike in that are in order of their ids."""
    for name in reversed([each for each in (sort or "").split(",") if each]):
        order = by(name.lstrip("-+"), order, descends=name.startswith("-"))
    rows = sorted(rows, key=lambda row: (*order(row), *row.name))
    return rows, [order(row) for row in rows]


def by(name: str, then: Ordering, *, descends: bool) -> Ordering:
    """First by a key, and where that is alike in another order."""

    def order(row: Row) -> tuple[Any, ...]:
        if name not in row.keys:
            return then(row)
        return (_Descending(row.keys[name]) if descends else row.keys[name], *then(row))

    return order


@dataclass(frozen=True)
class _Descending:
    value: Any

    def __lt__(self, other: _Descending) -> bool:
        return bool(other.value < self.value)


def oldest(row: Row) -> tuple[Any, ...]:
    """The oldest first."""
    return (row.created,)
