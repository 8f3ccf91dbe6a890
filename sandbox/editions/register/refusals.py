"""Refusals in Register's forms: a list with an entry for each message, or a single word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import orjson

from sandbox.edge.wording import worded
from sandbox.edition import Catalogue, Refusal
from sandbox.rules.rule import Breach

JSON: Final = b"application/json; charset=utf-8"


def refusal(catalogue: Catalogue, breaches: Sequence[Breach]) -> Refusal:
    """What a provider is told of the rules a request broke, in the order found. The status is the first rule's."""
    first = catalogue[breaches[0].rule_id]
    value = first["value"]
    if isinstance(value, str):
        return Refusal(first["x-status"], b"text/plain; charset=utf-8", value.encode())
    if "errors" not in value:
        return Refusal(first["x-status"], JSON, orjson.dumps(value))
    entries = [
        {"title": entry["title"], "detail": worded(entry["detail"], breach.facts)}
        for breach in breaches
        for entry in catalogue[breach.rule_id]["value"]["errors"]
    ]
    return Refusal(first["x-status"], JSON, orjson.dumps({"errors": entries}))
