"""What evidence a provider must hold: by the cohort, by ECT or mentor, and by the type of declaration."""

from __future__ import annotations

from typing import Any, Final

import pytest

from contract_tests.api import Api, Reply
from contract_tests.calendar import EXTENSIONS, TYPES
from contract_tests.marks import accepts, only, refuses
from contract_tests.target import Target
from contract_tests.target.backstage import Backstage, Person, Role

NOW, DATED = "2025-11-20T09:00:00Z", "2025-11-10T09:00:00Z"
ATTENDED: Final = frozenset({"training-event-attended", "self-study-material-completed", "other"})
DETAILED: Final = ATTENDED | {"materials-engaged-with-offline"}
ENGAGED: Final = frozenset({"75-percent-engagement-met", "75-percent-engagement-met-reduced-induction"})
COMPLETED: Final = ENGAGED | {"one-term-induction"}
EVERY: Final = sorted(DETAILED | COMPLETED)

LATER_TYPES = (*TYPES[1:], *EXTENSIONS)
NEEDED: dict[tuple[str, Role], dict[str, frozenset[str]]] = {
    ("2024", "ect"): dict.fromkeys(LATER_TYPES, ATTENDED),
    ("2024", "mentor"): dict.fromkeys(LATER_TYPES, ATTENDED),
    ("2025", "ect"): dict.fromkeys(LATER_TYPES, DETAILED) | {"retained-2": ENGAGED, "completed": COMPLETED},
    ("2025", "mentor"): {"completed": ENGAGED},
}
each = pytest.mark.parametrize(("cohort", "role"), NEEDED)


def somebody(backstage: Backstage, cohort: str, role: Role) -> Person:
    """On a schedule that has every type, all of them open in November 2025."""
    return backstage.person(role, cohort=cohort, schedule="ecf-extended-september")


def declare(api: Api, someone: Person, declaration_type: str, evidence: Any) -> Reply:
    return api.at(NOW).declare(
        someone.id, declaration_type, DATED, course_identifier=someone.course, evidence_held=evidence
    )


@each
@refuses("decl.evidence")
def test_evidence_that_is_not_in_the_table_is_refused(api: Api, backstage: Backstage, cohort: str, role: Role) -> None:
    someone = somebody(backstage, cohort, role)
    with api.nothing_changes(someone.id):
        for declaration_type, allowed in NEEDED[cohort, role].items():
            for evidence in [*EVERY, "hearsay", "Other"]:
                if evidence not in allowed:
                    declare(api, someone, declaration_type, evidence).is_refused(422, "evidence_held")


@each
@refuses("decl.evidence")
def test_whatever_comes_after_a_start_needs_evidence(api: Api, backstage: Backstage, cohort: str, role: Role) -> None:
    someone = somebody(backstage, cohort, role)
    with api.nothing_changes(someone.id):
        for declaration_type in NEEDED[cohort, role]:
            for missing in (None, "", "  "):
                declare(api, someone, declaration_type, missing).is_refused(422, "evidence_held")


@each
@accepts("decl.evidence")
def test_evidence_that_is_in_the_table_is_accepted(api: Api, backstage: Backstage, cohort: str, role: Role) -> None:
    someone = somebody(backstage, cohort, role)
    for declaration_type, allowed in NEEDED[cohort, role].items():
        for evidence in sorted(allowed):
            made = declare(api, someone, declaration_type, evidence).is_accepted()
            made.shows(declaration_type=declaration_type)
            if api.version == "v3":
                made.shows(evidence_held=evidence)
            api.void(made.id).is_accepted()


@pytest.mark.parametrize("role", ["ect", "mentor"])
@refuses("decl.evidence")
@accepts("decl.evidence")
def test_from_cohort_2025_on_a_start_needs_none_but_what_is_sent_must_do(
    api: Api, backstage: Backstage, role: Role
) -> None:
    someone = somebody(backstage, "2025", role)
    with api.nothing_changes(someone.id):
        for wrong in [*sorted(COMPLETED), "hearsay"]:
            declare(api, someone, "started", wrong).is_refused(422, "evidence_held")
    for right in [None, *sorted(DETAILED)]:
        made = declare(api, someone, "started", right).is_accepted()
        if api.version == "v3":
            made.shows(evidence_held=right)
        api.void(made.id).is_accepted()


@accepts("decl.evidence")
def test_and_a_blank_is_none_which_the_deployed_service_shows_as_empty(
    api: Api, v3: Api, stage: Backstage, target: Target
) -> None:
    someone = somebody(stage, "2025", "ect")
    for blank in ("", "  "):
        made = declare(api, someone, "started", blank).is_accepted()
        shown = v3.get(f"/participant-declarations/{made.id}")
        shown.shows(evidence_held="" if target.behaviour == "deployed" else None)
        api.void(made.id).is_accepted()


@pytest.mark.parametrize("role", ["ect", "mentor"])
@accepts("decl.evidence")
def test_up_to_cohort_2024_whatever_is_sent_with_a_start_is_accepted(
    api: Api, backstage: Backstage, role: Role
) -> None:
    someone = somebody(backstage, "2024", role)
    for evidence in (None, "other", "75-percent-engagement-met", "hearsay"):
        made = declare(api, someone, "started", evidence).is_accepted()
        api.void(made.id).is_accepted()


@only("v3")
@accepts("decl.evidence")
def test_and_it_is_dropped(api: Api, backstage: Backstage) -> None:
    someone = somebody(backstage, "2024", "ect")
    made = declare(api, someone, "started", "other").is_accepted().shows(evidence_held=None)
    api.get(f"/participant-declarations/{made.id}").shows(evidence_held=None)
    api.void(made.id).is_accepted()
