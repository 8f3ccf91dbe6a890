"""What refusals say: the messages of the catalogue, with what the rules saw filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from sandbox.edition import Catalogue
from sandbox.rules.rule import Breach

RULE_HEADER: Final = b"x-sandbox-rule"
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)(?::([^{}]*))?\}")


def rule_header(breaches: Sequence[Breach]) -> bytes:
    """The rules that a request broke, by name. They stand in a header: bodies are exactly the service's."""
    return b", ".join(dict.fromkeys(breach.rule_id.encode() for breach in breaches))


def message(catalogue: Catalogue, breach: Breach) -> tuple[str | None, str]:
    """What a refusal says of one breach: what is at fault, where the body has that, and why."""
    value = catalogue[breach.rule_id]["value"]
    if isinstance(value, str):
        return None, worded(value.strip(), breach.facts)
    if "errors" not in value:
        return None, value["error"]
    (entry,) = value["errors"]
    return entry["title"], worded(entry["detail"], breach.facts)


def worded(detail: str, facts: object) -> str:
    """A message with its {names} filled in from the facts: {milestone.starts}, {withdrawn_at:%Y-%m-%d}."""
    return _PLACEHOLDER.sub(lambda match: format(attrgetter(match[1])(facts), match[2] or ""), detail)
