"""The report: each point with what was found, and how many are met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sandbox.readiness.finding import About, Finding, Point
from sandbox.readiness.request import Sample
from sandbox.readiness.tally import Tally

MOST_SAMPLES = 30


class Judged(msgspec.Struct, frozen=True):
    """A point, and what was found on it."""

    point: Point
    finding: Finding


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What one provider has shown, out of what can be shown."""

    provider: Mapping[str, str]
    about: About
    requests: int
    points: Sequence[Judged]

    @property
    def met(self) -> int:
        """How many points are met."""
        return sum(judged.finding.state == "met" for judged in self.points)

    @property
    def of(self) -> int:
        """How many points requests can decide."""
        return sum(judged.finding.state in ("met", "not met") for judged in self.points)

    def value(self) -> dict[str, Any]:
        """It, as JSON has it."""
        return {
            "provider": dict(self.provider),
            "edition": self.about.edition,
            "requests": self.requests,
            "met": self.met,
            "of": self.of,
            "points": [
                {
                    "id": judged.point.id,
                    "title": judged.point.title,
                    "asked_by": judged.point.asked,
                    "state": judged.finding.state,
                    "evidence": judged.finding.evidence,
                    "missing": list(judged.finding.missing),
                    "samples": [_sample(each) for each in judged.finding.samples[:MOST_SAMPLES]],
                }
                for judged in self.points
            ],
        }


def report(tally: Tally, provider: Mapping[str, str], about: About) -> Report:
    """What a tally comes to."""
    points = [Judged(point, point.finding(about)) for point in tally.points]
    return Report(provider=provider, about=about, requests=tally.requests, points=points)


def _sample(each: Sample) -> dict[str, Any]:
    return {**each._asdict(), "sent": dict(each.sent), "rules": list(each.rules)}
