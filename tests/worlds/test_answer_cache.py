"""Answers kept while nothing has changed."""

from __future__ import annotations

import sys

from sandbox.worlds.answer_cache import PLACE, AnswerCache
from tests.api import JANE, World

ROOM = PLACE + 5 + sys.getsizeof("a")  # what an answer of five bytes takes


def test_questions_take_room_as_well() -> None:
    kept: AnswerCache[bytes] = AnswerCache(most_bytes=100_000)
    kept.get("a", 1)
    for number in range(1000):
        kept.keep(("v3.list", b"x" * 30_000, f"{number}"), b"")
    answered = [kept.get(("v3.list", b"x" * 30_000, f"{number}"), 1) for number in range(1000)]
    assert answered == [None] * 997 + [b""] * 3


def test_a_question_asked_again_at_the_same_revision_has_its_answer() -> None:
    kept: AnswerCache[bytes] = AnswerCache()
    assert kept.get("who?", 1) is None
    kept.keep("who?", b"Jane")
    assert kept.get("who?", 1) == b"Jane"
    assert kept.get("when?", 1) is None


def test_at_another_revision_no_answer_counts() -> None:
    kept: AnswerCache[bytes] = AnswerCache()
    kept.get("who?", 1)
    kept.keep("who?", b"Jane")
    assert kept.get("who?", 2) is None
    assert kept.get("who?", 1) is None


def test_the_longest_unused_answers_go_first() -> None:
    kept: AnswerCache[bytes] = AnswerCache(most_bytes=2 * ROOM)
    kept.get("a", 1)
    for question in ("a", "b"):
        kept.keep(question, b"12345")
    assert kept.get("a", 1) == b"12345"
    kept.keep("c", b"12345")
    assert kept.get("b", 1) is None
    assert kept.get("a", 1) == kept.get("c", 1) == b"12345"


def test_there_are_no_more_than_so_many_however_small() -> None:
    kept: AnswerCache[bytes] = AnswerCache(most_bytes=2 * ROOM)
    kept.get("a", 1)
    for question in ("a", "b", "c"):
        kept.keep(question, b"")
    assert [kept.get(question, 1) for question in ("a", "b", "c")] == [None, b"", b""]


def test_an_answer_larger_than_all_there_is_room_for_is_not_kept() -> None:
    kept: AnswerCache[bytes] = AnswerCache(most_bytes=PLACE)
    kept.get("a", 1)
    kept.keep("a", b"12345")
    assert kept.get("a", 1) is None


def test_the_same_question_is_answered_anew_after_a_change_on_another_day_and_for_another_provider() -> None:
    world = World("first-cohort")
    api = world.api()
    before = api.get(f"/participants/ecf/{JANE}").json
    assert api.get(f"/participants/ecf/{JANE}").json == before
    api.defer(JANE)
    assert api.get(f"/participants/ecf/{JANE}").json != before
    joining = [p["id"] for p in api.get("/participants/ecf").data if "joining" in str(p)]
    assert joining
    for id in joining:
        assert (
            api.at("2025-11-22T09:00:00Z").get(f"/participants/ecf/{id}").json
            != api.get(f"/participants/ecf/{id}").json
        )
    assert world.api(provider="harbour").get(f"/participants/ecf/{JANE}").status == 404
