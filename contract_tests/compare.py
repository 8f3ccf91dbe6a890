"""Two deployments, asked the same: where do their answers differ? Ids and times of their own are no difference."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from contract_tests.documents import Operation, filters, operations
from contract_tests.exchange import Exchange
from contract_tests.lists import NOBODY
from contract_tests.masking import Mask
from contract_tests.matching import Ids, Record, differences, matched, told
from contract_tests.target import Target
from contract_tests.wire import Wire

PAGE: Final = 100  # records
SAMPLE: Final = 6  # records of a list that are read by their ids as well
COHORT: Final = "filter[cohort]"

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the first and the second answer to a request: `at` is where in the answer, and in how many records so."""

    request: str
    at: str
    first: str
    second: str


@dataclass(slots=True)
class Comparison:
    """What came of asking both the same. `requests` counts those to either."""

    first: str
    second: str
    requests: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(first: Target, second: Target) -> Comparison:
    """Send the same reads to both: all pages of every list, also of each cohort; some records alone; some mistakes.

    The order of lists is not compared, as it follows from clocks and ids. Raises Unusable.
    """
    found = Comparison(first.url, second.url)
    mask = Mask.of(first.config)
    both = Both(Side(first, found, mask), Side(second, found, mask), found)
    for version in first.versions:
        if version in second.versions:
            both.compare(version)
    return found


class Side:
    """One of the two, read only."""

    def __init__(self, target: Target, counted: Comparison, mask: Mask) -> None:
        def heard(_: Exchange) -> None:
            counted.requests += 1

        self._token = target.token
        self._mask = mask
        self._wire = Wire(target.config, heard=heard, read_only=True, ends_at=target.ends_at)

    def get(self, version: str, path: str, query: Query, *, token: str | None = None) -> Exchange:
        """Ask it. Nobody is named in what comes of it; equal names stay equal."""
        answer = self._wire.send("GET", f"/api/{version}{path}", token=token or self._token, params=query)
        return self._mask.exchange(answer)

    def all(self, version: str, path: str, query: Query) -> tuple[Exchange, list[Record]]:
        """Ask it for every page of a list: the last answer that it gave, and the records of all."""
        if path.endswith(".csv"):
            answer = self.get(version, path, query)
            rows = csv.DictReader(answer.content.decode("utf-8", "replace").splitlines(), restkey="…")
            return answer, [dict(row) for row in rows if row.get("id")]
        records: list[Record] = []
        seen: set[str] = set()
        number = 1
        while True:
            paged = {**query, "page[page]": str(number), "page[per_page]": str(PAGE)}
            answer = self.get(version, path, paged)
            page = _records(answer)
            records += page
            new = {str(record["id"]) for record in page} - seen
            if len(page) < PAGE or not new:
                return answer, records
            seen, number = seen | new, number + 1


