"""What refusals say: the messages of the catalogue, with what the rules saw filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from sandbox.edition import Catalogue
from sandbox.rules.rule import Breach

RULE_HEADER: Final = b"x-sandbox-rule"
LINK_HEADER: Final = b"link"
PLAIN: Final = "ecf"  # the edition that the address of a rule does not name
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)(?::([^{}]*))?\}")


def rule_header(breaches: Sequence[Breach]) -> bytes:
    """The rules that a request broke, by name. They stand in a header: bodies are exactly the service's."""
    return b", ".join(dict.fromkeys(breach.rule_id.encode() for breach in breaches))


def link_header(edition: str, breaches: Sequence[Breach]) -> bytes:
    """Where each of them is explained."""
    addresses = dict.fromkeys(rule_address(edition, breach.rule_id) for breach in breaches)
    return ", ".join(f'<{address}>; rel="help"' for address in addresses).encode()


def rule_address(edition: str, rule_id: str) -> str:
    """The page that explains a rule of an edition."""
    return f"/rules/{rule_id}" if edition == PLAIN else f"/rules/{edition}/{rule_id}"


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
