"""What is shown against what is known: the first difference, in the name of the rule that it breaks."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.model.lists import Order, Row
from contract_tests.walks.naming import SHOWN, of_attribute, of_rows

ABSENT = object()


def compare(path: str, expected: Mapping[str, Any], received: Mapping[str, Any], exchange: Exchange) -> None:
    """Raises ContractBroken over the first attribute that is not as it should be."""
    for name in dict.fromkeys([*expected, *received]):
        wanted, came = expected.get(name, ABSENT), received.get(name, ABSENT)
        if wanted == came and type(wanted) is type(came):
            continue
        if isinstance(wanted, list) and isinstance(came, list) and len(wanted) == len(came) and wanted:
            for one, other in zip(wanted, came, strict=True):
                if isinstance(one, dict) and isinstance(other, dict):
                    compare(path, one, other, exchange)
        if isinstance(wanted, dict) and isinstance(came, dict) and set(wanted) == set(came):
            rule = of_attribute(path, name, wanted)
            compare(path, wanted, came, exchange) if rule == SHOWN else None
        raise ContractBroken(of_attribute(path, name, wanted), _told(name, wanted), _told(name, came), exchange)


def _told(name: str, value: Any) -> str:
    return f"{name} absent" if value is ABSENT else f"{name} {value!r}"


def compare_rows(
    path: str,
    query: dict[str, str],
    rows: list[Row],
    order: Order,
    received: list[Any],
    exchange: Exchange,
    *,
    ties_are_open: bool,
) -> None:
    """Raises ContractBroken unless a list holds these rows, each as it is known, in this order."""
    came = {_name(each): each for each in received}
    known = {row.name: row for row in rows}
    rule = of_rows(path, query)
    lacking = [_line(row.id, row.attributes) for name, row in known.items() if name not in came]
    extra = [_line(each["id"], each["attributes"]) for name, each in came.items() if name not in known]
    if lacking or extra or len(received) != len(rows):
        expected = f"{len(rows)} rows, with {'; '.join(lacking) or 'no others'}"
        raise ContractBroken(rule, expected, f"{len(received)} rows, with {'; '.join(extra) or 'no others'}", exchange)
    for name, row in known.items():
        compare(path, row.attributes, came[name]["attributes"], exchange)
    places = {row.name: place for row, place in zip(rows, order, strict=True)}
    names = [_name(each) for each in received]
    ordered = sorted(names, key=places.__getitem__) if ties_are_open else [row.name for row in rows]
    if names != ordered:
        place = next(place for place in range(len(names)) if names[place] != ordered[place])
        wanted, found = (f"{each[place][0]} in place {place + 1} of {len(names)}" for each in (ordered, names))
        raise ContractBroken("read.sort", wanted, found, exchange)


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
                raise ContractBroken("read.csv", _told(name, value), _told(name, cells.get(name)), exchange)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _name(resource: Any) -> tuple[str, str]:
    return resource["id"], resource["attributes"].get("training_record_id", "")


def _line(id: str, attributes: Mapping[str, Any]) -> str:
    about = ("full_name", "name", "urn", "declaration_type", "state", "cohort", "month", "year")
    return " ".join([id, *(str(attributes[name]) for name in about if attributes.get(name))])
