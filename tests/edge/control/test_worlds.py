"""Worlds: made, listed, changed, reset, exported, imported, ended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.api import JANE, Api, World

from .console import Console, Json


def northgate_of(world: World, made: Json) -> Api:
    """Northgate's own, in a world that was just made."""
    (token,) = [each["token"] for each in made["providers"] if each["name"].startswith("Northgate")]
    return Api(world, "v3", token)


def test_a_new_world_is_answered_with_its_tokens_and_what_is_in_it(console: Console, world: World) -> None:
    made = console.post("/worlds", id="ci-1", scenario="first-cohort", behaviour="deployed", rate_limit=True)
    about = {name: made[name] for name in ("id", "scenario", "behaviour", "now", "frozen", "rate_limit", "defects")}
    assert about == {
        "id": "ci-1",
        "scenario": "first-cohort",
        "behaviour": "deployed",
        "now": "2021-11-22T09:00:00Z",
        "frozen": False,
        "rate_limit": True,
        "defects": [],
    }
    assert {each["name"].split()[0] for each in made["providers"]} == {"Northgate", "Harbour", "Meadow"}
    oakfield = made["providers"][0]["delivery_partners"][0]
    assert (oakfield["name"], oakfield["cohorts"][0]) == ("Oakfield Teaching School Hub", "2021")
    assert made["counts"]["participants"] == 75
    assert northgate_of(world, made).participant(JANE)["full_name"] == "Jane Smith"
    shown = console.get("/worlds/ci-1")
    assert [each.pop("token", None) for each in shown["providers"]] == [None] * 3, "they are told once"
    for provider in made["providers"]:
        del provider["token"]
    assert shown == made


def test_a_world_needs_nothing_said_and_is_listed_until_it_is_ended(console: Console, world: World) -> None:
    made = console.post("/worlds")
    assert (made["scenario"], made["behaviour"], made["rate_limit"]) == ("main", "documented", False)
    assert [each["id"] for each in console.get("/worlds")["worlds"]][-1] == made["id"]
    northgate = northgate_of(world, made)
    assert console.ask("DELETE", f"/worlds/{made['id']}").status == 204
    assert made["id"] not in [each["id"] for each in console.get("/worlds")["worlds"]]
    assert northgate.get("/statements").status == 401
    assert console.refused(404, f"/worlds/{made['id']}", method="GET")[0] == "id"


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ({"id": "Main"}, "id"),
        ({"id": "a.b"}, "id"),
        ({"id": "main"}, "Impossible"),
        ({"scenario": "tomorrow"}, "scenario"),
        ({"scenario": "/etc/passwd.json"}, "scenario"),
        ({"behaviour": "as it likes"}, "behaviour"),
        ({"scenarios": "main"}, "body"),
    ],
)
def test_a_world_that_cannot_be_is_not_made(console: Console, body: Json, title: str) -> None:
    before = console.get("/worlds")
    assert console.refused(422, "/worlds", body)[0] == title
    assert console.get("/worlds") == before


def test_the_main_world_cannot_be_ended(console: Console) -> None:
    assert console.refused(422, "/worlds/main", method="DELETE")[0] == "Impossible"


def test_of_a_world_that_was_left_alone_it_is_said_that_it_has_ended(console: Console) -> None:
    console.post("/worlds", id="alone")
    console.world.clock.at += timedelta(days=1, seconds=1)
    for there, path in ((console, "/worlds/alone"), (Console(console.world, "alone"), "/time")):
        reply = there.ask("GET", path)
        assert (reply.status, reply.detail.partition(".")[0]) == (
            404,
            "The world alone has ended, as nobody asked for it in 1 day",
        )
    assert console.ask("GET", "/worlds/elsewhere").detail.startswith("There is no world elsewhere.")


@pytest.mark.parametrize("id", ["main", "one"])
def test_a_reset_brings_back_the_data_and_the_day_and_forgets_what_was_asked(console: Console, id: str) -> None:
    if id == "one":
        made = console.post("/worlds", id="one")
        api, there = northgate_of(console.world, made), Console(console.world, "one")
    else:
        api, there = console.world.api(), console
    api.defer(JANE)
    there.post("/time/advance", days=40)
    there.post("/faults", kind="503")
    there.post(f"/worlds/{id}/reset")
    assert there.get("/time")["now"] == "2024-11-15T09:00:00Z"
    assert there.get("/requests")["requests"] == []
    assert there.get("/faults")["faults"] == []
    assert api.enrolment(JANE)["training_status"] == "active", "and the token is still good"
    if id == "one":
        assert console.ask("DELETE", "/worlds/one").status == 204


def test_what_is_exported_can_be_imported_as_it_was(console: Console, northgate: Api) -> None:
    northgate.defer(JANE)
    console.post("/time/advance", days=3)
    shown = northgate.get(f"/participants/ecf/{JANE}").json
    answer = console.ask("GET", "/worlds/main/export")
    assert answer.response.headers["content-disposition"] == 'attachment; filename="main.json"'
    exported = answer.json
    imported = console.ask("POST", "/worlds/import", exported)
    assert imported.status == 201
    there = northgate_of(console.world, imported.json)
    assert there.get(f"/participants/ecf/{JANE}").json == shown
    assert imported.json["now"] == "2024-11-18T09:00:00Z"
    there.resume(JANE)
    assert northgate.get(f"/participants/ecf/{JANE}").json == shown
    console.post(f"/worlds/{imported.json['id']}/reset")
    assert there.get(f"/participants/ecf/{JANE}").json == shown, "it began with that"
    assert console.ask("DELETE", f"/worlds/{imported.json['id']}").status == 204


@pytest.mark.parametrize("spoil", ["schools", "_store", "world"])
def test_what_was_spoiled_is_not_imported(console: Console, spoil: str) -> None:
    exported = console.get("/worlds/main/export")
    del exported[spoil]
    before = console.get("/worlds")
    assert console.refused(422, "/worlds/import", exported)[0] == "body"
    assert console.get("/worlds") == before


def test_the_rate_limit_of_a_world_can_be_switched_on_and_off(console: Console) -> None:
    assert console.patch("/worlds/main", rate_limit=True)["rate_limit"] is True
    assert console.patch("/worlds/main")["rate_limit"] is True
    assert console.patch("/worlds/main", rate_limit=False)["rate_limit"] is False


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "GET"])
def test_a_world_that_there_is_not_is_not_found(console: Console, method: str) -> None:
    assert console.refused(404, "/worlds/nowhere", method=method)[0] == "id"


@pytest.mark.parametrize("path", ["/worlds/nowhere/reset", "/worlds/nowhere/export"])
def test_nor_is_what_is_its(console: Console, path: str) -> None:
    method = "POST" if path.endswith("reset") else "GET"
    assert console.refused(404, path, method=method)[0] == "id"


def test_a_world_whose_clock_stands_from_the_beginning_does_so_again_when_it_is_reset(console: Console) -> None:
    made = console.post("/worlds", id="still", frozen=True)
    assert made["frozen"] is True
    console.ask("PUT", "/time", {"frozen": False}, {"world": "still"})
    assert console.post("/worlds/still/reset")["frozen"] is True
