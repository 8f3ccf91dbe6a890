"""The catalogue of rules, `openapi/ecf/rules.yaml`, and the refusals it words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any, Final

import orjson

from sandbox.edge.answer import JSON_API, Answer
from sandbox.rules.rule import Breach

RULE_HEADER: Final = b"x-sandbox-rule"
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)(?::([^{}]*))?\}")


class Catalogue:
    """Every rule by its id: an OpenAPI Example Object whose `value` is the refusal it causes."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        self.rules = rules

    def refusal(self, breaches: Sequence[Breach], headers: Mapping[bytes, bytes] | None = None) -> Answer:
        """What a provider is told of the rules a request broke, in the order found.

        The status is the first rule's. Several breaches of one attribute share its entry, joined by ", ". The rules
        are named in a header, never in the body: bodies are exactly the service's.
        """
        first = self.rules[breaches[0].rule_id]
        media_type, body = self._body(first["value"], breaches)
        named = b", ".join(dict.fromkeys(breach.rule_id.encode() for breach in breaches))
        return Answer(first["x-status"], media_type, body, {RULE_HEADER: named, **(headers or {})})

    def _body(self, value: Any, breaches: Sequence[Breach]) -> tuple[bytes, bytes]:
        if isinstance(value, str):
            return b"text/plain", value.encode()
        if "errors" not in value:
            return JSON_API, orjson.dumps(value)
        details: dict[str, dict[str, None]] = {}
        for breach in breaches:
            for entry in self.rules[breach.rule_id]["value"]["errors"]:
                details.setdefault(entry["title"], {})[worded(entry["detail"], breach.facts)] = None
        errors = [{"title": title, "detail": ", ".join(texts)} for title, texts in details.items()]
        return JSON_API, orjson.dumps({"errors": errors})

    def told(self, breach: Breach) -> tuple[str | None, str]:
        """What a refusal says of one breach: what is at fault, where the body has that, and why."""
        value = self.rules[breach.rule_id]["value"]
        if isinstance(value, str):
            return None, value.strip()
        if "errors" not in value:
            return None, value["error"]
        (entry,) = value["errors"]
        return entry["title"], worded(entry["detail"], breach.facts)


def worded(detail: str, facts: object) -> str:
    """A message with its {names} filled in from the facts: {milestone.starts}, {withdrawn_at:%Y-%m-%d}."""
    return _PLACEHOLDER.sub(lambda match: format(attrgetter(match[1])(facts), match[2] or ""), detail)
