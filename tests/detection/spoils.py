"""What can be done to an answer: to members of its records, its lists, its refusals, its CSV, or the whole of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import unquote

from tests.detection.answers import Answer, Spoil

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z")

# --- members of records


def of_records(change: Callable[[dict[str, Any]], object]) -> Spoil:
    """Changes each record that is answered, in a list or singly."""

    def spoil(answer: Answer) -> Answer | None:
        said = answer.json if answer.status == 200 else None
        if not isinstance(said, dict) or "data" not in said:
            return None
        for record in said["data"] if isinstance(said["data"], list) else [said["data"]]:
            if isinstance(record, dict):
                change(record)
        return answer.saying(said)

    return spoil


def of_members(name: str, change: Callable[[Any], Any], *, nulls: bool = False) -> Spoil:
    """Changes the members of a name, wherever in a record they are; null only if that is asked for."""

    def mend(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if re.fullmatch(name, key) and (nulls or value is not None):
                    node[key] = change(value)
                else:
                    mend(value)
        elif isinstance(node, list):
            for item in node:
                mend(item)

    return of_records(mend)


def dropped(name: str) -> Spoil:
    """Leaves members of a name out."""

    def drop(node: Any) -> None:
        if isinstance(node, dict):
            node.pop(name, None)
        for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            drop(value)

    return of_records(drop)


def renamed(name: str, to: str) -> Spoil:
    """Calls a member otherwise."""

    def rename(record: dict[str, Any]) -> None:
        attributes = record.get("attributes", {})
        if name in attributes:
            attributes[to] = attributes.pop(name)

    return of_records(rename)


def exchanged(name: str) -> Spoil:
    """Shows of each record of a list what belongs to the next."""

    def spoil(answer: Answer) -> Answer | None:
        if not answer.is_list:
            return None
        said = answer.json
        records = [each["attributes"] for each in said["data"] if name in each["attributes"]]
        values = [each[name] for each in records]
        for record, value in zip(records, values[1:] + values[:1], strict=True):
            record[name] = value
        return answer.saying(said)

    return spoil


def exchanged_within(name: str) -> Spoil:
    """Shows what belongs to the next record of a list, however deep in it that is."""

    def holders(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict) and name in node:
            yield node
        for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from holders(value)

    def spoil(answer: Answer) -> Answer | None:
        said = answer.json if answer.is_list else None
        found = list(holders(said))
        values = [each[name] for each in found]
        for each, value in zip(found, values[1:] + values[:1], strict=True):
            each[name] = value
        return answer.saying(said) if found else None

    return spoil


def of_values(change: Callable[[Any], Any]) -> Spoil:
    """Changes each value of each record that is neither an object nor a list."""

    def mend(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: mend(value) for key, value in node.items()}
        if isinstance(node, list):
            return [mend(value) for value in node]
        return change(node)

    return of_records(lambda record: record.update(attributes=mend(record["attributes"])))


def of_names(change: Callable[[str], str]) -> Spoil:
    """Calls the attributes of each record otherwise."""

    def mend(record: dict[str, Any]) -> None:
        record["attributes"] = {change(name): value for name, value in record["attributes"].items()}

    return of_records(mend)


def shifted(**by: float) -> Callable[[Any], Any]:
    """A time, so much later."""

    def shift(value: Any) -> Any:
        if not (isinstance(value, str) and _TIME.fullmatch(value)):
            return value
        try:
            return f"{datetime.fromisoformat(value) + timedelta(**by):%Y-%m-%dT%H:%M:%SZ}"
        except ValueError:  # a day that there is not
            return value

    return shift


def with_more(record: dict[str, Any]) -> None:
    """Has a member that nobody described."""
    record["attributes"]["internal_id"] = 4711


# --- lists


def of_lists(change: Callable[[list[Any]], Any]) -> Spoil:
    """Changes lists that hold something."""

    def spoil(answer: Answer) -> Answer | None:
        if not answer.is_list or not answer.json["data"]:
            return None
        said = answer.json
        said["data"] = change(said["data"])
        return answer.saying(said)

    return spoil


def second_page(change: Callable[[list[Any]], list[Any]]) -> Spoil:
    """Changes pages but the first."""

    def spoil(answer: Answer) -> Answer | None:
        number = re.search(r"page(?:\[|%5B)page(?:\]|%5D)=(\d+)", answer.query)
        return of_lists(change)(answer) if number and int(number[1]) > 1 else None

    return spoil


def swapped(records: list[Any]) -> list[Any]:
    """The first two in each other's place."""
    return [*records[1::-1], *records[2:]] if len(records) > 1 else records


