"""Every answer to requests made up from a document conforms to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from typing import Final

import pytest

from contract_tests.conformance.generated import Asker, Case, made_up
from contract_tests.conformance.supplies import Supplies
from contract_tests.documents import SCOPE
from contract_tests.marks import checks, only
from contract_tests.plugin import stage_of
from contract_tests.register.supplies import RegisterSupplies
from contract_tests.target import Target
from contract_tests.wire import Wire

SUPPLIES: Final = {"ecf": Supplies, "register": RegisterSupplies}


@pytest.fixture(scope="session")
def asker(target: Target, wire: Wire, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Asker]]:
    """What sends the requests that are made up about a version, in a world of its own."""
    with ExitStack() as stages:

        @cache
        def of_version(version: str) -> Asker:
            stage = stage_of(request, target, wire, populated=True)
            stages.callback(stage.done)
            api = stage.provider().in_version(version)
            return Asker(api, SUPPLIES[SCOPE.edition](api, stage))

        yield of_version


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
