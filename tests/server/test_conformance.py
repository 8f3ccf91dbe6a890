"""Requests made up from each document by schemathesis, sent to a really running server: every answer conforms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from schemathesis import checks
from schemathesis.specs.openapi import checks as conformance

from tests.openapi.documents import VERSIONS, document

from .running import Running, serving

CONFIG = schemathesis.Config.from_dict(
    {
        "seed": 2021,
        "generation": {"database": "none", "max-examples": 6, "deterministic": True},
        "phases": {"coverage": {"enabled": True, "unexpected-methods": []}, "stateful": {"enabled": False}},
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


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


V1, V2, V3 = (schemathesis.openapi.from_dict(document(version), config=CONFIG) for version in VERSIONS)


@V1.parametrize()
def test_v1_answers_as_its_document_says(sandbox: Running, case: schemathesis.Case[Any]) -> None:
    conforms(sandbox, "v1", case)


@V2.parametrize()
def test_v2_answers_as_its_document_says(sandbox: Running, case: schemathesis.Case[Any]) -> None:
    conforms(sandbox, "v2", case)


@V3.parametrize()
def test_v3_answers_as_its_document_says(sandbox: Running, case: schemathesis.Case[Any]) -> None:
    conforms(sandbox, "v3", case)


def conforms(sandbox: Running, version: str, case: schemathesis.Case[Any]) -> None:
    """Send a request with Northgate's token and check its answer. Most are refused: that, too, has its form."""
    case.call_and_validate(base_url=f"{sandbox.url}/api/{version}", headers=TOKEN, checks=CHECKS)
