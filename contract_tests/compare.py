"""Two deployments, asked the same: where do their answers differ? Ids and times of their own are no difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.broken import ContractBroken
from contract_tests.documents import Operation, operations
from contract_tests.exchange import Exchange
from contract_tests.target import Target
from contract_tests.wire import Wire

PAGE: Final = {"page[per_page]": "100"}
MOST: Final = 50  # differences that one request can show
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@dataclass(frozen=True, slots=True)
class Difference:
    """What one deployment and the other answer at one place: `at` is a path into the answer."""

    request: str
    at: str
    first: str
    second: str


@dataclass(slots=True)
class Comparison:
    """What came of asking both the same."""

    first: str
    second: str
    requests: int = 0
    differences: list[Difference] = field(default_factory=list)


def compare(first: Target, second: Target) -> Comparison:
    """Read every list, and the first resource of it by its id, from both. Raises Unusable."""
    found = Comparison(first.url, second.url)
    apis = [
        Api(Wire(each.url, headers=each.headers, read_only=True, rate=each.rate, ends_at=each.ends_at), "", each.token)
        for each in (first, second)
    ]
    for version in first.versions:
        reads = [operation for operation in operations(version) if operation.method == "GET"]
        ids: dict[str, list[str]] = {}
        for operation in (each for each in reads if "{" not in each.path):
            answers = [_answer(api.in_version(version), operation.path, PAGE) for api in apis]
            ids[operation.path] = [_first_id(answer) for answer in answers]
            found.differences += _differing(operation, *answers)
            found.requests += 2
        for operation in (each for each in reads if "{" in each.path):
            chosen = ids.get(operation.path.rpartition("/{")[0], ["", ""])
            if all(chosen):
                paths = [re.sub(r"\{\w+\}", id, operation.path) for id in chosen]
                found.differences += _differing(
                    operation, *(_answer(api.in_version(version), path) for api, path in zip(apis, paths, strict=True))
                )
                found.requests += 2
    return found


def _answer(api: Api, path: str, query: dict[str, str] | None = None) -> Exchange:
    try:
        return api.send("GET", path, params=query).exchange
    except ContractBroken as broken:  # that is for the tests to say; here the two are laid side by side
        if broken.exchange is None:
            raise
        return broken.exchange


def _first_id(answer: Exchange) -> str:
    data = answer.json.get("data") if isinstance(answer.json, dict) else None
    return str(data[0].get("id", "")) if isinstance(data, list) and data else ""


def _differing(operation: Operation, first: Exchange, second: Exchange) -> Iterator[Difference]:
    """Where two answers differ, up to a number nobody would read on from."""
    for at, one, other in islice(_differences("", _seen(first), _seen(second)), MOST):
        yield Difference(str(operation), at, one, other)


def _seen(answer: Exchange) -> dict[str, Any]:
    body = answer.json if answer.json is not None else answer.content.decode("utf-8", "replace").splitlines()[:1]
    return {"status": answer.status, "media type": answer.media_type, "body": _normalised(body, {})}


def _normalised(node: Any, ids: dict[str, str]) -> Any:
    """The same, with each id replaced by its number in the order of first mention, and each time by the word."""
    if isinstance(node, dict):
        return {name: _normalised(value, ids) for name, value in node.items()}
    if isinstance(node, list):
        return [_normalised(item, ids) for item in node]
    if isinstance(node, str) and _UUID.fullmatch(node):
        return ids.setdefault(node.lower(), f"id {len(ids) + 1}")
    return "a time" if isinstance(node, str) and _TIME.fullmatch(node) else node


def _differences(at: str, first: Any, second: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(first, dict) and isinstance(second, dict):
        for name in [*first, *(name for name in second if name not in first)]:
            yield from _differences(f"{at}.{name}".lstrip("."), first.get(name, ABSENT), second.get(name, ABSENT))
    elif isinstance(first, list) and isinstance(second, list):
        if len(first) != len(second):
            yield at, f"{len(first)} items", f"{len(second)} items"
        for number, (one, other) in enumerate(zip(first, second, strict=False)):
            yield from _differences(f"{at}[{number}]", one, other)
    elif first != second or type(first) is not type(second):
        yield at, _shown(first), _shown(second)


ABSENT: Final = object()


def _shown(value: Any) -> str:
    return "absent" if value is ABSENT else str(value)[:200]
