"""Query strings, read as the documents describe their parameters, and spelled as the world's rule book has it.

What a value must be is said once, in the parameter's schema; beside it `x-rule` names the rule that a value of
another form breaks, and that a request breaks which lacks a `required` member. A member without `x-rule` takes any
text. `x-fragile` names the rule of what the service falls over, which of a member is whatever is no text;
`x-impossible` the names it cannot sort by; a member with `x-list` takes `name[]=a` as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote

import msgspec

from sandbox.edge.provider.nested import nested
from sandbox.rules.reading import Page
from sandbox.rules.rule import Breach, Refused, rule
from sandbox.rules.spelling import STRICT, SpellingRules

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class Query(msgspec.Struct, frozen=True):
    """What a query string asks for."""

    filter: Mapping[str, Any] = msgspec.field(default_factory=dict)
    page: Page = msgspec.field(default_factory=Page)
    sort: str | None = None
    spelling: SpellingRules = STRICT

    def text(self, name: str) -> str | None:
        """A member of the filter that is text, or None."""
        value = self.filter.get(name)
        return value if isinstance(value, str) else None

    def time(self, name: str) -> datetime | None:
        """A member of the filter that is a time, or None."""
        value = self.filter.get(name)
        return value if isinstance(value, datetime) else None

    def ids(self, name: str) -> frozenset[str] | None:
        """The ids that a member of the filter names, or None."""
        return self.spelling.ids(self.text(name))

    def years(self, name: str) -> frozenset[str] | None:
        """The cohorts that a member of the filter names, or None.

        Each in a list is one name however it is written: with a comma in it, it names nothing.
        """
        value = self.filter.get(name)
        if not isinstance(value, tuple):
            return self.spelling.years(self.text(name))
        return frozenset().union(*(self.spelling.years(each) or () for each in value if "," not in each))

    def first_year(self, name: str) -> str:
        """The cohort that a member of the filter names, where it is to be one: of several the first."""
        value = self.filter.get(name)
        named = value if isinstance(value, tuple) else (self.text(name) or "",)
        return next(filter(str.isdecimal, map(self.spelling.first_year, named)), "")


EVERYTHING: Final = Query()
REMEMBERED: Final = 64  # query strings of each operation: who pages and polls asks the same again


class QueryReader:
    """Reads the query strings of one operation."""

    def __init__(self, parameters: Sequence[Mapping[str, Any]]) -> None:
        schemas = {p["name"]: p["schema"] for p in parameters if p["in"] == "query"}
        self._filter = schemas.get("filter")
        self._page = schemas.get("page")
        self._sort = schemas.get("sort")
        self._needs_something = any(schema.get("required") for schema in schemas.values())
        self.names = frozenset(_names(schemas))
        """Every name under which something is read."""
        self._once = lru_cache(REMEMBERED)(self._read)

    def read(self, query_string: bytes, spelling: SpellingRules = STRICT) -> Query:
        """What is asked for. Raises Refused when a parameter is not of the form the document gives it."""
        if not query_string and not self._needs_something:
            return EVERYTHING
        return self._once(query_string, spelling)

    def _read(self, query_string: bytes, spelling: SpellingRules) -> Query:
        sent = nested(query_string.decode("latin-1"))
        return Query(
            filter=_members(sent, "filter", self._filter, spelling),
            page=_page(sent, self._page, spelling),
            sort=_sort(sent, self._sort, spelling),
            spelling=spelling,
        )


def _names(schemas: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, schema in schemas.items():
        members = schema.get("properties")
        if members is None:
            yield name
            continue
        for member, described in members.items():
            yield f"{name}[{member}]"
            if described.get("x-list"):
                yield f"{name}[{member}][]"


def _page(sent: Mapping[str, Any], schema: Mapping[str, Any] | None, spelling: SpellingRules) -> Page:
    page = Page(**_members(sent, "page", schema, spelling))
    if schema is not None and not spelling.can_turn_to(page):
        raise Refused(Breach(schema["x-rule"]))
    return page


def _sort(sent: Mapping[str, Any], schema: Mapping[str, Any] | None, spelling: SpellingRules) -> str | None:
    given = sent.get("sort") if schema is not None else None
    if schema is None or not isinstance(given, str):
        return None
    if spelling.cannot_sort(given, schema.get("x-impossible", ())):
        raise Refused(Breach(schema["x-rule"]))
    return spelling.sort(given)


def _members(
    sent: Mapping[str, Any], name: str, schema: Mapping[str, Any] | None, spelling: SpellingRules
) -> dict[str, Any]:
    """The members of one parameter that the document knows, each as the value it stands for; others are ignored."""
    if schema is None:
        return {}
    given = sent.get(name, {})
    if "x-fragile" in schema and spelling.falls_over(given):
        raise Refused(Breach(schema["x-fragile"]))
    if is_no_object(given):
        raise Refused(Breach(schema["x-rule"]))
    known = schema.get("properties", {})
    for member in schema.get("required", ()):
        if is_left_out(given, member):
            raise Refused(Breach(known[member]["x-rule"]))
    read = {member: _value(given[member], known[member], spelling) for member in known if member in given}
    return {member: value for member, value in read.items() if value is not None}


@rule("read.filter-object")
def is_no_object(given: Any) -> bool:
    """True for a parameter that should have members, `filter[name]=value`, and has none."""
    return not isinstance(given, dict)


@rule("read.cohort-required")
def is_left_out(given: Mapping[str, Any], member: str) -> bool:
    """True for a member that has to be there, if only as a blank, and is not."""
    return member not in given


@rule("read.null-byte")
def is_of_another_form(given: str, pattern: str) -> bool:
    """True for a text that does not match the pattern its document gives it."""
    return re.search(pattern, given) is None


@rule("fragile.updated-since")
def is_no_text(given: Any) -> bool:
    """True for a list, or for members, where a service falls over all but text."""
    return not isinstance(given, str)


def _value(given: Any, schema: Mapping[str, Any], spelling: SpellingRules) -> Any:
    """What a value stands for; None when it counts as not given: a blank, a list, or members of its own.

    Raises Refused when it is not what the schema says.
    """
    if "x-fragile" in schema and is_no_text(given):
        raise Refused(Breach(schema["x-fragile"]))
    if isinstance(given, list) and schema.get("x-list"):
        return tuple(each for each in given if isinstance(each, str))
    if schema.get("type") == "integer":
        number = spelling.page_number(given) if isinstance(given, str) else None
        value: Any = number if number is not None and number >= schema["minimum"] else None
    elif not isinstance(given, str) or not given.strip():
        return None
    elif schema.get("format") == "date-time":
        value = spelling.since(given) or spelling.since(unquote(given))  # some clients encode it twice
    elif schema.get("format") == "uuid":
        id = spelling.id(given)
        value = id if _UUID.fullmatch(id) else None
    elif "enum" in schema:
        value = given if given in schema["enum"] else None
    elif "pattern" in schema:
        value = None if is_of_another_form(given, schema["pattern"]) else given
    else:
        return given
    if value is None:
        raise Refused(Breach(schema["x-rule"]))
    return value
