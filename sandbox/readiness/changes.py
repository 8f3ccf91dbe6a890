"""Which requests would be answered otherwise by the service that followed, by a catalogue of what it changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sandbox.readiness.request import Request, Sample, is_accepted, query_of, sample, version_of
from sandbox.readiness.sequences import Sequences

Change = Mapping[str, Any]
"""An entry of the catalogue: `kind`, `before`, `now`, `change`, and `seen`, by which requests it is known."""

Titles = Callable[[str], str | None]
"""The title of the refusal that a rule causes."""


@dataclass(slots=True)
class Concerned:
    """A change, how many requests it concerns, how many of them for certain, and one of them."""

    id: str
    change: Change
    count: int = 0
    certain: int = 0
    sample: Sample | None = None
    _sample_is_certain: bool = field(default=False, repr=False)

    def add(self, request: Request, *, certain: bool) -> None:
        """Count one more; the first that is certain is the one to show."""
        self.count += 1
        self.certain += certain
        if self.sample is None or (certain and not self._sample_is_certain):
            self.sample, self._sample_is_certain = sample(request), certain

    def value(self) -> dict[str, Any]:
        """It, as JSON has it."""
        told = {name: self.change[name] for name in ("kind", "before", "now", "change")}
        shown = None
        if self.sample is not None:
            shown = {**self.sample._asdict(), "sent": dict(self.sample.sent), "rules": list(self.sample.rules)}
        return {"id": self.id, **told, "requests": self.count, "certain": self.certain, "sample": shown}


def concerned(catalogue: Mapping[str, Change], requests: Iterable[Request], titles: Titles) -> Sequence[Concerned]:
    """The changes that concern some of these requests of one provider, in the order of the catalogue."""
    found = {id: Concerned(id, change) for id, change in catalogue.items()}
    sequences = Sequences()
    for request in requests:
        part_of = sequences.note(request)
        for each in found.values():
            seen = each.change["seen"]
            ways = [
                way for way in (seen if isinstance(seen, list) else [seen]) if is_seen(way, request, part_of, titles)
            ]
            if ways:
                each.add(request, certain=any(way.get("certain", False) for way in ways))
    return [each for each in found.values() if each.count]


def is_seen(way: Mapping[str, Any], request: Request, part_of: Iterable[str], titles: Titles) -> bool:
    """True for a request as the catalogue describes those that are concerned: in every respect that it names."""
    if "sequence" in way and way["sequence"] not in part_of:
        return False
    return all(_LOOKS[name](wanted, request, titles) for name, wanted in way.items() if name in _LOOKS)


def _matches(patterns: Mapping[str, str], values: Mapping[str, Any]) -> bool:
    """True when each pattern finds something in a value whose name it gives; `*` in a name stands for anything."""
    return all(
        any(_is_name(name, known) and re.search(pattern, str(value)) for known, value in values.items())
        for name, pattern in patterns.items()
    )


def _is_name(name: str, known: str) -> bool:
    return name == known or ("*" in name and re.fullmatch(re.escape(name).replace(r"\*", ".*"), known) is not None)


def _operations(wanted: Sequence[Any], request: Request, _titles: Titles) -> bool:
    named = [each for one in wanted for each in (one if isinstance(one, list) else [one])]
    return request.operation in named


def _statuses(wanted: Sequence[int], request: Request, _titles: Titles) -> bool:
    return request.status in wanted or (200 in wanted and is_accepted(request))


_LOOKS: Final[Mapping[str, Callable[[Any, Request, Titles], bool]]] = {
    "method": lambda wanted, request, _: request.method == wanted,
    "operations": _operations,
    "versions": lambda wanted, request, _: version_of(request.path) in wanted,
    "path": lambda wanted, request, _: re.search(wanted, request.path) is not None,
    "query": lambda wanted, request, _: _matches(wanted, query_of(request.query_string)),
    "raw_query": lambda wanted, request, _: re.search(wanted, request.query_string.decode("latin-1")) is not None,
    "lacks": lambda wanted, request, _: not set(wanted) & set(query_of(request.query_string)),
    "body": lambda wanted, request, _: _matches(wanted, request.sent),
    "absent": lambda wanted, request, _: not set(wanted) & set(request.sent),
    "empty": lambda wanted, request, _: wanted == (not request.sent),
    "status": _statuses,
    "rules": lambda wanted, request, _: bool(set(wanted) & set(request.rules)),
    "titles": lambda wanted, request, titles: bool(set(wanted) & {titles(rule) for rule in request.rules}),
    "content_type": lambda wanted, request, _: re.search(wanted, request.content_type) is not None,
    "accept": lambda wanted, request, _: re.search(wanted, request.accept) is not None,
    "server_date": lambda wanted, request, _: re.search(wanted, request.server_date or "") is not None,
}
NAMES: Final = frozenset({*_LOOKS, "sequence", "certain", "any"})
"""What an entry may say of the requests that are concerned."""
