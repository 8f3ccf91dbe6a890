"""What ECF shows against what is known: the first difference, in the name of the rule that it breaks."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any, Final

from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.walking.comparing import Comparison, told
from contract_tests.walking.rows import Row
from contract_tests.walks.naming import SHOWN, of_attribute, of_rows

COMPARISON: Final = Comparison(SHOWN, of_attribute, of_rows)
compare = COMPARISON.compare


def compare_csv(rows: list[Row], exchange: Exchange) -> None:
    """Raises ContractBroken unless a CSV has these rows, cell by cell; in which order the list says."""
    text = exchange.content.decode()
    found = list(csv.DictReader(StringIO(text, newline="")))
    if len(found) != len(rows):
        raise ContractBroken("read.csv", f"{len(rows)} rows", f"{len(found)} rows", exchange)
    for row, cells in zip(rows, found, strict=True):
        wanted = {"id": row.id} | {name: _cell(value) for name, value in row.attributes.items()}
        for name, value in wanted.items():
            if cells.get(name) != value:
                raise ContractBroken("read.csv", told(name, value), told(name, cells.get(name)), exchange)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
