"""Whatever a form begins with works: each example of a served document, sent to a fresh sandbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.documents.examples import ExampleRequest, requests_of

from .answers import content_of, differences
from .documents import DOCUMENTS, OF_PROVIDERS, operations, resolved, served
from .fresh import fresh_sandbox

EXAMPLES = [(name, sent) for name in DOCUMENTS for sent in requests_of(served(name))]
OF_PROVIDERS_ONLY = [(name, sent) for name, sent in EXAMPLES if name in OF_PROVIDERS]
LONG = timedelta(days=100)


def called(example: Any) -> str | None:
    return example.id.replace(" ", "-") if isinstance(example, ExampleRequest) else None


@pytest.mark.parametrize(("name", "sent"), EXAMPLES, ids=called)
def test_an_example_is_answered_as_it_says(name: str, sent: ExampleRequest) -> None:
    answer = fresh_sandbox().answer(name, sent)
    assert str(answer.status_code) == sent.status, answer.text
    if sent.status >= "400" and name in OF_PROVIDERS:
        assert sent.name in answer.headers["X-Sandbox-Rule"].split(", ")
    elif sent.status < "400" and answer.content:
        said = sent.operation["responses"][sent.status]["content"]
        (content,) = said.values()
        assert differences(content["examples"][sent.name]["value"], content_of(answer)) == [], "run make examples"


@pytest.mark.parametrize(("name", "sent"), OF_PROVIDERS_ONLY, ids=called)
def test_an_example_is_still_answered_so_when_the_clock_has_run_for_months(name: str, sent: ExampleRequest) -> None:
    answer = fresh_sandbox().answer(name, sent, after=LONG)
    assert str(answer.status_code) == sent.status, answer.text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_operation_has_an_example_of_what_it_needs_and_begins_with_one_that_works(name: str) -> None:
    examples = list(requests_of(served(name)))
    for operation in operations(served(name)):
        first = next((sent for sent in examples if sent.operation is operation.says), None)
        assert first is not None, f"{operation} has no example of a body"
        assert "{" not in first.path, f"{operation} has no example of its path"
        assert first.status < "400" or str(operation) in WITHOUT, f"{operation} begins with a refusal"


WITHOUT = {"DELETE /worlds/{id}", "GET /requests/{id}", "DELETE /faults/{id}", "DELETE /invitations/{id}"}
"""What these are about, a fresh sandbox has nothing of."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_answer_that_has_a_body_is_shown(name: str) -> None:
    for operation in operations(served(name)):
        if str(operation) not in WITHOUT:
            answer = resolved(served(name), operation.says["responses"][min(operation.says["responses"])])
            assert all(content["examples"] for content in answer.get("content", {}).values()), operation


def test_a_difference_is_noticed() -> None:
    assert differences({"a": 1, "b": [1]}, {"a": 1, "b": [1, 2, 3]}) == ["/b: 1 are shown of 3"]
    assert differences({"a": None}, {"a": None}) == []
    assert len(differences({"a": 1, "b": 2}, {"b": 2, "a": 1})) == 1
    assert len(differences({"a": "2024"}, {"a": "2025"})) == 1
