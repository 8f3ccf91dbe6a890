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
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.conformance import problems_with
from tests.openapi.documents import CONTROL, DOCUMENTS, REGISTER, VERSIONS, document, edition_of, operations

from .running import serving

METHODS = ["get", "put", "post", "delete", "options", "patch", "trace", "query"]
EXAMPLES = {REGISTER: 2}  # what is systematic is enough of a document that is as those of ECF are
CHECKS = [
    checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
]
TOKENS = {"ecf": "northgate-sandbox-token", "register": "northgate-register-token", CONTROL: "northgate-sandbox-token"}
PHASES = (TestPhase.EXAMPLES, TestPhase.COVERAGE, TestPhase.FUZZING)
AT_LEAST = 1000  # requests about each document


class Sandbox:
    """Where a sandbox answers, a session to ask it in, and how many requests of which kind it has answered."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self.answered: Counter[tuple[str, TestPhase, GenerationMode]] = Counter()
        self._url = url
        self._session = session
        self._session.hooks["response"].append(self._keep)

    def conforms(self, version: str, case: schemathesis.Case[Any]) -> None:
        """Send a request with a token of Northgate's and check its answer. Most are refused: that, too, has its form.

        schemathesis asks little of answers to what it calls probes, such as other content types: we ask the same.
        """
        base, edition = f"{self._url}{document(version)['servers'][0]['url']}", edition_of(version)
        token = {"Authorization": f"Bearer {TOKENS[edition]}"}
        case.call_and_validate(base_url=base, session=self._session, headers=token, checks=CHECKS)
        assert case.meta is not None
        if asks_another_method(case):
            says_which_methods_there_are(self._answer, case.operation.method, version)
        else:
            assert not problems_with(self._answer, edition)
        self.answered[version, case.meta.phase.name, case.meta.generation.mode] += 1

    def _keep(self, answer: requests.Response, **_: Any) -> None:
        self._answer = answer


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with asked(tmp_path_factory, request, VERSIONS) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox whose main world is of Register: who has no token is answered in that one's form."""
    with asked(tmp_path_factory, request, [REGISTER], "--edition", "register") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox of its own for the control API, which changes the world under everyone's feet."""
    with asked(tmp_path_factory, request, [CONTROL]) as sandbox:
        yield sandbox


@contextmanager
def asked(
    folders: pytest.TempPathFactory, request: pytest.FixtureRequest, versions: Sequence[str], *options: str
) -> Iterator[Sandbox]:
    """A running sandbox. When every test ran, it was asked enough about each of these documents."""
    with serving(folders.mktemp("data"), *options) as running, requests.Session() as session:
        session.trust_env = False
        sandbox = Sandbox(running.url, session)
        yield sandbox
    if every_test_ran(request):
        were_many_and_of_every_kind(sandbox.answered, versions)


def made_up(name: str) -> OpenApiSchema:
    """What requests are made up from: a document."""
    config = {
        "seed": 2021,
        "generation": {
            "mode": "all",
            "database": "none",
            "max-examples": EXAMPLES.get(name, 8),
            "deterministic": True,
        },
        "phases": {"coverage": {"unexpected-methods": METHODS}, "stateful": {"enabled": False}},
    }
    return schemathesis.openapi.from_dict(document(name), config=schemathesis.Config.from_dict(config))


V1, V2, V3, OF_REGISTER, CONTROL_API = map(made_up, DOCUMENTS)


@V1.parametrize()
def test_v1_answers_as_its_document_says(sandbox: Sandbox, case: schemathesis.Case[Any]) -> None:
    sandbox.conforms("v1", case)


@V2.parametrize()
def test_v2_answers_as_its_document_says(sandbox: Sandbox, case: schemathesis.Case[Any]) -> None:
    sandbox.conforms("v2", case)


@V3.parametrize()
def test_v3_answers_as_its_document_says(sandbox: Sandbox, case: schemathesis.Case[Any]) -> None:
    sandbox.conforms("v3", case)


@OF_REGISTER.parametrize()
def test_register_answers_as_its_document_says(register: Sandbox, case: schemathesis.Case[Any]) -> None:
    register.conforms(REGISTER, case)


@CONTROL_API.parametrize()
def test_the_control_api_answers_as_its_document_says(ruled: Sandbox, case: schemathesis.Case[Any]) -> None:
    ruled.conforms(CONTROL, case)


def asks_another_method(case: schemathesis.Case[Any]) -> bool:
    """True for a request with a method that its path does not have. No document says how that is answered."""
    data = case.meta.phase.data if case.meta else None
    return isinstance(data, CoveragePhaseData) and data.scenario is CoverageScenario.UNSPECIFIED_HTTP_METHOD


def says_which_methods_there_are(answer: requests.Response, known: str, version: str) -> None:
    if version == REGISTER:  # to which a path with another method is no path, once it can read what was sent
        assert answer.status_code in (400, 404)
        return
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
