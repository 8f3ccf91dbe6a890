"""What is done next on a walk is what has been done least under such circumstances."""

from __future__ import annotations

from contract_tests.walking.newness import Newness

DEFER = "defer"


def _situation(circumstances: str) -> tuple[str, list[str]]:
    act, *rest = circumstances.split()
    return act, rest


def test_of_what_is_offered_that_is_taken_of_which_most_is_new() -> None:
    newness = Newness()
    newness.note(DEFER, ["mentor", "declared", "moved"])
    assert newness.newest(["defer mentor declared", "defer ect declared moved"], _situation).startswith("defer ect")


def test_what_has_met_before_is_new_together_with_something_else() -> None:
    newness = Newness()
    newness.note(DEFER, ["mentor", "declared"])
    newness.note(DEFER, ["ect", "moved"])
    assert newness.newest(["defer mentor declared", "defer mentor moved"], _situation) == "defer mentor moved"


def test_another_act_under_the_same_circumstances_is_new() -> None:
    newness = Newness()
    newness.note(DEFER, ["mentor", "declared"])
    assert newness.newest(["defer mentor declared", "withdraw declared mentor"], _situation).startswith("withdraw")


def test_of_several_that_are_as_new_the_first_is_taken() -> None:
    assert Newness().newest(["defer mentor declared", "defer ect moved"], _situation) == "defer mentor declared"


def test_what_is_taken_is_new_no_more() -> None:
    newness, offered = Newness(), ["defer mentor declared", "defer ect moved"]
    assert [newness.newest(offered, _situation) for _ in offered] == offered
