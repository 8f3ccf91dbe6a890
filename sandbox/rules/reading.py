"""Which records a list holds, in what order, and how they are cut into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec

from sandbox.model import IdChange, Placement
from sandbox.rules.rule import rule

T = TypeVar("T")

LAST_COHORT_LEFT_OUT: Final = "2020"
MOST_PER_PAGE: Final = 3000


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a list is asked for; both numbers are 1 or more."""

    page: int = 1
    per_page: int = 100


def names_in(text: str | None) -> frozenset[str] | None:
    """What a comma-separated filter names; None when it is absent or blank and so filters nothing."""
    names = frozenset(name.strip() for name in (text or "").split(",")) - {""}
    return names or None


@rule("read.cohort-filter")
def in_cohorts(cohort: str, cohorts: frozenset[str] | None) -> bool:
    """True for a cohort that is asked for, or, when none is, for every cohort after 2020."""
    return cohort > LAST_COHORT_LEFT_OUT if cohorts is None else cohort in cohorts


@rule("read.updated-since")
def changed_since(updated_at: datetime, since: datetime | None) -> bool:
    """True for what changed at that time or later."""
    return since is None or updated_at >= since


def changed_after(updated_at: datetime, since: datetime | None) -> bool:
    """True for what changed later than that time, as v1 and v2 have it for declarations (read.updated-since)."""
    return since is None or updated_at > since


@rule("read.training-status")
def has_training_status(placements: Iterable[Placement], status: str | None) -> bool:
    """True when one of a person's newest placements has the training status asked for, if any is."""
    return status is None or any(placement.training.status == status for placement in placements)


@rule("read.from-participant-id")
def replaced(id_changes: Iterable[IdChange], retired_id: str | None) -> bool:
    """True when a person took the place of the retired id asked for, if any is."""
    return retired_id is None or any(change.from_participant_id == retired_id for change in id_changes)


@rule("read.participant-id")
def is_among(id: str | None, ids: frozenset[str] | None) -> bool:
    """True when an id is one of those asked for, if any are."""
    return ids is None or id in ids


@rule("read.page")
def page_of(items: Sequence[T], page: Page) -> Sequence[T]:
    """The part of a list that makes up a page: nothing beyond the end, 3,000 items at the most."""
    end = last_of(page)
    return items[end - min(page.per_page, MOST_PER_PAGE) : end]


def last_of(page: Page) -> int:
    """How many items of a list there are up to the end of a page."""
    return page.page * min(page.per_page, MOST_PER_PAGE)


@rule("read.sort")
def in_order(items: Iterable[T], sort: str | None, keys: Mapping[str, Callable[[T], Any]]) -> list[T]:
    """The items by the attributes `sort` names, "-" before one for descending; oldest created first by default.

    `keys` has every attribute that can be sorted by, "created_at" and "id" among them. Unknown names are ignored.
    Ties are broken by creation and id, so that no page overlaps another or leaves something out.
    """
    ordered = sorted(items, key=lambda item: (keys["created_at"](item), keys["id"](item)))
    for key, descends in reversed(_sorted_by(sort, keys)):
        ordered.sort(key=key, reverse=descends)
    return ordered


def place_in_order(sort: str | None, keys: Mapping[str, Callable[[T], Any]]) -> Callable[[T], Any]:
    """Where one item belongs among others that are in this order, to be compared with where they do."""
    named = [*_sorted_by(sort, keys), (keys["created_at"], False), (keys["id"], False)]
    return lambda item: [_Descending(key(item)) if descends else key(item) for key, descends in named]


def _sorted_by(sort: str | None, keys: Mapping[str, Callable[[T], Any]]) -> list[tuple[Callable[[T], Any], bool]]:
    """What `sort` names, and whether it is to descend."""
    names = (sort or "").split(",")
    known = ((keys.get(name.lstrip("+-")), name.startswith("-")) for name in names)
    return [(key, descends) for key, descends in known if key is not None]


class _Descending(msgspec.Struct, frozen=True):
    """A value that comes before smaller ones."""

    value: Any

    def __lt__(self, other: _Descending) -> bool:
        return bool(other.value < self.value)
