"""Every answer to requests made up from a document conforms to it."""

from __future__ import annotations

from collections.abc import Callable

from contract_tests.conformance.generated import Asker, Case, schema
from contract_tests.marks import checks, only

V1, V2, V3 = (schema(version) for version in ("v1", "v2", "v3"))


@checks("check.document")
@only("v1")
@V1.parametrize()
def test_v1_answers_as_its_document_says(asker: Callable[[str], Asker], case: Case) -> None:
    asker("v1").conforms(case)


@checks("check.document")
@only("v2")
@V2.parametrize()
def test_v2_answers_as_its_document_says(asker: Callable[[str], Asker], case: Case) -> None:
    asker("v2").conforms(case)


@checks("check.document")
@only("v3")
@V3.parametrize()
def test_v3_answers_as_its_document_says(asker: Callable[[str], Asker], case: Case) -> None:
    asker("v3").conforms(case)
