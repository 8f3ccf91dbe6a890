"""Refusals in ECF's form: one entry for each attribute at fault, or a single sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from sandbox.edge.answer import JSON_API
from sandbox.edge.wording import worded
from sandbox.edition import Catalogue, Refusal
from sandbox.rules.rule import Breach


def refusal(catalogue: Catalogue, breaches: Sequence[Breach]) -> Refusal:
    """What a provider is told of the rules a request broke, in the order found.

    The status is the first rule's. Several breaches of one attribute share its entry, joined by ", ".
    """
    first = catalogue[breaches[0].rule_id]
    media_type, body = _body(catalogue, first["value"], breaches)
    return Refusal(first["x-status"], media_type, body)


def as_csv_refused(refusal: Refusal) -> Refusal:
    """A refusal where CSV was asked for, as the deployed service sent it: a 400 under the media type asked for."""
    return refusal._replace(media_type=b"text/csv") if refusal.status == 400 else refusal


def _body(catalogue: Catalogue, value: Any, breaches: Sequence[Breach]) -> tuple[bytes, bytes]:
    if isinstance(value, str):
        return b"text/plain" if value else b"text/html", value.encode()
    if "errors" not in value:
        return JSON_API, orjson.dumps(value)
    details: dict[str, dict[str, None]] = {}
    for breach in breaches:
        for entry in catalogue[breach.rule_id]["value"]["errors"]:
            details.setdefault(entry["title"], {})[worded(entry["detail"], breach.facts)] = None
    errors = [{"title": title, "detail": ", ".join(texts)} for title, texts in details.items()]
    return JSON_API, orjson.dumps({"errors": errors})
