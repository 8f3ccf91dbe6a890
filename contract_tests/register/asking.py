"""What scenarios of Register ask again and again, and what they look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from contract_tests.api import Api, Reply
from contract_tests.errors import require_equal
from contract_tests.register.backstage import RIVERBANK, RegisterBackstage

COURSES: Final = {"ect": "ecf-induction", "mentor": "ecf-mentor"}
ECT: Final = COURSES["ect"]
MENTOR: Final = COURSES["mentor"]
STANDARD: Final = "ecf-standard-september"
EXTENDED: Final = "ecf-extended-september"
JANUARY: Final = "ecf-standard-january"
ELSEWHERE: Final = "900204"  # a school, as Riverbank is
CLAIMED: Final[dict[str, Any]] = {"induction_starts_on": "2025-09-02"}  # by an appropriate body
IN_OCTOBER: Final = "2025-10-10T09:00:00Z"
IN_MARCH: Final = "2026-03-02T10:00:00Z"
THE_NEXT_DAY: Final = "2026-03-03T09:00:00Z"
IN_APRIL: Final = "2026-04-02T10:00:00Z"
TOMORROW: Final = "2026-09-16T09:00:00Z"  # as worlds begin on the 15th

DECLARATIONS: Final = "/participant-declarations"
PARTICIPANTS: Final = "/participants"
PARTNERSHIPS: Final = "/partnerships"
TRANSFERS: Final = "/participants/transfers"
SCHOOLS: Final = "/schools"
UNFUNDED: Final = "/unfunded-mentors"
PARTNERS: Final = "/delivery-partners"
STATEMENTS: Final = "/statements"


def refused(api: Api, ask: Callable[[], Reply], *titles: str, of: str | None = None) -> None:
    """Raises ContractBroken unless it is refused over these things, in this order, and nothing has changed."""
    with api.nothing_changes(of):
        ask().is_refused(422, *titles)


def bad(api: Api, ask: Callable[[], Reply], title: str = "Bad request", of: str | None = None) -> None:
    """Raises ContractBroken unless it is refused as no request that could be judged, and nothing has changed."""
    with api.nothing_changes(of):
        ask().is_refused(400, title)


def not_found(reply: Reply) -> None:
    """Raises ContractBroken unless there is no such record for whoever asks."""
    reply.is_refused(404, "Resource not found")


def declare(api: Api, person: str, type: Any = "started", dated: Any = IN_OCTOBER, **others: Any) -> Reply:
    """Declare of an ECT, with evidence that most types take; None leaves something out."""
    attributes = {
        "participant_id": person,
        "declaration_type": type,
        "declaration_date": dated,
        "course_identifier": ECT,
        "evidence_held": "other",
    } | others
    return api.post(DECLARATIONS, **{name: value for name, value in attributes.items() if value is not None})


def act(api: Api, name: str, person: str, **others: Any) -> Reply:
    """Withdraw, defer or resume an ECT, with a reason where that takes one; None leaves something out."""
    reason = None if name == "resume" else "other"
    attributes = {"course_identifier": ECT, "reason": reason} | others
    return api.put(f"{PARTICIPANTS}/{person}/{name}", **{k: v for k, v in attributes.items() if v is not None})


def change(api: Api, person: str, to: Any = EXTENDED, **others: Any) -> Reply:
    """Put an ECT on another schedule; None leaves something out."""
    attributes = {"schedule_identifier": to, "course_identifier": ECT} | others
    given = {name: value for name, value in attributes.items() if value is not None}
    return api.put(f"{PARTICIPANTS}/{person}/change-schedule", **given)


def confirm(api: Api, urn: str = RIVERBANK, **others: Any) -> Reply:
    """Confirm a partnership of 2025, with Riverbank if no other school is said; None leaves something out."""
    cohort = str(others.get("cohort") or "2025")[:4]
    known = cohort if cohort.isdecimal() and "2021" <= cohort <= "2026" else "2025"
    attributes = {"cohort": "2025", "school_id": school(api, urn)["id"], "delivery_partner_id": partners(api, known)[0]}
    return api.post(PARTNERSHIPS, **{k: v for k, v in (attributes | others).items() if v is not None})


def school(api: Api, urn: str = RIVERBANK, cohort: str = "2025") -> dict[str, Any]:
    """A school as it stands in a cohort, with its id."""
    (found,) = api.get(SCHOOLS, **{"filter[cohort]": cohort, "filter[urn]": urn}).data
    return {"id": found["id"], **found["attributes"]}


def partners(api: Api, cohort: str = "2025") -> list[str]:
    """The delivery partners of a provider in a cohort."""
    return api.get(PARTNERS, **{"filter[cohort]": cohort}).ids


def enrolment(api: Api, person: str, role: str = "ect") -> dict[str, Any]:
    """What is shown of somebody's training in a role."""
    return api.enrolment(person, COURSES[role])


def shows(api: Api, person: str, role: str = "ect", **expected: Any) -> None:
    """Raises ContractBroken unless somebody's training is shown so."""
    shown = enrolment(api, person, role)
    require_equal(expected, {name: shown[name] for name in expected})


def declaration(api: Api, id: str) -> dict[str, Any]:
    """What is shown of a declaration."""
    return api.get(f"{DECLARATIONS}/{id}").attributes


def lists(api: Api, path: str, expected: list[str], **query: str) -> None:
    """Raises ContractBroken unless a list holds just these, in whatever order."""
    reply = api.get(path, **query)
    require_equal(sorted(expected), sorted(reply.ids), reply.exchange)


def listed(api: Api, path: str, expected: list[str], **query: str) -> None:
    """Raises ContractBroken unless a list holds just these, in this order."""
    reply = api.get(path, **query)
    require_equal(expected, reply.ids, reply.exchange)


def pay(stage: RegisterBackstage, statement_id: str) -> None:
    """Have a statement's deadline pass, and the DfE pay it. Raises Declined where there is nothing to pay."""
    deadline = str(stage.statement(statement_id)["deadline"])
    stage.at(f"{deadline[:7]}-28T09:00:00Z")
    stage.act("POST", "/time/advance", days=10)
    stage.act("POST", f"/statements/{statement_id}/pay")


def is_on(stage: RegisterBackstage, id: str | None, **expected: Any) -> None:
    """Raises ContractBroken unless a statement is so."""
    shown = stage.statement(id)
    require_equal(expected, {name: shown[name] for name in expected})
