"""An id that is nobody's, or another provider's: a read answers 404, a write about a participant 422."""

from __future__ import annotations

from typing import Any, Final

from contract_tests.api import Api, Reply, enrolments
from contract_tests.conformance.endpoints import endpoints
from contract_tests.errors import ContractBroken, ReadOnly, Unavailable
from contract_tests.lists import NOBODY
from contract_tests.marks import checks, only
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage

NOT_FOUND: Final = {"error": "Resource not Found"}
NOBODYS: Final = (NOBODY, "no-id")
ON_THE_COURSE: Final = {"course_identifier": "ecf-induction"}
ACTIONS: Final[dict[str, dict[str, str]]] = {
    "defer": ON_THE_COURSE | {"reason": "other"},
    "resume": ON_THE_COURSE,
    "withdraw": ON_THE_COURSE | {"reason": "other"},
    "change-schedule": ON_THE_COURSE | {"schedule_identifier": "ecf-standard-january"},
}


@checks("check.unknown-ids")
def test_what_is_nobodys_is_not_found(seen: Api) -> None:
    for known in endpoints(seen.version):
        for id in NOBODYS:
            is_not_found(seen.get(known.path_of(id), **known.query))


@checks("check.unknown-ids")
def test_a_path_that_there_is_not_is_not_found(seen: Api) -> None:
    is_not_found(seen.send("GET", "/no-such-thing", headers={"Accept": "application/json"}))


@checks("check.foreign-ids")
def test_what_is_another_providers_is_neither_listed_nor_found(seen: Api, scene: Backstage) -> None:
    other = scene.provider(1).in_version(seen.version)
    for known in endpoints(seen.version):
        ours = {resource["id"] for resource in seen.every(known.path, **known.query)}
        theirs = {resource["id"]: None for resource in other.every(known.path, **known.query)}
        foreign = [id for id in theirs if id not in ours]
        if known.private and theirs and not foreign:
            raise ContractBroken("check.foreign-ids", f"each provider to have its own {known}", "the same for two")
        for id in foreign[:2]:
            is_not_found(seen.get(known.path_of(id), **known.query), "check.foreign-ids")


@checks("check.unknown-ids")
def test_nothing_is_done_to_what_is_nobodys(seen: Api, target: Target) -> None:
    may_write(target)
    for action, attributes in ACTIONS.items():
        seen.put(f"/participants/ecf/{NOBODY}/{action}", **attributes).is_refused(422, "participant_id")
    is_not_found(seen.void(NOBODY))


@checks("check.unknown-ids")
@only("v3")
def test_no_partnership_is_changed_that_is_nobodys(seen: Api, target: Target) -> None:
    may_write(target)
    is_not_found(seen.put(f"/partnerships/ecf/{NOBODY}", delivery_partner_id=NOBODY))


@checks("check.foreign-ids")
def test_nothing_is_done_to_what_is_another_providers(seen: Api, target: Target, scene: Backstage) -> None:
    may_write(target)
    other = scene.provider(1).in_version(seen.version)
    ours = set(seen.get("/participants/ecf", **{"page[per_page]": "3000"}).ids)
    theirs = other.get("/participants/ecf", **{"page[per_page]": "3000"}).data
    foreign = next((person["id"] for person in theirs if person["id"] not in ours and _is_an_ect(person)), None)
    if foreign is None:
        raise Unavailable("no ECT at a school that only another provider trains at")
    for action in ("defer", "resume", "withdraw"):  # of a schedule more may be at fault
        seen.put(f"/participants/ecf/{foreign}/{action}", **ACTIONS[action]).is_refused(422, "participant_id")


def _is_an_ect(person: Any) -> bool:
    """True of somebody who is trained as an ECT, and is at their school as far as that says."""
    return any(
        enrolment["participant_type"] == "ect"
        and enrolment.get("participant_status", enrolment.get("status")) == "active"
        for enrolment in enrolments(person)
    )


def is_not_found(reply: Reply, check: str = "check.unknown-ids") -> None:
    """Raises ContractBroken unless it is answered 404 in just the one way."""
    received: Any = reply.exchange.json
    if reply.status != 404 or received != NOT_FOUND:
        content = reply.exchange.content[:200].decode("utf-8", "replace")
        raise ContractBroken(check, f"404 {NOT_FOUND}", f"{reply.status} {content}", reply.exchange)


def may_write(target: Target) -> None:
    if not target.writes:
        raise ReadOnly
