"""Lists, read from the first page to the last."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sandbox.readiness.finding import About, Finding, Samples, counted, met, sentence
from sandbox.readiness.request import (
    MOST_PER_PAGE,
    PAGE,
    PER_PAGE,
    SIZE,
    TURNING,
    Request,
    is_accepted,
    number,
    others_than,
    query_of,
    sample,
)

MOST: Final = 1000  # lists that are told from each other, and pages of one


@dataclass(slots=True)
class Reading:
    """A list as it is read: which of its pages are, in whatever order they come, and how often all of them were."""

    operation: str
    query: str
    pages: set[int] = field(default_factory=set)
    last: int | None = None
    finished: int = 0
    longest: int = 0

    def note(self, page: int, records: int, size: int) -> int | None:
        """Look at one more page. How many there are, when it is the last missing one of a list."""
        if not records and page > 1 and not self.pages:
            return None  # one more, to see that nothing follows
        if page == 1 and page in self.pages:
            self.pages, self.last = set(), None
        if len(self.pages) < MOST:
            self.pages.add(page)
        if records < size:
            self.last = page if self.last is None else min(page, self.last)
        if self.last is None or not self.pages.issuperset(range(1, self.last + 1)):
            return None
        length, self.pages, self.last = self.last, set(), None
        self.finished += 1
        self.longest = max(self.longest, length)
        return length


class Readings:
    """Every list that is read, told from others by operation, path and filters."""

    def __init__(self) -> None:
        self.all: dict[Hashable, Reading] = {}

    def note(self, request: Request) -> int | None:
        """Look at one more request; how many pages the list has whose last missing page it is, if it is that."""
        if request.method != "GET" or request.records is None or request.operation is None or not is_accepted(request):
            return None
        filters, given_size, page, size = _turned(request.query_string)
        key = request.path, filters, given_size
        if key not in self.all and len(self.all) >= MOST:
            del self.all[next(iter(self.all))]
        reading = self.all.get(key)
        if reading is None:
            reading = self.all[key] = Reading(request.operation, " ".join(name for name, _ in filters))
        return reading.note(page, request.records, size)


@lru_cache(1024)
def _turned(query_string: bytes) -> tuple[Sequence[tuple[str, str]], str | None, int, int]:
    """The filters of a query, the size of a page as it is written, the page, and how many records that can have."""
    query = query_of(query_string)
    size = min(number(query.get(SIZE), PER_PAGE), MOST_PER_PAGE)
    return others_than(TURNING, query_string), query.get(SIZE), number(query.get(PAGE), 1), size


class Pages:
    """Lists that have more than one page."""

    id = "pages"
    title = "Every page of a list is read, up to the last"
    asked = "pages: more than one"

    def __init__(self) -> None:
        self._readings = Readings()
        self._samples = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        length = self._readings.note(request)
        if length is not None and length > 1:
            self._samples.keep(lambda: sample(request))

    def finding(self, _about: About) -> Finding:
        """Which lists were read to the end, and which were left before it."""
        known = self._readings.all.values()
        long = [reading for reading in known if reading.longest > 1]
        left = sorted({f"{reading.operation} {reading.query}".strip() for reading in known if not reading.finished})
        evidence = sentence(
            f"{counted(sum(reading.finished for reading in known), 'list')} read to the end, "
            f"{len(long)} of them with several pages."
        )
        missing = [f"left before the last page: {each}" for each in left[:20]]
        if not long:
            missing.append("a list of several pages, read to the end: try page[per_page]=10")
        return met(not missing, evidence, missing, self._samples.kept)
