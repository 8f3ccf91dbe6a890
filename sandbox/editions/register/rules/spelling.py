"""How Register reads what clients write."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote_plus

from sandbox.editions.register.rules.dates import written
from sandbox.editions.register.rules.days import LONDON
from sandbox.rules.lenient import (
    ZONE,
    can_turn_to,
    canonical_id,
    is_no_page,
    page_number,
    reader,
    sent_id,
    sent_text,
    sort_as_sent,
)
from sandbox.rules.rule import rule
from sandbox.rules.spelling import SpellingRules

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_YEAR: Final = re.compile(r"\s*[+]?0*(\d{1,4})(?!\d)", re.ASCII)
_SINCE: Final = re.compile(
    rf"(\d{{4}})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?{ZONE}", re.IGNORECASE | re.ASCII
)
_SERVER_DATE: Final = re.compile(
    rf"\s*(\d{{4}})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(?:UTC|GMT)?{ZONE})?\s*",
    re.IGNORECASE | re.ASCII,
)
_ANY_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a time of day alone is one whichever day it is


def ids_in(text: str | None) -> frozenset[str] | None:
    """The ids that a filter names: those that are none, as they lack hyphens, name nothing (read.participant-id)."""
    if not text or not text.strip():
        return None
    return frozenset(name.lower() for name in text.split(",") if _UUID.fullmatch(name))


def years_in(text: str | None) -> frozenset[str] | None:
    """The years that a filter names: what is not all digits names nothing (read.cohort-filter)."""
    if not text or not text.strip():
        return None
    return frozenset(name.lstrip("0") for name in text.split(",") if name.isdecimal() and name.isascii())


def year_in(text: str) -> str:
    """A year as the number that a text begins with: `2025abc` and `2025,2026` are 2025."""
    match = _YEAR.match(text)
    return match[1] if match else text


def sent_year(value: Any) -> str | None:
    """A member of a body that is a year."""
    text = sent_text(value)
    return year_in(text) if text else None


def since(text: str) -> datetime | None:
    """A time in a filter, which is decoded once more than it should be (read.updated-since)."""
    return _since(unquote_plus(text))


_since: Final = reader(_SINCE, LONDON)
_read_server_date: Final = reader(_SERVER_DATE, LONDON)


def _meant(text: str | None, today: datetime = _ANY_DAY) -> datetime | None:
    """The time that a text means, in whatever form, unless a day before it or after it is more than can be counted."""
    at = _read_server_date(text)
    if at is None and (loosely := written(text, today)) is not None:
        at = loosely.kept
    return at if at is not None and datetime.min.year < at.year < datetime.max.year else None


@rule("clock.header-bad")
def is_no_server_date(text: str | None) -> bool:
    """True for a server date that is sent, but is no time: a blank, too."""
    return text is not None and _meant(text) is None


@rule("clock.header")
def time_of_request(text: str | None, world_time: datetime) -> datetime:
    """When a request happens: a server date may be a day, and without a zone it is London's. Parts of a second go."""
    at = _meant(text, world_time)
    return world_time if at is None else at.replace(microsecond=0)


SPELLING: Final = SpellingRules(
    id=canonical_id,
    ids=ids_in,
    years=years_in,
    first_year=year_in,
    since=since,
    sort=sort_as_sent,
    falls_over=is_no_page,
    page_number=page_number,
    can_turn_to=can_turn_to,
    sent_text=sent_text,
    sent_id=sent_id,
    sent_year=sent_year,
    sent_evidence=sent_text,
    is_no_server_date=is_no_server_date,
    time_of_request=time_of_request,
)