class Both:
    """The two of them, asked in turn."""

    def __init__(self, first: Side, second: Side, found: Comparison) -> None:
        self._first = first
        self._second = second
        self._found = found
        self._ids = Ids()
        self._cohorts: set[str] = set()

    def compare(self, version: str) -> None:
        """Read all of a version from both."""
        reads = {operation.path: operation for operation in operations(version) if operation.method == "GET"}
        alone = {path.replace("/{id}", ""): operation for path, operation in reads.items() if "{" in path}
        for path, operation in reads.items():
            if "{" not in path:
                self._lists(operation, alone.get(path))

    def _lists(self, operation: Operation, alone: Operation | None) -> None:
        """A list, of everything and of each cohort; some of its records alone; and what it answers to mistakes."""
        by = filters(operation)
        queries: list[Query] = [] if by.get("cohort") else [{}]
        for query in queries:
            self._list(operation, query, alone)
        if "cohort" in by:
            for cohort in sorted(self._cohorts):
                self._list(operation, {COHORT: cohort}, alone if by["cohort"] else None)
        self._mistakes(operation, {"page[page]": "0"} if not operation.path.endswith(".csv") else {"filter": "2024"})
        if alone is not None:
            self._mistakes(alone, {}, NOBODY)

    def _list(self, operation: Operation, query: Query, alone: Operation | None) -> None:
        first, ones = self._first.all(operation.version, operation.path, query)
        second, others = self._second.all(operation.version, operation.path, query)
        tally = Tally(operation, query, self._found)
        tally.answers(first, second)
        if (first.status, second.status) == (200, 200):
            pairs, only_first, only_second = matched(ones, others, self._ids)
            for one in only_first:
                tally.add("data", told(one), "absent")
            for other in only_second:
                tally.add("data", "absent", told(other))
            for one, other in pairs:
                self._cohorts |= _cohorts(one)
                tally.add_all(differences(one, other, self._ids, "data[]"))
            if alone is not None:
                self._alone(alone, query, pairs[:: max(1, len(pairs) // SAMPLE)])
        tally.close()

    def _alone(self, operation: Operation, query: Query, pairs: list[tuple[Record, Record]]) -> None:
        """Some records, each read by the id it has there."""
        tally = Tally(operation, query, self._found)
        for pair in pairs:
            paths = [operation.path.replace("{id}", str(record["id"])) for record in pair]
            first = self._first.get(operation.version, paths[0], query)
            second = self._second.get(operation.version, paths[1], query)
            tally.answers(first, second)
            if (first.status, second.status) == (200, 200):
                tally.add_all(differences(first.json, second.json, self._ids))
        tally.close()

    def _mistakes(self, operation: Operation, query: Query, id: str = "") -> None:
        """What both answer to what cannot be answered, and to a stranger."""
        path = operation.path.replace("{id}", id)
        for asked, token in ((query, None), ({}, "nobody-has-this-token")):
            first, second = (
                side.get(operation.version, path, asked, token=token) for side in (self._first, self._second)
            )
            tally = Tally(operation, {**asked, **({"id": id} if id else {})}, self._found)
            tally.answers(first, second)
            tally.add_all(differences(_titles(first), _titles(second), self._ids))
            tally.close()


class Tally:
    """The differences in answers to one request: what many records have in common is told once, with an example."""

    def __init__(self, operation: Operation, query: Query, found: Comparison) -> None:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        self._request = f"{operation}?{asked}" if asked else str(operation)
        self._found = found
        self._examples: dict[tuple[str, bool, bool], tuple[str, str]] = {}
        self._numbers: dict[tuple[str, bool, bool], int] = {}

    def answers(self, first: Exchange, second: Exchange) -> None:
        """Compare all but the content of two answers."""
        for at, one, other in (
            ("status", str(first.status), str(second.status)),
            ("media type", first.media_type, second.media_type),
        ):
            if one != other:
                self.add(at, one, other)

    def add(self, at: str, first: str, second: str) -> None:
        """Note a difference."""
        key = (at, first == "absent", second == "absent")
        self._examples.setdefault(key, (first, second))
        self._numbers[key] = self._numbers.get(key, 0) + 1

    def add_all(self, found: Iterator[tuple[str, str, str]]) -> None:
        """Note some."""
        for at, first, second in found:
            self.add(at, first, second)

    def close(self) -> None:
        """Tell of what was noted."""
        for key, (first, second) in self._examples.items():
            number = self._numbers[key]
            at = key[0] if number == 1 else f"{key[0]}, {number} times"
            self._found.differences.append(Difference(self._request, at, first, second))


def _records(answer: Exchange) -> list[Record]:
    """The records that an answer lists, if it is such a one."""
    data = answer.json.get("data") if isinstance(answer.json, dict) else None
    return [record for record in data if isinstance(record, dict) and "id" in record] if isinstance(data, list) else []


def _cohorts(record: Record) -> set[str]:
    """The cohorts that a record is of."""
    about = record.get("attributes", {})
    each = (about.get("cohort"), *(enrolment.get("cohort") for enrolment in about.get("ecf_enrolments", [])))
    return {cohort for cohort in each if isinstance(cohort, str)}


def _titles(answer: Exchange) -> Any:
    """What an answer refuses, without how it words that."""
    said = answer.json
    if isinstance(said, dict) and isinstance(said.get("errors"), list):
        return {"errors": [{**error, "detail": "…"} if isinstance(error, dict) else error for error in said["errors"]]}
    return said
