"""Lists as CSV, the way v1 and v2 serve them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sandbox.rules.rule import rule

_NEEDS_QUOTES: Final = re.compile(r'[",\r\n]|^\s|\s$|^$')


@rule("read.csv")
def as_csv(resources: Sequence[dict[str, Any]]) -> bytes:
    """A header row, `id` and the attributes, then a row for each resource. No resources: nothing at all."""
    if not resources:
        return b""
    header = ["id", *resources[0]["attributes"]]
    rows = [header, *([resource["id"], *resource["attributes"].values()] for resource in resources)]
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows).encode()


def _cell(value: Any) -> str:
    """A value as text; one that is missing is an empty text in quotes."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case datetime():
            text = f"{value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
        case _:
            text = str(value)
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
