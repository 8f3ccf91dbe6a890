"""Refusals: each kind met and got over, and what was refused sent again as it should be."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from sandbox.readiness.finding import About, Finding, Samples, counted, met, sentence
from sandbox.readiness.request import Request, Sample, fingerprint, has_failed, is_accepted, sample

STATUSES: Final = (400, 401, 404, 422, 429)
MOST: Final = 500  # refusals that are still to be answered


class Errors:
    """Each status that a client must bear: handled when the client goes on and is answered again."""

    id = "errors"
    title = "Every kind of refusal was met and handled"
    asked = "checklist 2"

    def __init__(self) -> None:
        self._met: dict[int, Sample] = {}
        self._handled: set[int] = set()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        if is_accepted(request):
            self._handled |= self._met.keys()
        elif request.status in STATUSES and request.status not in self._met:
            self._met[request.status] = sample(request)

    def finding(self, about: About) -> Finding:
        """Which were met, and after which the client went on."""
        found = {*self._met, *([401] if about.strangers else [])}
        handled = self._handled | ({401} if about.strangers else set())
        missing = [f"{status}: {'not met' if status not in found else 'nothing came after it'}" for status in STATUSES]
        missing = [each for each, status in zip(missing, STATUSES, strict=True) if status not in found & handled]
        told = ", ".join(str(status) for status in STATUSES if status in found) or "none"
        who = " (a request without a valid token is nobody's: 401 counts for the world)" if about.strangers else ""
        return met(not missing, f"Met: {told}{who}.", missing, list(self._met.values()))


class Corrections:
    """Requests that were refused with 422, and what the client sent next about the same."""

    id = "corrections"
    title = "What was refused was corrected, and never sent again as it was"
    asked = "writes: never the same bad data again; failures on purpose"

    def __init__(self) -> None:
        self._open: dict[Hashable, dict[Hashable, Sample]] = {}
        self._refused = self._corrected = self._repeated = 0
        self._samples = Samples()
        self._blind = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        if request.method == "GET" or request.operation is None or has_failed(request):
            return
        if request.status != 422 and not self._open:
            return
        about = _what_it_is_about(request)
        if request.status == 422:
            self._refused += 1
            self._remember(about, request)
        elif about in self._open and is_accepted(request):
            refused = self._open.pop(about)
            if _as_sent(request) not in refused:
                self._corrected += 1
                self._samples.keep(lambda: next(iter(refused.values())))
                self._samples.keep(lambda: sample(request))

    def _remember(self, about: Hashable, request: Request) -> None:
        open = self._open.setdefault(about, {})
        body = _as_sent(request)
        if body in open:
            self._repeated += 1
            self._blind.keep(lambda: sample(request))
        elif len(open) < MOST:
            open[body] = sample(request)
        if len(self._open) > MOST:
            del self._open[next(iter(self._open))]

    def finding(self, _about: About) -> Finding:
        """How many were corrected, left alone, or repeated as they were."""
        evidence = sentence(
            f"{counted(self._refused, 'refusal')} with 422: {self._corrected} followed by a corrected request that was "
            f"accepted, {counted(self._repeated, 'repeated', 'repeated')} unchanged, {len(self._open)} left at that."
        )
        missing = []
        if not self._corrected:
            missing.append("a request refused with 422 and then accepted as it should be")
        if self._repeated:
            missing.append("requests are sent again unchanged after 422")
        return met(not missing, evidence, missing, [*self._blind.kept, *self._samples.kept][:4])


def _as_sent(request: Request) -> Hashable:
    """What is the same in a request that is sent again as it was: on another day it may be right."""
    return fingerprint(request), request.at.date() if request.at else None


def _what_it_is_about(request: Request) -> Hashable:
    """The record that a write is about: that of its path, or of the body of what makes one."""
    sent = request.sent
    return request.operation, request.path, str(sent.get("participant_id")), str(sent.get("school_id"))