def missing(modulus: int) -> Callable[[list[Any]], list[Any]]:
    """Some records are never listed: always the same ones."""
    return lambda records: [each for each in records if int(each["id"][:8], 16) % modulus]


# --- answers as a whole


def with_status(before: int, after: int) -> Spoil:
    """Answers with another status."""
    return lambda answer: replace(answer, status=after) if answer.status == before else None


def with_type(after: str, status: int = 200) -> Spoil:
    """Says that it is something else."""
    return lambda answer: replace(answer, type=after) if answer.status == status and answer.body else None


def respelt(change: Callable[[bytes], bytes], status: int = 200) -> Spoil:
    """Changes it byte by byte."""
    return lambda answer: replace(answer, body=change(answer.body)) if answer.status == status and answer.body else None


def with_header(name: str, value: str | None, status: int = 200) -> Spoil:
    """Has a header say so, or leaves it out."""

    def spoil(answer: Answer) -> Answer | None:
        if answer.status != status:
            return None
        others = {each: said for each, said in answer.headers.items() if each != name}
        return replace(answer, headers=others if value is None else others | {name: value})

    return spoil


def asked_with(pattern: str, spoil: Spoil) -> Spoil:
    """Spoils only what is asked with such a query."""
    return lambda answer: spoil(answer) if re.search(pattern, unquote(answer.query)) else None


class Mixed:
    """Answers to a read of one record with the one that was read before."""

    def __init__(self) -> None:
        self._before: bytes | None = None

    def __call__(self, answer: Answer) -> Answer | None:
        """The record that was read before this one."""
        if answer.method != "GET" or answer.status != 200 or answer.is_list:
            return None
        before, self._before = self._before, answer.body
        return replace(answer, body=before) if before else None


class Stale:
    """Remembers what was answered to a read, and answers so again."""

    def __init__(self, times: int = 3) -> None:
        self._known: dict[str, tuple[Answer, int]] = {}
        self._times = times

    def __call__(self, answer: Answer) -> Answer | None:
        """What was answered before, a few times."""
        if answer.method != "GET" or answer.status != 200:
            return None
        place = f"{answer.path}?{answer.query}"
        known, left = self._known.get(place, (answer, self._times))
        self._known[place] = (known, left - 1)
        if not left:
            del self._known[place]
        return replace(answer, body=known.body)


# --- refusals


def of_errors(change: Callable[[list[Any]], Any], *statuses: int) -> Spoil:
    """Changes the entries of a refusal."""

    def spoil(answer: Answer) -> Answer | None:
        said = answer.json if answer.status in (statuses or (400, 422)) else None
        if not isinstance(said, dict) or not isinstance(said.get("errors"), list):
            return None
        said["errors"] = change(said["errors"])
        return answer.saying(said)

    return spoil


def of_entries(change: Callable[[dict[str, Any]], object]) -> Spoil:
    """Changes each entry of a refusal."""

    def each(errors: list[Any]) -> list[Any]:
        for error in errors:
            change(error)
        return errors

    return of_errors(each)


# --- CSV


def of_rows(change: Callable[[list[list[str]]], list[list[str]]], **dialect: Any) -> Spoil:
    """Changes rows of CSV, or how they are written."""

    def spoil(answer: Answer) -> Answer | None:
        if not answer.path.endswith(".csv") or answer.status != 200 or not answer.body:
            return None
        rows = change(list(csv.reader(io.StringIO(answer.body.decode()))))
        text = io.StringIO()
        csv.writer(text, **({"lineterminator": "\n"} | dialect)).writerows(rows)
        return replace(answer, body=text.getvalue().encode())

    return spoil


def in_column(name: str, change: Callable[[str], str]) -> Spoil:
    """Changes one column."""

    def each(rows: list[list[str]]) -> list[list[str]]:
        place = rows[0].index(name) if name in rows[0] else 0
        return [rows[0], *([*row[:place], change(row[place]), *row[place + 1 :]] for row in rows[1:])]

    return of_rows(each)


def unquoted(text: bytes) -> bytes:
    """Without quotes around what needs them."""
    return text.replace(b'"', b"")
