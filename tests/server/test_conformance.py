"""Requests made up from each document by schemathesis, sent to a really running server: every answer conforms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import schemathesis
from schemathesis import GenerationMode, checks
from schemathesis.generation.meta import CoveragePhaseData, CoverageScenario, TestPhase
from schemathesis.specs.openapi import checks as conformance

from tests.conformance import problems_with
from tests.openapi.documents import CONTROL, VERSIONS, document, operations

from .running import serving

CONFIG = schemathesis.Config.from_dict(
    {
        "seed": 2021,
        "generation": {"mode": "all", "database": "none", "max-examples": 8, "deterministic": True},
        "phases": {
            "coverage": {"unexpected-methods": ["get", "put", "post", "delete", "options", "patch", "trace", "query"]},
            "stateful": {"enabled": False},
        },
    }
)
CHECKS = [
    checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
]
TOKEN = {"Authorization": "Bearer northgate-sandbox-token"}
PHASES = (TestPhase.EXAMPLES, TestPhase.COVERAGE, TestPhase.FUZZING)
DOCUMENTS = (*VERSIONS, CONTROL)
AT_LEAST = 1000  # requests about each document


class Sandbox:
    """Where a sandbox answers, a session to ask it in, and how many requests of which kind it has answered."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self.answered: Counter[tuple[str, TestPhase, GenerationMode]] = Counter()
        self._url = url
        self._session = session
        self._session.hooks["response"].append(self._keep)

    def conforms(self, version: str, case: schemathesis.Case[Any]) -> None:
        """Send a request with Northgate's token and check its answer. Most are refused: that, too, has its form.

        schemathesis asks little of answers to what it calls probes, such as other content types: we ask the same.
        """
        base = f"{self._url}{document(version)['servers'][0]['url']}"
        case.call_and_validate(base_url=base, session=self._session, headers=TOKEN, checks=CHECKS)
        assert case.meta is not None
        if asks_another_method(case):
            says_which_methods_there_are(self._answer, case.operation.method, version)
        else:
            assert not problems_with(self._answer)
        self.answered[version, case.meta.phase.name, case.meta.generation.mode] += 1

    def _keep(self, answer: requests.Response, **_: Any) -> None:
        self._answer = answer


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with asked(tmp_path_factory, request, VERSIONS) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of its own for the control API, which changes the world under everyone's feet."""
    with asked(tmp_path_factory, request, [CONTROL]) as sandbox:
        yield sandbox


@contextmanager
def asked(
    folders: pytest.TempPathFactory, request: pytest.FixtureRequest, versions: Sequence[str]
) -> Iterator[Sandbox]:
    """A running sandbox. When every test ran, it was asked enough about each of these documents."""
    with serving(folders.mktemp("data")) as running, requests.Session() as session:
        session.trust_env = False
        sandbox = Sandbox(running.url, session)
        yield sandbox
    if every_test_ran(request):
        were_many_and_of_every_kind(sandbox.answered, versions)


V1, V2, V3, CONTROL_API = (schemathesis.openapi.from_dict(document(name), config=CONFIG) for name in DOCUMENTS)


@V1.parametrize()
def test_v1_answers_as_its_document_says(sandbox: Sandbox, case: schemathesis.Case[Any]) -> None:
    sandbox.conforms("v1", case)


@V2.parametrize()
def test_v2_answers_as_its_document_says(sandbox: Sandbox, case: schemathesis.Case[Any]) -> None:
    sandbox.conforms("v2", case)


@V3.parametrize()
def test_v3_answers_as_its_document_says(sandbox: Sandbox, case: schemathesis.Case[Any]) -> None:
    sandbox.conforms("v3", case)


@CONTROL_API.parametrize()
def test_the_control_api_answers_as_its_document_says(ruled: Sandbox, case: schemathesis.Case[Any]) -> None:
    ruled.conforms(CONTROL, case)


def asks_another_method(case: schemathesis.Case[Any]) -> bool:
    """True for a request with a method that its path does not have. No document says how that is answered."""
    data = case.meta.phase.data if case.meta else None
    return isinstance(data, CoveragePhaseData) and data.scenario is CoverageScenario.UNSPECIFIED_HTTP_METHOD


def says_which_methods_there_are(answer: requests.Response, known: str, version: str) -> None:
    assert answer.status_code == 405
    allowed = answer.headers["Allow"].split(", ")
    assert known.upper() in allowed
    assert answer.request.method not in allowed
    if version == CONTROL:
        assert [error["title"] for error in answer.json()["errors"]] == ["method"]
    else:
        assert answer.json() == {"error": "Method not allowed"}


def every_test_ran(request: pytest.FixtureRequest) -> bool:
    """False when only some tests of this module were selected, or the run ends early."""
    selected = [item for item in request.session.items if item.path == request.path]
    there_are = sum(len(list(operations(document(version)))) for version in DOCUMENTS)
    return len(selected) == there_are and not (request.session.shouldstop or request.session.shouldfail)


def were_many_and_of_every_kind(
    answered: Counter[tuple[str, TestPhase, GenerationMode]], versions: Sequence[str]
) -> None:
    for version in versions:
        of_version = {kind: number for kind, number in answered.items() if kind[0] == version}
        assert sum(of_version.values()) >= AT_LEAST, version
        assert {phase for _, phase, _ in of_version} == set(PHASES), version
        assert {mode for _, _, mode in of_version} == set(GenerationMode), version
