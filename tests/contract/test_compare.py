"""Two deployments that are asked the same: what differs is told by its place, and ids and clocks are no difference."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from contract_tests.compare import Comparison, compare

from .deployments import TOKEN, Answer, Question, deployed
from .runs import target

FIRST = "11111111-1111-4111-8111-111111111111"
SECOND = "22222222-2222-4222-8222-222222222222"


def statements(*, id: str = FIRST, at: str = "2024-01-01T00:00:00Z", **others: Any) -> Callable[[Question], Answer]:
    """A deployment with one statement, and nothing else."""

    def answer(question: Question) -> Answer:
        path = question.path.partition("?")[0]
        statement = {"id": id, "type": "statement", "attributes": {"created_at": at, "month": "May"} | others}
        if path == "/api/v3/statements":
            return Answer(200, json.dumps({"data": [statement]}))
        if path == f"/api/v3/statements/{id}":
            return Answer(200, json.dumps({"data": statement}))
        return Answer(200, '{"data": []}')

    return answer


def compared(one: Callable[[Question], Answer], other: Callable[[Question], Answer]) -> Comparison:
    with deployed(one) as first, deployed(other) as second:
        found = compare(target(url=first.url, token=TOKEN), target(url=second.url, token=TOKEN))
        assert first.methods == second.methods == {"GET"}
        assert all(question.knows_token for question in [*first.asked, *second.asked])
    assert found.requests == len(first.asked) + len(second.asked)
    return found


def test_ids_and_times_of_their_own_are_no_difference() -> None:
    assert compared(statements(), statements(id=SECOND, at="2025-02-02T02:02:02Z")).differences == []


def test_a_difference_is_told_by_its_place_in_a_list_and_by_id() -> None:
    found = compared(statements(), statements(id=SECOND, month="June")).differences
    assert [(each.request, each.at, each.first, each.second) for each in found] == [
        ("GET /api/v3/statements", "body.data[0].attributes.month", "May", "June"),
        ("GET /api/v3/statements/{id}", "body.data.attributes.month", "May", "June"),
    ]


def test_what_one_lacks_is_a_difference() -> None:
    found = compared(statements(), statements(cost="9")).differences
    assert ("absent", "9") in {(each.first, each.second) for each in found}


def test_a_number_is_no_text_and_true_is_no_one() -> None:
    assert compared(statements(cost=1), statements(cost="1")).differences != []
    assert compared(statements(cost=1), statements(cost=True)).differences != []


def test_two_ids_that_are_one_elsewhere_are_a_difference() -> None:
    assert compared(statements(other_id=FIRST), statements(other_id=SECOND)).differences != []


def test_another_status_is_a_difference() -> None:
    found = compared(statements(), lambda _: Answer(404, '{"error": "Resource not found"}')).differences
    assert ("GET /api/v3/statements", "status", "200", "404") in {
        (each.request, each.at, each.first, each.second) for each in found
    }


def test_many_differences_of_one_answer_are_cut() -> None:
    many = {f"name_{number}": "x" for number in range(200)}
    found = compared(statements(), statements(**many)).differences
    assert len([each for each in found if each.request == "GET /api/v3/statements"]) == 50
