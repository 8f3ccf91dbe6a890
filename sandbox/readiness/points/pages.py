"""Lists, read from the first page to the last."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
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

MOST: Final = 1000  # lists that are told from each other


@dataclass(slots=True)
class Reading:
    """A list as it is read: the page it has come to, how often it was read to the end, and what is missing."""

    operation: str
    query: str
    page: int = 0
    has_ended: bool = False
    finished: int = 0
    longest: int = 0

    def note(self, request: Request) -> bool:
        """Look at one more page. True when it is the last of a list that was read from its first."""
        query = query_of(request.query_string)
        page = number(query.get(PAGE), 1)
        if page == 1:
            self.has_ended = False
        elif page != self.page + 1 or self.has_ended:  # one more, to see that nothing follows, is no list of its own
            return False
        self.page = page
        size = min(number(query.get(SIZE), PER_PAGE), MOST_PER_PAGE)
        self.has_ended = (request.records or 0) < size
        if self.has_ended:
            self.finished += 1
            self.longest = max(self.longest, page)
        return self.has_ended


class Readings:
    """Every list that is read, told from others by operation, path and filters."""

    def __init__(self) -> None:
        self.all: dict[Hashable, Reading] = {}

    def note(self, request: Request) -> Reading | None:
        """Look at one more request; the list whose last page it is, if it is that."""
        if request.method != "GET" or request.records is None or request.operation is None or not is_accepted(request):
            return None
        filters = others_than(TURNING, request.query_string)
        key = request.path, filters, query_of(request.query_string).get(SIZE)
        if key not in self.all and len(self.all) >= MOST:
            del self.all[next(iter(self.all))]
        reading = self.all.setdefault(key, Reading(request.operation, " ".join(name for name, _ in filters)))
        return reading if reading.note(request) else None


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
        ended = self._readings.note(request)
        if ended is not None and ended.page > 1:
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
