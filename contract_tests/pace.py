"""How fast a target answers, and what that means for a run: how long it takes, and whether there is time for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

OWN_TIME: Final = 0.006  # seconds that a request takes by itself: to make it, to look at its answer
STARTING: Final = 6.0  # seconds until a process has its first scenario


@dataclass(frozen=True, kw_only=True)
class Pace:
    """`seconds` to an answer, `at_once` processes that ask, `rate` that they may ask at together."""

    seconds: float
    at_once: int
    rate: float | None = None

    @property
    def answers(self) -> float:
        """Answers a second."""
        possible = self.at_once / (self.seconds + OWN_TIME)
        return min(possible, self.rate) if self.rate else possible

    def lasts(self, requests: float) -> float:
        """How many seconds a run of so many requests takes."""
        return STARTING + requests / self.answers

    def told(self, requests: int, left: float | None) -> str:
        """What is to be expected, in a sentence or two."""
        said = f"About {requests:,} requests, {self.answers:.3g} a second: {in_words(self.lasts(requests))}."
        if left is None or self.lasts(requests) <= left:
            return said
        share = max(0.0, (left - STARTING) * self.answers / requests)
        return f"{said} --max-time leaves room for {share:.0%} of them: those that tell most come first."


def in_words(seconds: float) -> str:
    """A length of time: 45 s, 12 min, 1 h 20 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
