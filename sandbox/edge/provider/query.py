"""Query strings, read as the documents describe their parameters.

What a value must be is said once, in the parameter's schema; beside it `x-rule` names the rule that a value of
another form breaks, and that a request breaks which lacks a `required` member. A member without `x-rule` takes any
text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote

from sandbox.edge.provider.nested import nested
from sandbox.rules.reading import Page
from sandbox.rules.rule import Breach, Refused, rule
from sandbox.rules.times import instant

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_WHOLE_NUMBER: Final = re.compile(r"\d+", re.ASCII)
_BEYOND_ANY_LIST: Final = 10**18


@dataclass(frozen=True, slots=True)
class Query:
    """What a query string asks for."""

    filter: Mapping[str, Any] = field(default_factory=dict)
    page: Page = field(default_factory=Page)
    sort: str | None = None

    def text(self, name: str) -> str | None:
        """A member of the filter that is text, or None."""
        value = self.filter.get(name)
        return value if isinstance(value, str) else None

    def time(self, name: str) -> datetime | None:
        """A member of the filter that is a time, or None."""
        value = self.filter.get(name)
        return value if isinstance(value, datetime) else None


EVERYTHING: Final = Query()


class QueryReader:
    """Reads the query strings of one operation."""

    def __init__(self, parameters: Sequence[Mapping[str, Any]]) -> None:
        schemas = {p["name"]: p["schema"] for p in parameters if p["in"] == "query"}
        self._filter = schemas.get("filter")
        self._page = schemas.get("page")
        self._sorts = "sort" in schemas
        self._needs_something = any(schema.get("required") for schema in schemas.values())

    def read(self, query_string: bytes) -> Query:
        """What is asked for. Raises Refused when a parameter is not of the form the document gives it."""
        if not query_string and not self._needs_something:
            return EVERYTHING
        sent = nested(query_string.decode("latin-1"))
        sort = sent.get("sort") if self._sorts else None
        return Query(
            filter=_members(sent, "filter", self._filter),
            page=Page(**_members(sent, "page", self._page)),
            sort=sort if isinstance(sort, str) else None,
        )


def _members(sent: Mapping[str, Any], name: str, schema: Mapping[str, Any] | None) -> dict[str, Any]:
    """The members of one parameter that the document knows, each as the value it stands for; others are ignored."""
    if schema is None:
        return {}
    given = sent.get(name, {})
    if is_no_object(given):
        raise Refused(Breach(schema["x-rule"]))
    known = schema.get("properties", {})
    for member in schema.get("required", ()):
        if is_left_out(given, member):
            raise Refused(Breach(known[member]["x-rule"]))
    read = {member: _value(given[member], known[member]) for member in known if member in given}
    return {member: value for member, value in read.items() if value is not None}


@rule("read.filter-object")
def is_no_object(given: Any) -> bool:
    """True for a parameter that should have members, `filter[name]=value`, and has none."""
    return not isinstance(given, dict)


@rule("read.cohort-required")
def is_left_out(given: Mapping[str, Any], member: str) -> bool:
    """True for a member that has to be there, if only as a blank, and is not."""
    return member not in given


def _value(given: Any, schema: Mapping[str, Any]) -> Any:
    """What a value stands for; None when it counts as not given: a blank, a list, or members of its own.

    Raises Refused when it is not what the schema says.
    """
    if schema.get("type") == "integer":
        value: Any = _whole_number(given, schema["minimum"])
    elif not isinstance(given, str) or not given.strip():
        return None
    elif schema.get("format") == "date-time":
        value = instant(given) or instant(unquote(given))  # some clients encode it twice
    elif schema.get("format") == "uuid":
        value = given.lower() if _UUID.fullmatch(given) else None
    elif "enum" in schema:
        value = given if given in schema["enum"] else None
    else:
        return given
    if value is None:
        raise Refused(Breach(schema["x-rule"]))
    return value


def _whole_number(given: Any, minimum: int) -> int | None:
    if not isinstance(given, str) or not _WHOLE_NUMBER.fullmatch(given):
        return None
    value = int(given) if len(given) < len(str(_BEYOND_ANY_LIST)) else _BEYOND_ANY_LIST
    return value if value >= minimum else None
