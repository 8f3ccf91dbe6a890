"""What is shown against what is known: the first difference, in the name of the rule that it breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contract_tests.errors import ContractBroken
from contract_tests.exchange import Exchange
from contract_tests.walking.rows import Order, Row

ABSENT = object()


@dataclass(frozen=True)
class Comparison:
    """Knows in whose name a difference is told.

    `shown` is the name of what no rule says by itself; `of_attribute` takes a path, a name, and what it should be.
    """

    shown: str
    of_attribute: Callable[[str, str, Any], str]
    of_rows: Callable[[str, dict[str, str]], str]

    def compare(self, path: str, expected: Mapping[str, Any], received: Mapping[str, Any], exchange: Exchange) -> None:
        """Raises ContractBroken over the first attribute that is not as it should be."""
        for name in dict.fromkeys([*expected, *received]):
            wanted, came = expected.get(name, ABSENT), received.get(name, ABSENT)
            if wanted == came and type(wanted) is type(came):
                continue
            if isinstance(wanted, list) and isinstance(came, list) and len(wanted) == len(came) and wanted:
                for one, other in zip(wanted, came, strict=True):
                    if isinstance(one, dict) and isinstance(other, dict):
                        self.compare(path, one, other, exchange)
            rule = self.of_attribute(path, name, wanted)
            if isinstance(wanted, dict) and isinstance(came, dict) and set(wanted) == set(came) and rule == self.shown:
                self.compare(path, wanted, came, exchange)
            raise ContractBroken(rule, told(name, wanted), told(name, came), exchange)

    def compare_rows(
        self,
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
        rule = self.of_rows(path, query)
        lacking = [_line(row.id, row.attributes) for name, row in known.items() if name not in came]
        extra = [_line(each["id"], each["attributes"]) for name, each in came.items() if name not in known]
        if lacking or extra or len(received) != len(rows):
            expected = f"{len(rows)} rows, with {'; '.join(lacking) or 'no others'}"
            found = f"{len(received)} rows, with {'; '.join(extra) or 'no others'}"
            raise ContractBroken(rule, expected, found, exchange)
        for name, row in known.items():
            self.compare(path, row.attributes, came[name]["attributes"], exchange)
        places = {row.name: place for row, place in zip(rows, order, strict=True)}
        names = [_name(each) for each in received]
        ordered = sorted(names, key=places.__getitem__) if ties_are_open else [row.name for row in rows]
        if names != ordered:
            place = next(place for place in range(len(names)) if names[place] != ordered[place])
            wanted, came_there = (f"{each[place][0]} in place {place + 1} of {len(names)}" for each in (ordered, names))
            raise ContractBroken("read.sort", wanted, came_there, exchange)


def told(name: str, value: Any) -> str:
    """An attribute, as it is told of."""
    return f"{name} absent" if value is ABSENT else f"{name} {value!r}"


def _name(resource: Any) -> tuple[str, str]:
    return resource["id"], resource["attributes"].get("training_record_id", "")


def _line(id: str, attributes: Mapping[str, Any]) -> str:
    about = ("full_name", "name", "urn", "declaration_type", "state", "cohort", "month", "year")
    return " ".join([id, *(str(attributes[name]) for name in about if attributes.get(name))])
