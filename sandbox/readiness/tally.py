"""What one lead provider's requests show, added up in bounded memory: nothing that was shown once is forgotten."""

from __future__ import annotations

from copy import deepcopy

from sandbox.readiness.finding import Point
from sandbox.readiness.points import POINTS
from sandbox.readiness.request import Request


class Tally:
    """Requests of one provider, in the order in which they came."""

    def __init__(self) -> None:
        self.points: list[Point] = [make() for make in POINTS]
        self.requests = 0

    def add(self, request: Request) -> None:
        """Add one: each counts, be it the same as one before it, as a repetition tells something too."""
        self.requests += 1
        for point in self.points:
            point.note(request)

    def copy(self) -> Tally:
        """Another that goes on from here."""
        return deepcopy(self)
