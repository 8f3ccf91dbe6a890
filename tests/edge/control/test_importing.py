"""What a world that is brought in may hold: nothing that no act could have made."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import orjson
import pytest

from sandbox.seeding.creation import exported
from tests.api import Api, World

from .console import Console

Tables = dict[str, dict[str, dict[str, Any]]]
ODD: list[Any] = [
    *(None, True, False, 0, -1, 13, 2**62, 1.5, "", " ", "x\x00", "\x1b[2J", "x" * 5000, "9999", "abc", [], {}, ["x"]),
    *("0001-01-01", "9999-12-31", "2024-11-15", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2024-11-15T09:00:00"),
    *("2024-11-15T09:00:00+14:00", "2024-11-15T09:00:00Z", "ecf-induction", "started", "paid", "mentor", "withdrawn"),
]
LISTS = ["participants/ecf", "participant-declarations", "partnerships/ecf", "schools/ecf?filter[cohort]=2024"]
LISTS += ["participants/ecf/transfers", "unfunded-mentors/ecf", "statements", "delivery-partners"]


@cache
def _content() -> bytes:
    world = World()
    return exported(world.store, world.clock())


def content() -> Tables:
    tables: Tables = orjson.loads(_content())
    return tables


def set_first(table: str, **members: Any) -> Callable[[Tables], object]:
    return lambda tables: next(iter(tables[table].values())).update(members)


@pytest.mark.parametrize(
    ("edit", "wrong"),
    [
        (set_first("world", starts_at="9999-12-31T23:59:59Z"), "time lies between 2020 and 2100"),
        (set_first("world", starts_at="0001-01-01T00:00:00Z"), "time lies between 2020 and 2100"),
        (lambda tables: tables["world"].update({"2": {**tables["world"]["1"], "id": "w"}}), "holds one world"),
        (set_first("participants", full_name="Jane\x00Smith"), "U+0000"),
        (set_first("participants", full_name="Jane\x1b[2J"), "cannot be seen"),
        (set_first("participants", full_name="x" * 5000), "more than 1000 characters"),
        (set_first("participants", trn="12"), "trn is not of the form"),
        (set_first("participants", created_at="2024-11-15T09:00:00"), "no time in UTC"),
        (set_first("participants", created_at="9999-11-15T09:00:00Z"), "no time in UTC of the years"),
        (set_first("participants", nickname="Jo"), "nickname"),
        (set_first("placements", starts_on="9999-12-31"), "no day of the years"),
        (set_first("placements", school_id="nowhere"), "names the school_id nowhere"),
        (set_first("statements", month=13), "month is no such number"),
        (set_first("placements", cohort="99999"), "cohort is not of the form"),
    ],
)
def test_what_no_act_could_have_made_is_refused(edit: Callable[[Tables], object], wrong: str) -> None:
    tables = content()
    edit(tables)
    reply = Console(World()).ask("POST", "/worlds/import", tables)
    assert reply.status == 422
    assert wrong in reply.detail


def test_ids_that_were_retired_in_favour_of_each_other_are_refused() -> None:
    tables = content()
    changes = tables.setdefault("id_changes", {})
    (one, two) = list(tables["participants"].values())[:2]
    for number, (old, new) in enumerate(((one, two), (two, one)), 900):
        at = "2024-11-15T09:00:00Z"
        changes[str(number)] = {"id": f"c{number}", "from_participant_id": old["id"], "to_participant_id": new["id"]}
        changes[str(number)]["changed_at"] = at
    reply = Console(World()).ask("POST", "/worlds/import", tables)
    assert reply.status == 422
    assert "was retired in favour of itself" in reply.detail


@pytest.mark.parametrize("seed", range(4))
def test_a_world_that_is_let_in_answers_whatever_it_was_bent_to(seed: int) -> None:
    world, dice = World(), Random(seed)
    console = Console(world)
    for _ in range(12):
        tables = copy.deepcopy(content())
        table = tables[dice.choice([name for name in tables if name != "_store" and tables[name]])]
        record = dice.choice(list(table.values()))
        record[dice.choice(list(record))] = dice.choice(ODD)
        made = console.ask("POST", "/worlds/import", tables)
        assert made.status in (201, 422), made.response.text
        assert console.ask("GET", "/worlds").status == 200
        if made.status == 201:
            for provider in made.json["providers"]:
                for version in ("v1", "v2", "v3"):
                    for path in LISTS:
                        assert Api(world, version, provider["token"]).get(f"/{path}").status in (200, 404), record
            moved = console.ask("POST", "/time/advance", {"days": 400}, {"world": made.json["id"]})
            assert moved.status in (200, 422)
            assert console.ask("DELETE", f"/worlds/{made.json['id']}").status == 204
