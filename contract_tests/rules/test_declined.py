"""What makes no sense as things stand is declined by a sandbox: schools, the DfE and time change nothing then."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.api import Api
from contract_tests.errors import ContractBroken, Declined
from contract_tests.marks import checks, only
from contract_tests.rules.schools import partnerships, register
from contract_tests.target.backstage import Backstage

DATED: Final = "2024-10-14T09:00:00Z"
ON: Final = "2024-11-14"


@only("v3")
@checks("check.control")
def test_nobody_is_registered_mentored_or_moved_as_makes_no_sense(api: Api, stage: Backstage) -> None:
    here = partnerships(api)[0]["school_id"]
    there = {"school_id": here}
    ect, other, mentor = register(stage, **there), register(stage, **there), register(stage, role="mentor", **there)
    for each in (ect, other):
        api.declare(each, "started", DATED).is_accepted()
    with api.nothing_changes(ect), api.nothing_changes(mentor):
        for who, role in ((ect, "ect"), (mentor, "mentor")):
            _is_declined(stage, "/participants", participant_id=who, participant_type=role, cohort="2024")
        for role, mentors in (("ect", ect), ("mentor", mentor)):
            _is_declined(stage, "/participants", participant_type=role, mentor_id=mentors, cohort="2024")
        for who, mentors in ((ect, other), (mentor, mentor)):
            _is_declined(stage, f"/participants/{who}/mentor", mentor_id=mentors)
        _is_declined(stage, f"/participants/{ect}/join", on=ON, **there)
        _is_declined(stage, f"/participants/{ect}/leave", on="2020-01-01")
        _is_declined(stage, f"/participants/{mentor}/induction-end", method="PUT", on=ON)
        for who, into in ((mentor, mentor), (ect, other)):
            _is_declined(stage, f"/participants/{who}/merge", into=into)


@only("v3")
@checks("check.control")
def test_nothing_is_paid_opened_or_taken_on_twice(api: Api, stage: Backstage) -> None:
    statements = stage.act("GET", f"/statements?provider={stage.name_of(0)}&cohort=2024&state=open")["statements"]
    for statement, act in zip(statements, ("payable", "pay"), strict=False):
        stage.act("POST", f"/statements/{statement['id']}/{act}")
        before = api.get(f"/statements/{statement['id']}").exchange.json
        for again in ("payable", "pay") if act == "pay" else ("payable",):
            _is_declined(stage, f"/statements/{statement['id']}/{again}")
        after = api.get(f"/statements/{statement['id']}")
        if after.exchange.json != before:
            raise ContractBroken("check.control", str(before), str(after.exchange.json), after.exchange)
    _is_declined(stage, "/cohorts/2015/open")
    name = stage.act("POST", "/providers", name="Quince Institute")["provider"]["name"]
    _is_declined(stage, "/providers", name=name.upper())
    about = {"provider": name, "cohort": "2024"}
    made = stage.act("POST", "/relationships", delivery_partner_name="Quay Partners", **about)["relationship"]
    _is_declined(stage, "/relationships", delivery_partner_id=made["delivery_partner"]["id"], **about)


def _is_declined(stage: Backstage, path: str, *, method: str = "POST", **body: Any) -> None:
    try:
        stage.act(method, path, **body)
    except Declined:
        return
    raise ContractBroken("check.control", f"{method} {path} declined", f"{body} done")
