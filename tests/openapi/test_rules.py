"""The catalogue is complete, and each refusal is listed where a request can meet it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sandbox.editions.ecf.book import BOOKS
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.participants import ActionFacts
from sandbox.rules.partnerships import ConfirmingFacts
from sandbox.rules.payments import VoidingFacts
from sandbox.rules.rule import Gate, Rules, rule_id_of
from sandbox.rules.schedules import ScheduleFacts

from .documents import VERSIONS, catalogue, document, operations, responses, rules_of

REFUSING = {id: rule for id, rule in catalogue().items() if "value" in rule}

# What clients match on: the title of each rule's refusal.
TITLES = {
    "Bad parameter": ["read.filter-object", "read.cohort-required"],
    "Bad request": [
        "read.updated-since",
        "read.training-status",
        "read.participant-id",
        "read.page",
        "read.sort",
        "read.null-byte",
        "body.json",
        "fragile.page",
        "fragile.data",
        "fragile.attributes",
        "fragile.resume",
        "fragile.partnership-cohort",
        "clock.header-bad",
        "decl.withdrawal-undated",
    ],
    "Invalid action": ["void.paid-needs-statement", "void.once", "void.final", "sched.known"],
    "base": ["decl.one-per-milestone"],
    "cohort": [
        "decl.cohort-open",
        "sched.cohort",
        "sched.cohort-fixed",
        "sched.partnership",
        "part.cohort-given",
        "part.cohort",
    ],
    "course_identifier": ["decl.npq-retired", "decl.course-matches", "participant.course-matches"],
    "declaration_date": [
        "decl.date-given",
        "decl.date-format",
        "decl.date-not-future",
        "decl.milestone-start",
        "decl.milestone-end",
    ],
    "declaration_type": ["decl.type-given", "decl.milestone-exists", "decl.mentor-types"],
    "delivery_partner_id": [
        "part.delivery-partner-given",
        "part.delivery-partner-known",
        "part.delivery-partner-yours",
        "part.update-active",
        "part.update-delivery-partner",
    ],
    "evidence_held": ["decl.evidence"],
    "participant_id": [
        "vis.participant",
        "vis.validated-only",
        "decl.participant-known",
        "decl.before-withdrawal",
        "decl.placed-with-provider",
        "participant.placed-with-provider",
        "withdraw.needs-started",
        "sched.not-withdrawn",
    ],
    "participant_profile": [
        "defer.not-deferred",
        "defer.not-withdrawn",
        "resume.was-paused",
        "withdraw.not-withdrawn",
    ],
    "reason": ["defer.reason", "withdraw.reason"],
    "schedule_identifier": ["sched.identifier", "sched.different", "sched.course", "sched.fits-declarations"],
    "school_id": [
        "part.school-given",
        "part.school-known",
        "part.school-funded",
        "part.school-eligible",
        "part.not-yours-already",
        "part.not-anothers",
        "part.school-decided",
    ],
}

# What a client is told when a request is refused as a whole.
ERRORS = {
    "auth.private-api": (403, ""),
    "auth.token-required": (401, {"error": "HTTP Token: Access denied"}),
    "path.unknown": (404, {"error": "Resource not Found"}),
    "sched.declared-milestone": (404, {"error": "Resource not Found"}),
    "part.update-known": (404, {"error": "Resource not Found"}),
    "method.unknown": (405, {"error": "Method not allowed"}),
    "body.size": (413, {"error": "Request body too large"}),
    "rate.limit": (429, "Retry later\n"),
}

FACTS = {
    "vis": ActionFacts,
    "decl": DeclarationFacts,
    "void": VoidingFacts,
    "participant": ActionFacts,
    "defer": ActionFacts,
    "resume": ActionFacts,
    "withdraw": ActionFacts,
    "sched": ScheduleFacts,
    "part": ConfirmingFacts,
    "fragile": ActionFacts,
}
BESIDE = {"method.unknown", "auth.private-api"}  # met where no document has an operation


@pytest.mark.parametrize("id", catalogue())
def test_a_rule_says_what_it_is_where_it_holds_and_where_it_comes_from(id: str) -> None:
    rule = catalogue()[id]
    assert rule["summary"].endswith(".")
    assert rule["x-versions"] == [version for version in VERSIONS if version in rule["x-versions"]] != []
    assert set(rule["x-source"]) in ({"S"}, {"D"}, {"S", "D"}, {"sandbox"})
    assert rule.get("x-behaviour") in (None, "documented", "deployed")
    assert (rule.get("x-kind") == "fragile") == id.startswith("fragile.")
    assert set(rule.get("x-refused-in", [])) < set(rule["x-versions"])
    assert ("x-status" in rule) == ("value" in rule)


def test_every_refusal_of_an_attribute_has_the_title_clients_match_on() -> None:
    titles = {id: title for title, ids in TITLES.items() for id in ids}
    errors = {id: rule["value"]["errors"] for id, rule in REFUSING.items() if "errors" in rule["value"]}
    assert {id: [entry["title"] for entry in entries] for id, entries in errors.items()} == {
        id: [title] for id, title in titles.items()
    }


def test_a_refusal_of_an_attribute_has_status_422_and_one_of_a_malformed_request_400() -> None:
    malformed = {*TITLES["Bad parameter"], *TITLES["Bad request"]}
    statuses = {id: rule["x-status"] for id, rule in REFUSING.items() if "errors" in rule["value"]}
    assert statuses == {id: 400 if id in malformed else 422 for id in statuses}


def test_every_other_refusal_has_the_words_clients_know() -> None:
    others = {id: rule for id, rule in REFUSING.items() if "errors" not in rule["value"]}
    assert {id: (rule["x-status"], rule["value"]) for id, rule in others.items()} == ERRORS


@pytest.mark.parametrize("id", [id for id in REFUSING if id not in ERRORS])
def test_a_message_names_nothing_but_facts_of_its_case(id: str) -> None:
    for entry in REFUSING[id]["value"]["errors"]:
        for name in re.findall(r"\{(\w*)", entry["detail"]):
            assert hasattr(FACTS[id.partition(".")[0]], name)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("id", [id for id in REFUSING if id not in BESIDE])
def test_a_rule_is_listed_by_an_operation_of_each_version_that_refuses_by_it_and_of_no_other(
    id: str, version: str
) -> None:
    rule = REFUSING[id]
    assert (id in listed(version)) == (version in rule.get("x-refused-in", rule["x-versions"]))


def listed(version: str) -> set[str]:
    """The rules that the operations of a version list."""
    says = document(version)
    return {
        rule
        for operation in operations(says)
        for response in responses(says, operation).values()
        for rule in rules_of(response)
    }


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("create_declaration", "recording"),
        ("void_declaration", "voiding"),
        ("defer_participant", "deferring"),
        ("resume_participant", "resuming"),
        ("withdraw_participant", "withdrawing"),
        ("change_participant_schedule", "changing_schedule"),
        ("create_partnership", "confirming"),
        ("update_partnership", "changing_delivery_partner"),
    ],
)
def test_a_write_lists_the_rules_it_is_judged_by_in_the_order_they_are_judged(
    name: str, act: str, version: str
) -> None:
    """Those that only the deployed service has come after the others."""
    says = document(version)
    for operation in operations(says):
        if operation.says["operationId"] in (name, f"{name}_alias"):
            listed = dict.fromkeys(id for book in BOOKS.values() for id in judged_by(getattr(book, act)))
            told = rules_of(responses(says, operation)["422"])
            assert told == [id for id in listed if _status(id) == 422]
            assert {id for id in listed if _status(id) == 400} <= set(rules_of(responses(says, operation)["400"]))


def _status(id: str) -> int:
    return int(REFUSING[id]["x-status"])


def judged_by(rules: Rules) -> list[str]:
    return [rule_id_of(each) for each in rules if not isinstance(each, Gate)]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_operation_lists_for_400_the_rules_of_what_it_reads_and_no_others(version: str) -> None:
    says = document(version)
    for operation in operations(says):
        read = set(rules_in([operation.says.get("parameters", [])], says))
        if "requestBody" in operation.says:
            read |= {id for book in BOOKS.values() for id in judged_by(book.sending)}
        read |= JUDGED_AS_400.get(operation.says["operationId"].removesuffix("_alias"), set())
        assert set(rules_of(responses(says, operation)["400"])) == read, operation


JUDGED_AS_400 = {
    "create_declaration": {"decl.withdrawal-undated"},
    "resume_participant": {"fragile.resume"},
    "create_partnership": {"fragile.partnership-cohort"},
}


def rules_in(node: Any, document: Any) -> list[str]:
    """The rules named by `x-rule` and `x-fragile` in some parameters."""
    if isinstance(node, list):
        return [rule for item in node for rule in rules_in(item, document)]
    if not isinstance(node, dict):
        return []
    if "$ref" in node:
        return rules_in(document["components"]["parameters"][node["$ref"].rpartition("/")[2]], document)
    own = [node[name] for name in ("x-rule", "x-fragile") if name in node]
    return own + [rule for value in node.values() for rule in rules_in(value, document)]
