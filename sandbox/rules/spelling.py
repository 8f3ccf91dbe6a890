"""How what clients write is read: the members of a query and of a body, the time in a header.

A part of every rule book. What stands here reads strictly, by the letter of the documents; a service that lets more
pass has functions of its own in place of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, Final

import msgspec

from sandbox.rules.reading import Page, names_in
from sandbox.rules.times import instant, is_no_server_date, time_of_request

_WHOLE_NUMBER: Final = re.compile(r"\d+", re.ASCII)
_BEYOND_ANY_LIST: Final = 10**18


def whole_number(given: str) -> int | None:
    """The whole number that a text is; None when it is none. What is larger than any list is not counted out."""
    if not _WHOLE_NUMBER.fullmatch(given):
        return None
    return int(given) if len(given) < len(str(_BEYOND_ANY_LIST)) else _BEYOND_ANY_LIST


def any_page(_page: Page) -> bool:
    """True: every page can be turned to, if only to find it empty."""
    return True


def falls_over_nothing(_given: Any) -> bool:
    """False: nothing that is asked makes a service fall over which is as it should be."""
    return False


def sorted_by(sort: str) -> str:
    """What `sort` names, without the spaces around each name."""
    return ",".join(name.strip() for name in sort.split(","))


def sorts_by_anything(_sort: str, _impossible: Collection[str]) -> bool:
    """False: a name that nothing can be sorted by is ignored."""
    return False


def as_id(text: str) -> str:
    """An id as records have it: in small letters."""
    return text.lower()


def ids_in(text: str | None) -> frozenset[str] | None:
    """The ids that a comma-separated filter names; None when it is absent or blank and so filters nothing."""
    return names_in(text.lower() if text else None)


def first_name(text: str) -> str:
    """The first of the names in a comma-separated filter."""
    return text.partition(",")[0].strip()


def as_text(value: Any) -> str | None:
    """A member of a body as text; None for a blank, an object or a list. What stands around it does not count."""
    text = scalar(value)
    return text.strip() or None if text is not None else None


def scalar(value: Any) -> str | None:
    """A text, a number or a truth value as text, just as it was sent; None for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (str, int, float)) else None


def body_id(value: Any) -> str | None:
    """A member of a body that is an id."""
    text = as_text(value)
    return as_id(text) if text else None


class SpellingRules(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What a value stands for, by where it is written: in the path and the query, in a body, in a header."""

    id: Callable[[str], str] = as_id
    ids: Callable[[str | None], frozenset[str] | None] = ids_in
    years: Callable[[str | None], frozenset[str] | None] = names_in
    first_year: Callable[[str], str] = first_name
    since: Callable[[str], datetime | None] = instant
    sort: Callable[[str], str] = sorted_by
    cannot_sort: Callable[[str, Collection[str]], bool] = sorts_by_anything
    falls_over: Callable[[Any], bool] = falls_over_nothing
    page_number: Callable[[str], int | None] = whole_number
    can_turn_to: Callable[[Page], bool] = any_page
    sent_text: Callable[[Any], str | None] = as_text
    sent_id: Callable[[Any], str | None] = body_id
    sent_year: Callable[[Any], str | None] = as_text
    sent_evidence: Callable[[Any], str | None] = as_text
    declared_at: Callable[[str | None], datetime | None] = instant
    meant: Callable[[str | None], datetime | None] = instant
    is_no_server_date: Callable[[str | None], bool] = is_no_server_date
    time_of_request: Callable[[str | None, datetime], datetime] = time_of_request


STRICT: Final = SpellingRules()
