"""What no request can show: the provider has to say so itself. And the record, which this report is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sandbox.readiness.finding import About, Finding, Samples, counted, met
from sandbox.readiness.request import Request, sample


@dataclass(slots=True)
class Said:
    """A point that requests do not show, and why not."""

    id: str
    title: str
    asked: str
    why: str

    def note(self, request: Request) -> None:
        """Nothing can be learnt of it."""

    def finding(self, _about: About) -> Finding:
        """That it cannot be seen."""
        return Finding(state="not observable", evidence=self.why)


def _said(id: str, title: str, asked: str, why: str) -> Callable[[], Said]:
    return partial(Said, id, title, asked, why)


KEYS = _said(
    "keys",
    "Access keys are kept securely",
    "checklist 6",
    "How keys are kept cannot be seen from here; whether tokens stand in URLs is a point of its own.",
)
SINGLE_STEPS = _said(
    "single-steps",
    "Each step was taken by hand before it was automated",
    "single steps before automation",
    "Requests do not tell whether a person sent them.",
)
VALUES = _said(
    "values",
    "Every value of every field was dealt with",
    "every value of every field",
    "What a client makes of the values it reads cannot be seen from here.",
)
ORDER = _said(
    "order",
    "No page holds a record twice",
    "order and uniqueness",
    "The sandbox never repeats a record; what a client would do about one cannot be seen.",
)
SIMULATIONS = _said(
    "simulations",
    "Missed updates, mentor swaps and changes were simulated before going live",
    "things to simulate",
    "The control API can bring each of them about; what a client noticed of it shows in its polls alone.",
)


class Recorded:
    """Requests with their times and answers: the record that is asked for."""

    id = "recorded"
    title = "Tests are recorded with sample requests, answers and times"
    asked = "checklist 7"

    def __init__(self) -> None:
        self._number = 0
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._samples = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        self._number += 1
        self._first = self._first or request.received_at
        self._last = request.received_at
        self._samples.keep(lambda: sample(request))

    def finding(self, _about: About) -> Finding:
        """How many requests there were, from when to when."""
        if self._first is None or self._last is None:
            return met(False, "No request was made yet.")
        span = f"{self._first:%Y-%m-%d %H:%M} to {self._last:%Y-%m-%d %H:%M} UTC"
        return met(True, f"{counted(self._number, 'request')}, {span}.", samples=self._samples.kept)
