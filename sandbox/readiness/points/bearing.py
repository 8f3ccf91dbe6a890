"""What a client bears: failures on the way, and the limit."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from sandbox.readiness.finding import About, Finding, Samples, counted, met, sentence
from sandbox.readiness.request import Request, Sample, fingerprint, has_failed, is_accepted, sample

CREATING: Final = frozenset({"create_declaration", "create_partnership"})
MOST: Final = 500


class Failures:
    """Requests that failed on the way, and whether they were sent again; and what was made twice."""

    id = "failures"
    title = "What failed on the way was sent again, and nothing was made twice"
    asked = "error paths; no crash, no endless retry"

    def __init__(self) -> None:
        self._open: dict[Hashable, Sample] = {}
        self._made: dict[Hashable, None] = {}
        self._failed = self._repeated = self._doubled = 0
        self._samples = Samples()
        self._twice = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        failed = has_failed(request)
        if request.operation == "void_declaration" and (failed or is_accepted(request)):
            self._made.clear()  # what was voided may be declared again
        if not failed and not self._open and request.operation not in CREATING:
            return
        same = fingerprint(request)
        if failed:
            self._failed += same not in self._open
            self._count_doubled(request, same)
            if len(self._open) < MOST:
                self._open.setdefault(same, sample(request))
            return
        was_open = self._open.pop(same, None)
        if was_open is not None:
            self._repeated += 1
            self._samples.keep(lambda: was_open)
            self._samples.keep(lambda: sample(request))
        if request.operation in CREATING and is_accepted(request):
            if was_open is None:
                self._count_doubled(request, same)
            self._made[same] = None
            if len(self._made) > MOST:
                del self._made[next(iter(self._made))]

    def _count_doubled(self, request: Request, same: Hashable) -> None:
        if same in self._made and same not in self._open:
            self._doubled += 1
            self._twice.keep(lambda: sample(request))

    def finding(self, _about: About) -> Finding:
        """How many failed and were sent again."""
        missing = [] if self._failed else ['a failure to bear: POST /sandbox/faults {"kind": "503"}']
        missing += [f"never answered since: {each.method} {each.path}" for each in list(self._open.values())[:10]]
        if self._doubled:
            missing.append(f"{counted(self._doubled, 'request')} sent again although answered")
        evidence = sentence(
            f"{counted(self._failed, 'request')} failed on the way, {self._repeated} of them sent again and answered; "
            f"{counted(self._doubled, 'request')} for what had been made already."
        )
        return met(not missing, evidence, missing, [*self._twice.kept, *self._samples.kept])


class Rate:
    """Requests above the limit, those aside that a fault refused."""

    id = "rate"
    title = "The rate limit was never reached"
    asked = "limits: 1,000 in five minutes"

    def __init__(self) -> None:
        self._over = 0
        self._samples = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        if request.status == 429 and request.fault is None:
            self._over += 1
            self._samples.keep(lambda: sample(request))

    def finding(self, _about: About) -> Finding:
        """How many were above it."""
        return met(
            not self._over,
            sentence(f"{counted(self._over, 'request')} above the limit."),
            samples=self._samples.kept,
        )
