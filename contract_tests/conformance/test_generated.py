"""Every answer to requests made up from a document conforms to it."""

from __future__ import annotations

from collections.abc import Callable

from contract_tests.conformance.generated import Asker, Case, made_up
from contract_tests.marks import checks, only


@checks("check.document")
@only("v1")
@made_up("v1")
def test_v1_answers_as_its_document_says(asker: Callable[[str], Asker], case: Case) -> None:
    asker("v1").conforms(case)


@checks("check.document")
@only("v2")
@made_up("v2")
def test_v2_answers_as_its_document_says(asker: Callable[[str], Asker], case: Case) -> None:
    asker("v2").conforms(case)


@checks("check.document")
@only("v3")
@made_up("v3")
def test_v3_answers_as_its_document_says(asker: Callable[[str], Asker], case: Case) -> None:
    asker("v3").conforms(case)
