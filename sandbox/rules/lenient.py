"""How a service reads what clients write when its language and its database convert the values: leniently.

Both services that are stood in for do. A part of their rule books; `spelling.py` reads strictly.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final
from uuid import UUID

from sandbox.rules.reading import MOST_PER_PAGE, Page
from sandbox.rules.requests import SentBody
from sandbox.rules.rule import rule
from sandbox.rules.spelling import scalar

_ID: Final = re.compile(r"(\{)?(?:[0-9a-f]{4}-?){8}(?(1)\})", re.IGNORECASE | re.ASCII)
_CANONICAL: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_LEADING_NUMBER: Final = re.compile(r"\s*[+]?(\d+(?:_\d+)*)", re.ASCII)
_MOST_OFFSET: Final = 2**63 - 1  # how far the database counts
ZONE: Final = r"(?:(Z)|([+-])(\d\d)(?::?(\d\d))?)?"


def canonical_id(text: str) -> str:
    """An id as records have it: capitals, braces around it and left out hyphens do not matter (decl.participant-known).

    What is none stays as it is, and so is no record's.
    """
    if _CANONICAL.fullmatch(text) or not _ID.fullmatch(text):
        return text
    return str(UUID(text))


def year_in(text: str) -> str:
    """A year as the number that a text begins with: `2024x`, `2024.5` and ` 2024 ` are 2024 (sched.identifier)."""
    match = _LEADING_NUMBER.match(text)
    return str(int(match[1])) if match and len(match[1]) <= len("2024") else text


def page_number(text: str) -> int:
    """The number that a text begins with: `2abc` is 2; nothing without one, which is no page (read.page)."""
    match = _LEADING_NUMBER.match(text)
    return int(match[1][: len(str(_MOST_OFFSET)) + 1]) if match else 0


def can_turn_to(page: Page) -> bool:
    """False for a page whose first record lies further on than the database counts (read.page)."""
    return (page.page - 1) * min(page.per_page, MOST_PER_PAGE) <= _MOST_OFFSET


@rule("fragile.data")
def data_is_no_object(body: SentBody) -> bool:
    """True for a `data` that is a word, a number, a truth value, or a list of something."""
    data = body.data
    if isinstance(data, str):
        return bool(data.strip())
    return isinstance(data, (bool, int, float)) or (isinstance(data, list) and bool(data))


@rule("fragile.page")
def is_no_page(given: Any) -> bool:
    """True for a `page` that is no object, or whose members are none of text: the service fell over it."""
    if not isinstance(given, dict):
        return True
    return any(not isinstance(given.get(member, ""), str) for member in ("page", "per_page"))


def sort_as_sent(sort: str) -> str:
    """What `sort` names: a space beside a name, as a bare `+` is one, is a part of it (read.sort)."""
    return sort


def sent_text(value: Any) -> str | None:
    """A member of a body just as it was sent, spaces and all (body.attributes); None for a blank, object or list."""
    text = scalar(value)
    return text if text is not None and text.strip() else None


def sent_id(value: Any) -> str | None:
    """A member of a body that is an id (decl.participant-known)."""
    text = sent_text(value)
    return canonical_id(text) if text else None


def sent_year(value: Any) -> str | None:
    """A member of a body that is a year (sched.identifier)."""
    text = sent_text(value)
    return year_in(text) if text else None


def reader(pattern: re.Pattern[str], zone: tzinfo = UTC) -> Callable[[str | None], datetime | None]:
    """Reads the times that match a pattern, in UTC: those without a zone are of this one.

    Its groups are year, month, day, hour, minute, second, fraction, and of the zone the sign, hours and minutes.
    """

    def read(text: str | None) -> datetime | None:
        match = pattern.fullmatch(text) if text else None
        return None if match is None else _moment(zone, *match.groups())

    return read


def _moment(
    zone: tzinfo,
    year: str,
    month: str,
    day: str,
    hour: str | None,
    minute: str | None,
    second: str | None,
    fraction: str | None,
    utc: str | None,
    sign: str | None,
    hours: str | None,
    minutes: str | None,
) -> datetime | None:
    """The time that these parts of a text name, in UTC. Day 31 of a shorter month and 24:00:00 are in the next one."""
    at = timedelta(hours=int(hour or 0), minutes=int(minute or 0), seconds=int(second or 0))
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    if not (1 <= int(day) <= 31 and int(minute or 0) <= 59 and int(second or 0) <= 60 and at <= timedelta(days=1)):
        return None
    try:
        moment = datetime(int(year), int(month), 1) + timedelta(days=int(day) - 1) + at
        if utc or sign:
            moment = (moment - (-offset if sign == "-" else offset)).replace(tzinfo=UTC)
        else:
            moment = moment.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.replace(microsecond=int((fraction or "0")[:6].ljust(6, "0")))
