"""`ecf-sandbox migrate` writes a world that a server of Register can begin with, and tells what came over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sandbox.cli import main
from sandbox.clock import wall_clock
from sandbox.editions import ALL
from sandbox.model import ApiToken, Teacher, World
from sandbox.seeding.creation import Creation, exported
from sandbox.seeding.scenarios import scenarios
from sandbox.worlds.world import hashed


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A world of ECF, as it is exported."""
    at = scenarios()["first-cohort"].starts_at
    path = tmp_path / "world.json"
    path.write_bytes(exported(Creation(ALL).fresh("first-cohort", None, at), at))
    return path


def test_the_file_can_be_begun_with_and_everyone_is_in_it(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "register.json"
    assert main(["migrate", "--from", str(world), "--to", str(target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    begun = Creation(ALL).fresh(str(target), None, wall_clock(), edition="register").read()
    record = begun.get(World, "world")
    assert record is not None
    assert (record.edition, record.starts_at) == ("register", scenarios()["first-cohort"].starts_at)
    assert begun.count(Teacher) == told["carried"]["participants"] == 74
    assert begun.get(ApiToken, hashed("northgate-register-token")) is not None, (
        "its own opens the world of ECF beside it"
    )
    lost = [each for each in told["left_out"] if each["what"] == "participants"]
    assert [(each["count"], len(each["ids"])) for each in lost] == [(1, 1)]


def test_people_are_told_the_same_in_words(world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "register.json"
    assert main(["migrate", "--from", str(world), "--to", str(target)]) == 0
    told = capsys.readouterr().out
    assert "74  participants" in told
    assert "Left out:" in told
    assert f"--edition register --scenario {target}" in told


def test_what_cannot_be_carried_over_is_one_sentence_and_exit_status_1(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "register.json"
    assert main(["migrate", "--from", str(tmp_path / "nothing.json")]) == 1
    assert "No such file" in capsys.readouterr().err
    (tmp_path / "broken.json").write_text("{")
    assert main(["migrate", "--from", str(tmp_path / "broken.json")]) == 1
    assert "cannot be carried over" in capsys.readouterr().err
    main(["migrate", "--from", str(world), "--to", str(target)])
    assert main(["migrate", "--from", str(target), "--to", str(target)]) == 1
    assert "of register already" in capsys.readouterr().err
