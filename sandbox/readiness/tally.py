"""What one lead provider's requests show, added up in bounded memory: nothing that was shown once is forgotten."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from sandbox.readiness.finding import Point
from sandbox.readiness.points import POINTS
from sandbox.readiness.request import Request

MOST: Final = 4096  # reads that are known to bring nothing new


class Tally:
    """Requests of one provider, in the order in which they came."""

    def __init__(self) -> None:
        self.points: list[Point] = [make() for make in POINTS]
        self.requests = 0
        self._known: set[tuple[str, bytes, int | None]] = set()
        self._is_calm = True

    def add(self, request: Request) -> None:
        """Add one. A read like one before it, to which nothing is owed, brings nothing new: most are such."""
        self.requests += 1
        read = request.path, request.query_string, request.records
        if self._is_calm and request.status == 200 and request.method == "GET" and read in self._known:
            return
        for point in self.points:
            point.note(request)
        self._is_calm = request.status == 200
        is_repeatable = self._is_calm and request.method == "GET" and b"updated_since" not in request.query_string
        if is_repeatable and len(self._known) < MOST:
            self._known.add(read)

    def copy(self) -> Tally:
        """Another that goes on from here."""
        return deepcopy(self)
