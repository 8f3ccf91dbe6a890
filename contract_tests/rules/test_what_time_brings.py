"""What a sandbox says that time has brought about: who has left and joined, and what was paid, each at its moment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import require_equal
from contract_tests.lists import DECLARATIONS
from contract_tests.marks import checks, only
from contract_tests.rules.schools import partnerships, register
from contract_tests.target.backstage import Backstage

DATED: Final = "2024-10-14T09:00:00Z"


@only("v3")
@checks("check.control")
def test_it_is_told_who_has_left_and_joined_on_which_day_and_once(api: Api, stage: Backstage) -> None:
    here, there = (each["school_id"] for each in partnerships(api)[:2])
    day = [(stage.now.date() + timedelta(days=days)).isoformat() for days in range(6)]
    gone, moves, comes = (register(stage, school_id=here, starts_on=on) for on in ("2024-09-02", "2024-09-02", day[3]))
    stage.act("POST", f"/participants/{gone}/leave", on=day[4])
    stage.act("POST", f"/participants/{moves}/leave", on=day[1])
    stage.act("POST", f"/participants/{moves}/join", school_id=there, on=day[2])
    api.at(f"{day[3]}T12:00:00Z").defer(gone).is_accepted()  # an act begins another part of the same stay
    told = [
        (each["at"][:10], each["event"], each["id"])
        for days in (1, 2, 5)
        for each in stage.act("POST", "/time/advance", to=f"{day[days]}T00:00:00Z")["settled"]
        if each["id"] in (gone, moves, comes)
    ]
    expected = [
        (day[1], "participant_left", moves),
        (day[2], "participant_joined", moves),
        (day[3], "participant_joined", comes),
        (day[4], "participant_left", gone),
    ]
    require_equal(expected, told, check="check.control")


@only("v3")
@checks("check.control")
def test_it_is_told_what_became_payable_and_was_paid_and_when(api: Api, stage: Backstage) -> None:
    made = api.declare(register(stage), "started", DATED).is_accepted()
    statement = api.get(f"/statements/{made.attributes['statement_id']}").attributes
    closes = date.fromisoformat(statement["cut_off_date"]) + timedelta(days=1)
    pays = max(closes, date.fromisoformat(statement["payment_date"]))
    told = [
        (each["at"][:19], each["event"], each["id"], state)
        for each in stage.act("POST", "/time/advance", to=f"{pays}T00:00:09Z")["settled"]
        for state in _states(each, made.id)
    ]
    about = made.attributes["statement_id"]
    expected = [
        (f"{closes}T00:00:00", "statement_payable", about, "payable"),
        (f"{pays}T00:00:00", "statement_paid", about, "paid"),
    ]
    require_equal(expected, told, check="check.control")
    api.get(f"{DECLARATIONS}/{made.id}").shows(state="paid", updated_at=f"{pays}T00:00:00Z")


def _states(settled: Any, declaration: str) -> list[str]:
    return [each["state"] for each in settled["declarations"] if each["id"] == declaration]
