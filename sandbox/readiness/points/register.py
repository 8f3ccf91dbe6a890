"""What is new in Register: several partnerships, and fields to act on."""

from __future__ import annotations

from sandbox.readiness.finding import About, Finding, Samples, met
from sandbox.readiness.request import Request, is_accepted, sample

REGISTER = "register"
NOT_THERE = "The edition has nothing of the kind."


class SeveralPartnerships:
    """Schools that have several partnerships in one cohort, and a client that has read them."""

    id = "several-partnerships"
    title = "Several partnerships per school and cohort are handled"
    asked = "checklist 4"

    def __init__(self) -> None:
        self._read = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        if request.operation == "list_partnerships" and is_accepted(request) and request.records:
            self._read.keep(lambda: sample(request))

    def finding(self, about: About) -> Finding:
        """Whether there are such schools, and whether partnerships were read."""
        if about.several_partnerships is None:
            return Finding(state="not applicable", evidence=NOT_THERE)
        missing = [] if self._read.kept else ["partnerships were not listed"]
        if not about.several_partnerships:
            missing.append("no school that the provider sees has several: POST /sandbox/partnerships makes them")
        evidence = f"{about.several_partnerships} schools and cohorts have several partnerships."
        return met(not missing, evidence, missing, self._read.kept)


class NewFields:
    """Interest of schools, read and answered by a partnership; how many train through that, read after it."""

    id = "new-fields"
    title = "expression_of_interest and participants_currently_training are read and acted on"
    asked = "checklist 5"

    def __init__(self) -> None:
        self._done = 0
        self._samples = Samples()

    def note(self, request: Request) -> None:
        """Look at one more request."""
        steps = (("list_schools", "get_school"), ("create_partnership",), ("list_partnerships", "get_partnership"))
        if self._done < len(steps) and request.operation in steps[self._done] and is_accepted(request):
            self._done += 1
            self._samples.keep(lambda: sample(request))

    def finding(self, about: About) -> Finding:
        """How far the client went: schools read, a partnership confirmed, partnerships read again."""
        if about.edition != REGISTER:
            return Finding(state="not applicable", evidence=NOT_THERE)
        wanted = ("schools were read", "then a partnership was confirmed", "then partnerships were read")
        evidence = f"Seen, in this order: {', '.join(wanted[: self._done]) or 'nothing'}."
        missing = [f"not seen: {each}" for each in wanted[self._done :]]
        return met(not missing, evidence, missing, self._samples.kept)
