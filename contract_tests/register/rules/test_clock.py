"""The time of a request, which it may set by its header."""

from __future__ import annotations

import time
from typing import Final

import pytest

from contract_tests.api import Api
from contract_tests.lists import NOBODY
from contract_tests.marks import accepts, refuses
from contract_tests.register.asking import (
    PARTICIPANTS,
    PARTNERSHIPS,
    STATEMENTS,
    declare,
)
from contract_tests.register.backstage import RegisterBackstage

NO_RECORD: Final = f"{PARTICIPANTS}/{NOBODY}"


@refuses("clock.header-bad")
@pytest.mark.parametrize("date", ["garbage", "", "25:00", "2026-09-15T25:00:00Z"])
@pytest.mark.usefixtures("stage")
def test_the_time_of_a_request_is_looked_at_first_of_all(api: Api, date: str) -> None:
    stranger = api.stranger().at(date)
    stranger.send("GET", f"{STATEMENTS}?filter=x").is_refused(400, "Bad request")
    api.at(date).get(NO_RECORD).is_refused(400, "Bad request")


@accepts("clock.header-bad", "clock.header")
@pytest.mark.parametrize(
    ("date", "is_at"),
    [
        ("2026-09-15T08:30:00Z", "2026-09-15T08:30:00Z"),
        ("2026-09-15T08:30:00.9", "2026-09-15T07:30:00Z"),
        ("2026-09-15", "2026-09-14T23:00:00Z"),
        ("2026-02-30T00:00:00Z", "2026-03-02T00:00:00Z"),
        ("2026-09-15T05:00:00-03:30", "2026-09-15T08:30:00Z"),
        ("2026-09-15T14:15:00+05:45", "2026-09-15T08:30:00Z"),
        ("2026-01-15", "2026-01-15T00:00:00Z"),
        ("2026-01-15T08:30:00", "2026-01-15T08:30:00Z"),
        ("08:30:00", "2026-09-15T07:30:00Z"),
    ],
)
def test_a_request_happens_when_it_says(api: Api, stage: RegisterBackstage, date: str, is_at: str) -> None:
    ect = stage.person().id
    declare(api.at(date), ect).shows(created_at=is_at, updated_at=is_at)


@accepts("clock.header")
def test_a_time_is_for_one_request_only(api: Api, stage: RegisterBackstage) -> None:
    ect = stage.person().id
    api.at("2027-01-01T00:00:00Z").get(PARTICIPANTS).is_accepted()
    declare(api, ect).shows(created_at="2026-09-15T09:00:00Z")


@accepts("updated.partnership", "status.derive")
def test_time_goes_on_by_itself(api: Api, stage: RegisterBackstage) -> None:
    """What was answered before does not stand: a partnership changes at a minute past midnight, as training begins."""
    made = stage.partnership("2026")
    stage.registered(on="2026-09-15", starts_on="2026-10-05")
    before = api.get(f"{PARTNERSHIPS}/{made}").attributes["updated_at"]
    stage.act("PUT", "/time", now="2026-10-05T00:00:59Z", frozen=False)
    api.get(f"{PARTNERSHIPS}/{made}").shows(updated_at=before)
    time.sleep(1.2)
    api.get(f"{PARTNERSHIPS}/{made}").shows(updated_at="2026-10-05T00:01:00Z", participants_currently_training=1)
