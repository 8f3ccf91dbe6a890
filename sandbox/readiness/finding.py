"""What was found on one point."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

import msgspec

from sandbox.readiness.request import Request, Sample

State = Literal["met", "not met", "not observable", "not applicable"]
SAMPLES: Final = 3


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What is known beside the requests.

    `operations` are those of the edition's newest version, each with its method and path; `lists` those that have
    pages, `polled` those that take `filter[updated_since]`. `strangers` counts requests without a valid token,
    `tokens_in_urls` those of them that had one in the URL. `several_partnerships` is how many schools and cohorts the
    provider sees with several partnerships, None where there can be none.
    """

    edition: str
    version: str
    operations: Mapping[str, str]
    lists: Collection[str]
    polled: Collection[str]
    declaration_types: Sequence[str] = ()
    strangers: int = 0
    tokens_in_urls: int = 0
    several_partnerships: int | None = None

    @property
    def writes(self) -> Sequence[str]:
        """The operations that change something."""
        return [id for id, told in self.operations.items() if not told.startswith("GET ")]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a point is met, by which evidence, what is missing, and requests that show it."""

    state: State
    evidence: str
    missing: Sequence[str] = ()
    samples: Sequence[Sample] = ()


class Point(Protocol):
    """Something that is looked for, and what has been seen of it so far: as much as there is memory for."""

    id: str
    title: str
    asked: str

    def note(self, request: Request, /) -> None:
        """Look at one more request, in the order in which they came."""

    def finding(self, about: About, /) -> Finding:
        """What has been found by now."""


@dataclass(slots=True)
class Samples:
    """The first few of some requests."""

    kept: list[Sample] = field(default_factory=list)

    def keep(self, make: Callable[[], Sample]) -> None:
        """Keep one more, if there is room."""
        if len(self.kept) < SAMPLES:
            self.kept.append(make())


def met(is_met: bool, evidence: str, missing: Sequence[str] = (), samples: Sequence[Sample] = ()) -> Finding:
    """A point that the requests decide."""
    return Finding(state="met" if is_met else "not met", evidence=evidence, missing=missing, samples=samples)


def sentence(text: str) -> str:
    """A text as a sentence begins."""
    return text[:1].upper() + text[1:]


def counted(number: int, one: str, many: str | None = None) -> str:
    """So many of something: "no refusal", "1 refusal", "2 refusals"."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"
