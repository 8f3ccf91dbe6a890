"""How the deployed service read what clients wrote: mostly as its language and its database convert values."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sandbox.rules.lenient import (
    ZONE,
    can_turn_to,
    canonical_id,
    is_no_page,
    page_number,
    reader,
    sent_id,
    sent_text,
    sent_year,
    sort_as_sent,
    year_in,
)
from sandbox.rules.rule import rule
from sandbox.rules.spelling import SpellingRules, scalar

_DECLARED: Final = re.compile(
    rf"(\d{{4}})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?{ZONE}", re.IGNORECASE | re.ASCII
)
_SINCE: Final = re.compile(
    rf"\s*(\d{{4}})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?{ZONE}\s*", re.IGNORECASE | re.ASCII
)
_SERVER_DATE: Final = re.compile(
    rf"\s*(\d{{4}})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(?:UTC|GMT)?{ZONE})?\s*",
    re.IGNORECASE | re.ASCII,
)


def ids_in(text: str | None) -> frozenset[str] | None:
    """The ids that a filter names; a space beside one makes it none (read.participant-id)."""
    return frozenset(map(canonical_id, text.split(","))) if text and text.strip() else None


def years_in(text: str | None) -> frozenset[str] | None:
    """The years that a filter names; `,` alone names none of them, and finds nothing (read.cohort-filter)."""
    return frozenset(map(year_in, text.split(","))) if text and text.strip() else None


@rule("read.sort")
def cannot_sort(sort: str, impossible: Collection[str]) -> bool:
    """True when `sort` names what the service cannot sort by, among others or not."""
    return any(name.removeprefix("-").removeprefix("+") in impossible for name in sort.split(","))


declared_at: Final = reader(_DECLARED)
since: Final = reader(_SINCE)
meant: Final = reader(_SERVER_DATE)


def refuses_no_server_date(_text: str | None) -> bool:
    """False: a server date that is no time is as if it were not sent (clock.header-bad)."""
    return False


def time_of_request(text: str | None, world_time: datetime) -> datetime:
    """When a request happens: a server date may be a day, have a space for `T`, or lack its seconds (clock.header)."""
    return meant(text) or world_time


SPELLING: Final = SpellingRules(
    id=canonical_id,
    ids=ids_in,
    years=years_in,
    first_year=year_in,
    since=since,
    sort=sort_as_sent,
    cannot_sort=cannot_sort,
    falls_over=is_no_page,
    page_number=page_number,
    can_turn_to=can_turn_to,
    sent_text=sent_text,
    sent_id=sent_id,
    sent_year=sent_year,
    sent_evidence=scalar,
    declared_at=declared_at,
    meant=meant,
    is_no_server_date=refuses_no_server_date,
    time_of_request=time_of_request,
)
