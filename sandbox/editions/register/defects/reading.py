"""Lists that hold, or are cut into, something else than they should."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from sandbox.edition import Defect
from sandbox.editions.register.rules.periods import training_status
from sandbox.editions.register.rules.spelling import since as decoded_twice
from sandbox.model import TrainingPeriod
from sandbox.rules.parts import altered, becoming
from sandbox.rules.reading import Page, changed_after

Cut = Callable[[Sequence[Any], Page], Sequence[Any]]


def _skipping(page_of: Cut) -> Cut:
    """Each page but the first begins one record late."""
    return lambda items, page: page_of(items[1:] if page.page > 1 else items, page)


def _backwards(page_of: Cut) -> Cut:
    return lambda items, page: page_of(items[::-1], page)


def _whatever_is_asked(_: Any) -> Callable[..., bool]:
    return lambda *_: True


def _as_shown(trainings: Iterable[TrainingPeriod], status: str | None) -> bool:
    return status is None or any(training_status(each) == status for each in trainings)


def _offset_read(text: str) -> Any:
    """A time with an offset is read as it comes, which the service does not."""
    return decoded_twice(text.replace("+", "%2B"))


def _unsorted(_: Any) -> Callable[[str | None], str | None]:
    return lambda _sort: None


def _one_year(years: Callable[[str | None], frozenset[str] | None]) -> Callable[[str | None], frozenset[str] | None]:
    return lambda text: years((text or "").partition(",")[0])


READING: Final = (
    Defect(
        name="list-since-exclusive",
        about="Leaves out of a list what changed at the very moment that is asked for.",
        breaks="read.updated-since",
        rules=altered("listing.changed_since", becoming(changed_after)),
    ),
    Defect(
        name="list-since-ignored",
        about="Takes no notice of filter[updated_since].",
        breaks="read.updated-since",
        rules=altered("listing.changed_since", _whatever_is_asked),
    ),
    Defect(
        name="offset-read-once",
        about="Reads an offset in filter[updated_since] as it is sent.",
        breaks="read.updated-since",
        rules=altered("spelling.since", becoming(_offset_read)),
    ),
    Defect(
        name="filter-of-ids-ignored",
        about="Takes no notice of filters by delivery partner.",
        breaks="read.participant-id",
        rules=altered("listing.is_among", _whatever_is_asked),
    ),
    Defect(
        name="one-cohort-only",
        about="Takes only the first of several cohorts that are asked for.",
        breaks="read.cohort-filter",
        rules=altered("spelling.years", _one_year),
    ),
    Defect(
        name="status-as-shown",
        about="Finds people by the training status that is shown only, not by either stamp.",
        breaks="read.training-status",
        rules=altered("listing.has_status", becoming(_as_shown)),
    ),
    Defect(
        name="page-begins-late",
        about="Leaves a record out between one page and the next.",
        breaks="read.page",
        rules=altered("listing.page_of", _skipping),
    ),
    Defect(
        name="lists-backwards",
        about="Gives lists in the opposite order.",
        breaks="read.sort",
        rules=altered("listing.page_of", _backwards),
    ),
    Defect(
        name="sort-ignored",
        about="Takes no notice of `sort`.",
        breaks="read.sort",
        rules=altered("spelling.sort", _unsorted),
    ),
)
