"""What schools and the DfE cannot do, as nobody's records could say it."""

from __future__ import annotations

import pytest

from .world import Provider, World

ELSEWHERE = "900101"


def declined(world: World, path: str, **body: str) -> str:
    """Why the control API declines an act."""
    response = world.send("POST", f"/sandbox{path}?world={world.id}", json=body)
    assert response.status_code == 422, response.text
    return str(response.json()["errors"][0]["detail"])


@pytest.mark.parametrize("role", ["ect", "mentor"])
def test_two_who_were_trained_at_the_same_time_are_not_one(world: World, role: str) -> None:
    one = world.trainee(role)
    world.partnership(urn=ELSEWHERE)
    other = world.person(role, urn=ELSEWHERE)
    assert "at the same time" in declined(world, f"/participants/{other}/merge", into=one)


def test_who_is_trained_by_the_school_has_no_provider_to_change(world: World) -> None:
    ect = world.person(programme="school_led")
    assert "trains them itself" in declined(world, f"/participants/{ect}/provider", provider="harbour")


@pytest.mark.parametrize(
    ("act", "about"), [("provider", {"provider": "harbour"}), ("programme", {"programme": "school_led"})]
)
def test_who_has_left_a_school_is_trained_there_by_nobody_else(world: World, act: str, about: dict[str, str]) -> None:
    ect = world.trainee()
    world.control("POST", f"/participants/{ect}/leave", "2026-07-31T09:00:00Z", on="2026-07-31")
    assert "no longer" in declined(world, f"/participants/{ect}/{act}", **about)


def test_who_joins_without_a_word_of_a_provider_is_trained_by_one(world: World, northgate: Provider) -> None:
    ect = world.person(programme="school_led")
    world.partnership("2026", urn=ELSEWHERE)
    world.control("POST", f"/participants/{ect}/join", urn=ELSEWHERE, on="2026-09-15")
    assert northgate.enrolment(ect)["cohort"] == "2026"
