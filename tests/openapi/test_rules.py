"""The catalogue is complete, and each refusal is listed where a request can meet it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import pytest

from sandbox.editions.ecf.book import BOOKS as ECF_BOOKS
from sandbox.editions.register.book import BOOKS as REGISTER_BOOKS
from sandbox.editions.register.rules.declarations import DeclarationFacts as RegisterDeclarationFacts
from sandbox.rules.declaration_facts import DeclarationFacts
from sandbox.rules.participants import ActionFacts
from sandbox.rules.partnerships import ConfirmingFacts
from sandbox.rules.payments import VoidingFacts
from sandbox.rules.rule import Gate, Rules, rule_id_of
from sandbox.rules.schedules import ScheduleFacts

from .documents import EDITIONS, OF_PROVIDERS, catalogue, document, edition_of, operations, responses, rules_of
from .refusals import ERRORS, STATUSES, TITLES

ECF_FACTS = {
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
FACTS: Mapping[str, Mapping[str, type]] = {"ecf": ECF_FACTS, "register": {"decl": RegisterDeclarationFacts}}
BESIDE = {"method.unknown", "auth.private-api", "route.unknown"}
"""Met where no document has an operation."""

RULES = [(edition, id) for edition in EDITIONS for id in catalogue(edition)]
REFUSALS = [(edition, id) for edition, id in RULES if "value" in catalogue(edition)[id]]
SOURCES = {"ecf": [{"S"}, {"D"}, {"S", "D"}, {"sandbox"}], "register": [{"X"}, {"D"}, {"sandbox"}]}


def refusing(edition: str) -> dict[str, Any]:
    """The rules of an edition that can refuse a request."""
    return {id: rule for id, rule in catalogue(edition).items() if "value" in rule}


def versions_of(edition: str) -> list[str]:
    """The documents of an edition."""
    return [name for name in OF_PROVIDERS if edition_of(name) == edition]


@pytest.mark.parametrize(("edition", "id"), RULES)
def test_a_rule_says_what_it_is_where_it_holds_and_where_it_comes_from(edition: str, id: str) -> None:
    rule = catalogue(edition)[id]
    versions = [name.rpartition("/")[2] for name in versions_of(edition)]
    assert rule["summary"].endswith(".")
    assert rule["x-versions"] == [version for version in versions if version in rule["x-versions"]] != []
    assert set(rule["x-source"]) in SOURCES[edition]
    assert rule.get("x-behaviour") in (None, "documented", "deployed")
    assert rule.get("x-refused-by") in (None, "documented", "deployed")
    assert (rule.get("x-kind") == "fragile") == id.startswith("fragile.")
    assert set(rule.get("x-refused-in", [])) < set(rule["x-versions"])
    assert ("x-status" in rule) == ("value" in rule)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_refusal_of_an_attribute_has_the_title_clients_match_on(edition: str) -> None:
    titles = {id: title for title, ids in TITLES[edition].items() for id in ids}
    errors = {id: rule["value"]["errors"] for id, rule in refusing(edition).items() if "errors" in rule["value"]}
    assert {id: [entry["title"] for entry in entries] for id, entries in errors.items()} == {
        id: [title] for id, title in titles.items()
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_refusal_of_an_attribute_has_status_422_and_one_of_a_malformed_request_400(edition: str) -> None:
    statuses = {id: rule["x-status"] for id, rule in refusing(edition).items() if "errors" in rule["value"]}
    assert statuses == {id: STATUSES.get(title, 422) for title, ids in TITLES[edition].items() for id in ids}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_other_refusal_has_the_words_clients_know(edition: str) -> None:
    others = {id: rule for id, rule in refusing(edition).items() if "errors" not in rule["value"]}
    assert {id: (rule["x-status"], rule["value"]) for id, rule in others.items()} == ERRORS[edition]


@pytest.mark.parametrize(("edition", "id"), [(edition, id) for edition, id in REFUSALS if id not in ERRORS[edition]])
def test_a_message_names_nothing_but_facts_of_its_case(edition: str, id: str) -> None:
    for entry in refusing(edition)[id]["value"]["errors"]:
        for name in re.findall(r"\{(\w*)", entry["detail"]):
            assert hasattr(FACTS[edition][id.partition(".")[0]], name)


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_a_rule_is_listed_by_an_operation_of_each_version_that_refuses_by_it_and_of_no_other(version: str) -> None:
    number = version.rpartition("/")[2]
    expected = {
        id
        for id, rule in refusing(edition_of(version)).items()
        if id not in BESIDE and number in rule.get("x-refused-in", rule["x-versions"])
    }
    assert listed(version) == expected


def listed(version: str) -> set[str]:
    """The rules that the operations of a version list."""
    says = document(version)
    return {
        rule
        for operation in operations(says)
        for status, response in responses(says, operation).items()
        if status >= "400"
        for rule in rules_of(response)
    }


WRITES = [
    ("create_declaration", "recording"),
    ("void_declaration", "voiding"),
    ("defer_participant", "deferring"),
    ("resume_participant", "resuming"),
    ("withdraw_participant", "withdrawing"),
    ("change_participant_schedule", "changing_schedule"),
    ("create_partnership", "confirming"),
    ("update_partnership", "changing_delivery_partner"),
]


@pytest.mark.parametrize("version", OF_PROVIDERS)
@pytest.mark.parametrize(("name", "act"), WRITES)
def test_a_write_lists_the_rules_it_is_judged_by_in_the_order_they_are_judged(
    name: str, act: str, version: str
) -> None:
    """Those that only the deployed service has come after the others."""
    says = document(version)
    for operation in operations(says):
        if operation.says["operationId"] in (name, f"{name}_alias"):
            listed = dict.fromkeys(id for book in books(version) for id in judged_by(getattr(book, act)))
            status = {id: refusing(edition_of(version))[id]["x-status"] for id in listed}
            told = rules_of(responses(says, operation)["422"])
            assert told == [id for id in listed if status[id] == 422]
            assert {id for id in listed if status[id] == 400} <= set(rules_of(responses(says, operation)["400"]))


def books(version: str) -> Collection[Any]:
    """The rule books of a document's edition."""
    return ECF_BOOKS.values() if edition_of(version) == "ecf" else REGISTER_BOOKS.values()


def judged_by(rules: Rules) -> list[str]:
    return [rule_id_of(each) for each in rules if not isinstance(each, Gate)]


@pytest.mark.parametrize("version", OF_PROVIDERS)
def test_an_operation_lists_for_400_the_rules_of_what_it_reads_and_no_others(version: str) -> None:
    says = document(version)
    for operation in operations(says):
        read = set(rules_in([operation.says.get("parameters", [])], says))
        read |= {id for book in books(version) for id in judged_by(book.http.entering)}
        if "requestBody" in operation.says:
            read |= {id for book in books(version) for id in judged_by(book.sending)}
        elif operation.method != "GET" and any(book.http.bodies_first for book in books(version)):
            read.add("body.json")
        read |= JUDGED_AS_400[edition_of(version)].get(operation.says["operationId"].removesuffix("_alias"), set())
        assert set(rules_of(responses(says, operation)["400"])) == read, operation


JUDGED_AS_400: dict[str, dict[str, set[str]]] = {
    "ecf": {
        "create_declaration": {"decl.withdrawal-undated"},
        "resume_participant": {"fragile.resume"},
        "create_partnership": {"fragile.partnership-cohort"},
    },
    "register": {
        "create_declaration": {"decl.date-unreadable", "decl.withdrawal-undated", "fragile.declaration-date"},
    },
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
