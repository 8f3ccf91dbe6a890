"""Defects: each gives a wrong answer where it is switched on, and nobody else ever meets it."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.editions.ecf.book import BOOKS, DOCUMENTED
from sandbox.editions.ecf.defects import DEFECTS
from sandbox.editions.ecf.presentation import PRESENTATIONS
from tests.api import at_once
from tests.openapi.documents import catalogue

from .deployed_scenarios import SCENARIOS
from .sandbox import Sandbox, fresh_sandbox, ran
from .scenarios import PARTICIPANTS

EVERY_DEFECT = pytest.mark.parametrize("name", DEFECTS)
CHECKS = {"answer.times", "answer.titles"}


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """One of the behaviour in which the defect that a test is about shows."""
    about = DEFECTS[request.getfixturevalue("name")] if "name" in request.fixturenames else None
    return fresh_sandbox((about and about.behaviour) or "documented")


@EVERY_DEFECT
def test_a_defect_changes_an_answer_in_its_own_world_and_in_no_other(sandbox: Sandbox, name: str) -> None:
    scenario = SCENARIOS[name]
    assert scenario.right != scenario.wrong
    assert scenario.play(sandbox.world([name])) == scenario.wrong
    assert scenario.play(sandbox.main) == scenario.right
    assert scenario.play(sandbox.world()) == scenario.right


@EVERY_DEFECT
def test_the_main_world_can_have_it_too_and_be_rid_of_it_again(sandbox: Sandbox, name: str) -> None:
    scenario = SCENARIOS[name]
    sandbox.main.becomes(name)
    assert scenario.play(sandbox.world()) == scenario.right
    assert scenario.play(sandbox.main) == scenario.wrong
    at_once(sandbox.worlds.reset("main"))
    assert scenario.play(sandbox.main) == scenario.right
    at_once(sandbox.worlds.reset("main"))
    sandbox.main.becomes(name)
    sandbox.main.becomes()
    assert scenario.play(sandbox.main) == scenario.right


@EVERY_DEFECT
def test_it_breaks_a_rule_or_a_check_that_there_is(name: str) -> None:
    defect = DEFECTS[name]
    assert defect.breaks in {*catalogue(), *CHECKS}
    assert defect.about.endswith(".")


def test_every_scenario_is_a_defects() -> None:
    assert set(SCENARIOS) == set(DEFECTS)


@EVERY_DEFECT
def test_a_defect_is_another_book_or_another_presentation_and_leaves_the_right_one_alone(name: str) -> None:
    defect = DEFECTS[name]
    changed = [
        *(defect.rules(book) is not book for book in BOOKS.values()),
        *(defect.presentation(right) is not right for right in PRESENTATIONS.values()),
    ]
    assert any(changed)
    assert BOOKS["documented"] is DOCUMENTED


@EVERY_DEFECT
def test_another_sandbox_of_the_same_process_never_meets_it(sandbox: Sandbox, name: str) -> None:
    scenario = SCENARIOS[name]
    other = Sandbox(sandbox.behaviour)
    sandbox.main.becomes(name)
    assert scenario.play(other.main) == scenario.right
    assert scenario.play(sandbox.main) == scenario.wrong


def test_requests_of_two_worlds_under_way_at_once_each_have_their_own(sandbox: Sandbox) -> None:
    names = ("times-with-fractions", "not-found-in-another-form")
    wrong, right = sandbox.world(names).api(), sandbox.main.api()

    async def both(path: str) -> tuple[list[str], list[str]]:
        asked = [api.sending("GET", path) for _ in range(20) for api in (wrong, right)]
        texts = [answer.text for answer in await asyncio.gather(*asked)]
        return texts[::2], texts[1::2]

    for path, sign in ((PARTICIPANTS, ".000Z"), (f"{PARTICIPANTS}/nobody", '"errors"')):
        wrongly, rightly = ran(both(path))
        assert all(sign in text for text in wrongly)
        assert not any(sign in text for text in rightly)


def test_all_of_them_work_together(sandbox: Sandbox) -> None:
    api = sandbox.world(list(DEFECTS)).api()
    ada = sandbox.main.backstage.person()
    assert api.get(PARTICIPANTS).response.text.count(".000Z")
    assert list(api.get(f"{PARTICIPANTS}/{ada}").json) == ["errors"]
    assert sandbox.main.api().participant(ada)["updated_at"] == "2024-11-15T09:00:00Z"


def test_answers_kept_from_before_a_switch_are_given_no_more(sandbox: Sandbox) -> None:
    main = sandbox.main
    right = main.api().get(PARTICIPANTS).response.text
    main.becomes("times-with-fractions")
    assert main.api().get(PARTICIPANTS).response.text != right
    main.becomes()
    assert main.api().get(PARTICIPANTS).response.text == right


def test_a_change_of_something_else_leaves_them_as_they_are(sandbox: Sandbox) -> None:
    world = sandbox.world(["repeat-refused"])
    assert sandbox.control("PATCH", f"/worlds/{world.id}", json={}).json()["defects"] == ["repeat-refused"]


def test_worlds_say_which_they_have(sandbox: Sandbox) -> None:
    wrong = sandbox.world(["repeat-refused", "csv-lacks-a-column"])
    listed = sandbox.control("GET", "/worlds").json()["worlds"]
    assert {world["id"]: world["defects"] for world in listed} == {
        "main": [],
        wrong.id: ["repeat-refused", "csv-lacks-a-column"],
    }


@pytest.mark.parametrize(("method", "path"), [("POST", "/worlds"), ("PATCH", "/worlds/main")])
def test_an_unknown_name_is_declined_with_those_there_are(sandbox: Sandbox, method: str, path: str) -> None:
    declined = sandbox.control(method, path, json={"defects": ["repeat-refused", "milestone"], "rate_limit": True})
    assert declined.status_code == 422
    (error,) = declined.json()["errors"]
    assert error["title"] == "defects"
    assert all(name in error["detail"] for name in DEFECTS)
    (main,) = sandbox.control("GET", "/worlds").json()["worlds"]
    assert (main["defects"], main["rate_limit"]) == ([], False)


def test_all_are_listed(sandbox: Sandbox) -> None:
    listed = sandbox.control("GET", "/defects").json()["defects"]
    assert listed == [
        {"name": each.name, "about": each.about, "breaks": each.breaks, "behaviour": each.behaviour}
        for each in DEFECTS.values()
    ]
    assert len(listed) >= 20
