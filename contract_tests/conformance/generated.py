"""Requests that schemathesis makes up from a document, sent by the wire, and whether their answers conform."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import schemathesis
from schemathesis import checks as common
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi import checks as conformance
from schemathesis.specs.openapi.schemas import OpenApiSchema

from contract_tests.api import Api
from contract_tests.checks import check, is_json_called_csv
from contract_tests.conformance.current import CURRENT
from contract_tests.conformance.supplies import Supplies
from contract_tests.documents import SCOPE, document
from contract_tests.errors import ContractBroken, Unusable
from contract_tests.exchange import Exchange
from contract_tests.forms import form

Case = schemathesis.Case[Any]
F = TypeVar("F", bound=Callable[..., Any])

CHECKS: Final = (
    common.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
    conformance.positive_data_acceptance,
)
ANSWERS: Final = ["2xx", "400", "404", "422"]  # to what is well formed


def made_up(version: str) -> Callable[[F], F]:
    """The scenario is told of every operation of a version: not at all where this process tells nothing of it.

    Requests are made up as scenarios are collected, which takes as long as telling a hundred of them.
    """

    def mark(scenario: F) -> F:
        if version in CURRENT.versions:
            return schema(version).parametrize()(scenario)  # type: ignore[no-any-return]
        scenario.__test__ = False  # type: ignore[attr-defined]  # which pytest heeds
        return scenario

    return mark


def schema(version: str) -> OpenApiSchema:
    """What schemathesis reads.

    A well-formed request may be refused by a rule: that is an answer, and no failure. Nor is it one when what is not
    well formed is accepted, as the service often overlooks it; what it must refuse, the scenarios of the rules know.
    """
    fewer = {"max-examples": (CURRENT.config.examples + 3) // 4}
    not_systematic = {phase: {"enabled": False} for phase in ("coverage", "examples")}
    config = schemathesis.Config.from_dict(
        {
            "seed": CURRENT.config.seed,
            "generation": {
                "mode": "all",
                "database": "none",
                "max-examples": CURRENT.config.examples,
                "no-shrink": True,
            },
            "phases": {"coverage": {"unexpected-methods": []}, "stateful": {"enabled": False}},
            "checks": {"positive_data_acceptance": {"expected-statuses": ANSWERS}},
            "operations": [
                {"include-operation-id": each, "phases": not_systematic, "generation": fewer}
                for each in _left_to_others(version)
            ],
        }
    )
    return schemathesis.openapi.from_dict(_without_common_headers(document(version)), config=config)


def _left_to_others(version: str) -> list[str]:
    """The operations of a version that are tried systematically in another one that is tested: each in one alone.

    In the others a quarter as much is made up, at random alone. To make that up takes as long as to tell of all rules,
    and what answers is mostly the same code.
    """
    tested = CURRENT.config.versions
    found = []
    for path, item in document(version)["paths"].items():
        for method, operation in item.items():
            having = [each for each in tested if method in document(each)["paths"].get(path, {})]
            turn = random.Random(f"{CURRENT.config.seed} {method} {path}").choice(having or [version])
            if turn != version:
                found.append(operation["operationId"])
    return found


def _without_common_headers(whole: Mapping[str, Any]) -> dict[str, Any]:
    """A document that leaves tokens and time to us: all operations have the same; other scenarios are about them."""
    plain = copy.deepcopy(dict(whole))
    plain.pop("security", None)
    for path, item in plain["paths"].items():
        plain["paths"][path] = item = {m: each for m, each in item.items() if each["operationId"] in SCOPE}
        for operation in item.values():
            operation.pop("security", None)
            operation["parameters"] = [
                parameter for parameter in operation.get("parameters", []) if not _is_header(plain, parameter)
            ]
    for body in plain["components"].get("requestBodies", {}).values():
        body["content"] = {form().media_type: body["content"][form().media_type]}
    return plain


def _is_header(whole: Mapping[str, Any], parameter: Mapping[str, Any]) -> bool:
    if "$ref" in parameter:
        parameter = whole["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
    return bool(parameter["in"] == "header")


class Asker:
    """Sends what was made up about one version, some of it mended so that it is about what there is."""

    def __init__(self, api: Api, supplies: Supplies) -> None:
        self._api = api
        self._supplies = supplies
        self._faults: dict[str, ContractBroken | Unusable] = {}
        self._chances: dict[str, random.Random] = {}

    def conforms(self, case: Case) -> None:
        """Raises ContractBroken or Unusable, again whenever the same operation is tried again.

        Which is what hypothesis does to be sure; but a service remembers what it was asked, and may answer otherwise.
        """
        label = case.operation.label
        if label not in self._faults and not self._is_left_out(case):
            try:
                self._ask(case)
            except (ContractBroken, Unusable) as fault:
                self._faults[label] = fault
        if label in self._faults:
            raise self._faults[label].with_traceback(None)

    def _ask(self, case: Case) -> None:
        supply = self._supplies.of(case.operation.definition.raw["operationId"])
        supply.mend(case)
        url = self._api.wire.url + document(self._api.version)["servers"][0]["url"]
        asked = case.as_transport_kwargs(base_url=url)
        exchange, answer = self._api.wire.ask(asked.pop("method"), asked.pop("url"), token=self._api.token, **asked)
        check(exchange)
        _schemathesis_checks(case, exchange, answer)
        if exchange.status == 200:
            supply.used(exchange.json)

    def _is_left_out(self, case: Case) -> bool:
        """True for some of what is systematic: with ten examples half of it is sent, with twenty all of it."""
        assert case.meta is not None
        if case.meta.phase.name is not TestPhase.COVERAGE:
            return False
        label = case.operation.label
        chance = self._chances.setdefault(label, random.Random(f"{CURRENT.config.seed} {self._api.version} {label}"))
        return chance.random() > CURRENT.config.examples / 20


def _schemathesis_checks(case: Case, exchange: Exchange, answer: Any) -> None:
    checks = set(CHECKS) - ({conformance.content_type_conformance} if is_json_called_csv(exchange) else set())
    try:
        case.validate_response(answer, checks=[each for each in CHECKS if each in checks])
    except FailureGroup as failures:
        first = failures.exceptions[0]
        title = getattr(first, "title", type(first).__name__)
        raise ContractBroken(
            f"schemathesis: {title}", f"{case.operation.label} to keep to its document", str(first), exchange
        ) from None
