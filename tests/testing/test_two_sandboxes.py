"""Several sandboxes in one process, each with defects of its own: under load none ever answers as another does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from sandbox.testing import Provider, Sandbox
from tests.api import JANE

ROUNDS = 60
DEFECTS: Sequence[Sequence[str]] = (
    (),
    ("times-with-fractions", "other-providers-participants-listed"),
    ("refusals-all-titled-base", "not-found-in-another-form"),
    ("csv-lacks-a-column", "page-two-repeats-page-one"),
)


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[Sequence[Sandbox]]:
    with ExitStack() as stack:
        started = [stack.enter_context(Sandbox()) for _ in DEFECTS]
        for sandbox, names in zip(started, DEFECTS, strict=True):
            sandbox.change(defects=list(names))
        yield started


def answers(provider: Provider) -> Sequence[object]:
    """What tells the defects apart: each of these is otherwise with one of them."""
    people = provider.get("/api/v3/participants/ecf?page[per_page]=3000")
    pages = [provider.get(f"/api/v1/participants/ecf?page[per_page]=5&page[page]={page}").json() for page in (1, 2)]
    refused = provider.put(f"/api/v1/participants/ecf/{JANE}/defer", json={"data": {"attributes": {"reason": "no"}}})
    return (
        len(people.json()["data"]),
        ".000Z" in people.text,
        [error["title"] for error in refused.json()["errors"]],
        sorted(provider.get("/api/v1/participants/ecf/nobody").json()),
        "updated_at" in provider.get("/api/v1/participants/ecf.csv").text.partition("\n")[0],
        pages[0] == pages[1],
    )


def test_none_ever_answers_as_another_does(sandboxes: Sequence[Sandbox]) -> None:
    providers = [sandbox.provider("northgate") for sandbox in sandboxes]
    alone = [answers(provider) for provider in providers]
    assert len({str(each) for each in alone}) == len(DEFECTS)
    with ThreadPoolExecutor(len(DEFECTS) * 2) as pool:
        asked = [
            (number, pool.submit(answers, providers[number])) for _ in range(ROUNDS) for number in range(len(DEFECTS))
        ]
        for number, answered in asked:
            assert answered.result() == alone[number]
