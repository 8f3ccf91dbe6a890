"""Lists kept in step: whole ones, and by what has changed since the last time."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote

from sandbox.readiness.finding import About, Finding, Samples, counted, met, sentence
from sandbox.readiness.points.pages import Readings
from sandbox.readiness.request import (
    PAGE,
    SINCE,
    TURNING,
    Request,
    Sample,
    is_accepted,
    number,
    others_than,
    query_of,
    sample,
)

NEEDED: Final = {"list_schools": "filter[cohort]"}
"""Without this filter a list is not to be had."""
POLLING: Final = TURNING | {SINCE, "sort"}
"""What differs among the polls of one list."""
MOST: Final = 500


class FullSync:
    """Lists that were read whole: without a filter, to the last page."""

    id = "full-sync"
    title = "Every list was synced in full"
    asked = "checklist 3"

    def __init__(self) -> None:
        self._readings = Readings()
        self._whole: dict[str, Sample] = {}

    def note(self, request: Request) -> None:
        """Look at one more request."""
        operation = request.operation
        has_ended = self._readings.note(request) is not None
        if has_ended and operation is not None and operation not in self._whole and _is_whole(request, operation):
            self._whole[operation] = sample(request)

    def finding(self, about: About) -> Finding:
        """Which lists were read whole, and which were not."""
        missing = [f"{about.operations[id]} ({id})" for id in about.lists if id not in self._whole]
        evidence = f"{len(about.lists) - len(missing)} of {len(about.lists)} lists were read to the end unfiltered."
        return met(not missing, evidence, missing, list(self._whole.values()))


class PartialSync:
    """Lists that were asked for what has changed since the last time: no time may lie between two of them."""

    id = "partial-sync"
    title = "Every list was synced by updated_since, without gaps, and a change was found by it"
    asked = "checklist 3; polling"

    def __init__(self) -> None:
        self._last: dict[Hashable, datetime] = {}
        self._polled: dict[str, Sample] = {}
        self._polls = self._gaps = self._overlaps = 0
        self._found = False
        self._gap_samples = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request. What is sent for another time than the world's tells nothing of gaps."""
        if request.method != "GET" or request.records is None or not is_accepted(request) or request.operation is None:
            return
        query = query_of(request.query_string)
        key, since = (request.path, others_than(POLLING, request.query_string)), _time(query.get(SINCE))
        if since is not None:
            self._polls += 1
            self._found |= request.records > 0
            if request.operation not in self._polled:
                self._polled[request.operation] = sample(request)
        if number(query.get(PAGE), 1) != 1 or request.at is None or request.server_date is not None:
            return
        before = self._last.get(key)
        if since is not None and before is not None:
            self._gaps += since > before
            self._overlaps += since < before
            if since > before:
                self._gap_samples.keep(lambda: sample(request))
        if len(self._last) < MOST or key in self._last:
            self._last[key] = request.at

    def finding(self, about: About) -> Finding:
        """Which lists were polled, and whether anything could have been missed."""
        missing = [f"{about.operations[id]} ({id})" for id in about.polled if id not in self._polled]
        if self._gaps:
            missing.append(f"{counted(self._gaps, 'gap')}: updated_since was later than the poll before")
        if not self._found:
            missing.append("a poll that found a change")
        evidence = sentence(
            f"{counted(self._polls, 'poll')} of {len(self._polled)} lists; {counted(self._gaps, 'gap')}, "
            f"{counted(self._overlaps, 'overlap')} with the poll before."
        )
        return met(not missing, evidence, missing, [*self._gap_samples.kept, *self._polled.values()])


def _is_whole(request: Request, operation: str) -> bool:
    names = (name for name in query_of(request.query_string) if name.startswith("filter["))
    return all(name == NEEDED.get(operation) for name in names)


def _time(text: str | None) -> datetime | None:
    """A time of a query, if it is one; some clients encode it twice."""
    for written in (text, unquote(text)) if text else ():
        try:
            at = datetime.fromisoformat(written or "")
        except ValueError:
            continue
        return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return None
