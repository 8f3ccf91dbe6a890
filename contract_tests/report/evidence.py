"""What was said in a scenario, word for word, with the time of each request: to be shown to whoever asks for proof."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

RULE: Final = "─" * 100


def evidence(scenario: Mapping[str, Any]) -> str:
    """The text of a scenario's file."""
    return "\n".join(_lines(scenario)) + "\n"


def _lines(scenario: Mapping[str, Any]) -> Iterator[str]:
    yield f"Scenario  {scenario['title']}"
    yield f"Id        {scenario['id']}"
    yield f"Version   {scenario['version'] or 'all'}"
    for side in ("refuses", "accepts"):
        if scenario[side]:
            yield f"{side.capitalize()}   {', '.join(scenario[side])}"
    yield f"Outcome   {scenario['outcome']}" + (f": {scenario['reason']}" if scenario["reason"] else "")
    failure = scenario["failure"]
    if failure:
        yield f"Check     {failure['check']}"
        yield f"Expected  {failure['expected']}"
        yield f"Received  {failure['received']}"
    for number, exchange in enumerate(scenario["exchanges"], 1):
        yield from ("", RULE, f"{number}. {exchange['at']}, answered in {exchange['seconds'] * 1000:.0f} ms", "")
        yield f"{exchange['method']} {exchange['url']}"
        yield from _message(exchange["request_headers"], exchange["request_body"])
        yield ""
        yield f"HTTP {exchange['status']}"
        yield from _message(exchange["headers"], exchange["content"])


def _message(headers: Mapping[str, str], body: str) -> Iterator[str]:
    yield from (f"{name}: {value}" for name, value in headers.items())
    if body:
        yield ""
        yield _indented(body)


def _indented(body: str) -> str:
    """JSON so that it can be read; anything else as it came."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):  # no JSON, or nested too deep on purpose
        return body
