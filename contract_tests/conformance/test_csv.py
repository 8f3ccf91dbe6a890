"""CSV says what JSON says, cell by cell: all records, in the same order, on one page."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any, Final

import pytest

from contract_tests.api import Api
from contract_tests.documents import VERSIONS, every_operation
from contract_tests.errors import ContractBroken, Disturbed, Unavailable
from contract_tests.exchange import Exchange
from contract_tests.marks import checks, only

_CELL: Final = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^",\r\n]*))(?:,|\n|\Z)')
_NEEDS_QUOTES: Final = re.compile(r'[",\r\n]|^\s|\s$')
PATHS = {operation.path for version in VERSIONS for operation in every_operation(version)}
LISTS = pytest.mark.parametrize("path", sorted(path.removesuffix(".csv") for path in PATHS if path.endswith(".csv")))


@checks("check.csv")
@only("v1", "v2")
@LISTS
def test_csv_says_what_json_says(seen: Api, path: str) -> None:
    expected = [_cells(resource) for resource in seen.every(path)]
    exchange = _csv(seen, path)
    if not expected:
        raise Unavailable(f"no records at {path}")
    _is_laid_out(exchange)
    rows = list(csv.DictReader(io.StringIO(_text(exchange), newline="")))
    names = set(rows[0]) if rows else set()
    if names != set(expected[0]):
        odd = ", ".join(sorted(str(name) for name in names ^ set(expected[0])))
        raise ContractBroken("check.csv", f"the columns {', '.join(expected[0])}", f"other columns: {odd}", exchange)
    if len(rows) != len(expected):
        if seen.every(path) and [_cells(one) for one in seen.every(path)] != expected:
            raise Disturbed(path)
        raise ContractBroken("check.csv", f"{len(expected)} rows", str(len(rows)), exchange)
    for number, (row, cells) in enumerate(zip(rows, expected, strict=True), start=1):
        for name, cell in cells.items():
            if row[name] != cell:
                which = f"row {number} ({cells['id']})"
                raise ContractBroken("check.csv", f"{cell!r} as {name} in {which}", repr(row[name]), exchange)


@checks("check.csv")
@only("v1", "v2")
@LISTS
def test_csv_of_nothing_is_empty(seen: Api, path: str) -> None:
    exchange = _csv(seen, path, **{"filter[updated_since]": "2999-01-01T00:00:00Z"})
    if exchange.content:
        raise ContractBroken("check.csv", "nothing, not even a header", repr(exchange.content[:200]), exchange)


@checks("check.csv")
@only("v1", "v2")
@LISTS
def test_csv_has_no_pages(seen: Api, path: str) -> None:
    first = _csv(seen, path, **{"page[page]": "1", "page[per_page]": "1"})
    whole = _csv(seen, path)
    if first.content != whole.content:
        raise ContractBroken("check.csv", "all rows, whatever page is asked for", f"{len(first.content)} bytes", first)


def _csv(seen: Api, path: str, **query: str) -> Exchange:
    reply = seen.get(f"{path}.csv", **query)
    if reply.status != 200 or reply.exchange.media_type != "text/csv":
        raise ContractBroken("check.csv", "200 text/csv", f"{reply.status} {reply.exchange.media_type}", reply.exchange)
    return reply.exchange


def _text(exchange: Exchange) -> str:
    try:
        return exchange.content.decode()
    except UnicodeDecodeError as error:
        raise ContractBroken("check.csv", "text in UTF-8", str(error), exchange) from None


def _is_laid_out(exchange: Exchange) -> None:
    """Raises ContractBroken unless it is laid out as the service does.

    Cells have quotes where a comma, a quote, an end of a line or an end in spaces needs them, or nothing is there;
    lines, the last one too, end in a line feed alone.
    """
    text, place = _text(exchange), 0
    while place < len(text):
        found = _CELL.match(text, place)
        if found is None or not _is_written_so(found["quoted"], found["plain"]):
            expected = "cells in quotes that need them alone, and lines that end in a line feed alone"
            raise ContractBroken("check.csv", expected, repr(text[place : place + 80]), exchange)
        place = found.end()
    if not text.endswith("\n"):
        raise ContractBroken("check.csv", "every line ended by a line feed", repr(text[-1:]), exchange)


def _is_written_so(quoted: str | None, plain: str | None) -> bool:
    if quoted is None:
        return bool(plain)
    return not quoted or bool(_NEEDS_QUOTES.search(quoted))


def _cells(resource: Any) -> dict[str, str]:
    """A resource as a row has it."""
    return {"id": resource["id"]} | {name: _cell(value) for name, value in resource["attributes"].items()}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value) if isinstance(value, bool) else str(value)
