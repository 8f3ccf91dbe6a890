"""`ecf-sandbox demo`, as its users see it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess

import pytest

from sandbox.story import TITLES
from sandbox.story.steps import TWELVE

from .running import COMMAND, ROOT, run


@pytest.fixture(scope="module")
def told() -> str:
    """Everything it tells."""
    done = run("demo", "--branch", "all")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def curls(told: str) -> list[list[str]]:
    """The words of every command it shows."""
    found = re.findall(r"^    (curl .*?)\n    \d{3} [A-Z]", told, flags=re.MULTILINE | re.DOTALL)
    return [shlex.split(command) for command in found]


def test_it_tells_all_twelve_steps_and_every_branch(told: str) -> None:
    for number, step in enumerate(TWELVE, 1):
        assert f"\n{number}. {step.title}   ({step.who})\n" in told
    for name, title in TITLES.items():
        assert f"\n{title} ({name})\n" in told


def test_its_commands_are_as_one_would_write_them(told: str) -> None:
    commands = curls(told)
    assert len(commands) > 60
    for command in commands:
        (url,) = [word for word in command if word.startswith("http://")]
        assert ("/sandbox/" in url) != any("_TOKEN" in word for word in command)
        if "-d" in command:
            assert json.loads(command[command.index("-d") + 1])


def test_it_shows_no_token_and_no_colour_where_nobody_looks(told: str) -> None:
    assert '"Authorization: Bearer $NORTHGATE_TOKEN"' in told
    assert '"Authorization: Bearer $HARBOUR_TOKEN"' in told
    assert not re.search(r"Bearer [^$]", told)
    assert "\033" not in told


def test_one_branch_can_be_told_by_itself() -> None:
    done = run("demo", "--branch", "clawback")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"state": "clawed-back"' in done.stdout
    assert TWELVE[0].title not in done.stdout


def test_a_program_is_told_each_request_and_its_answer() -> None:
    done = run("demo", "--branch", "clawback", "--json")
    (story,) = json.loads(done.stdout)["stories"]
    exchanges = [each for step in story["steps"] for each in step["exchanges"]]
    assert story["title"] == f"{TITLES['clawback']} (clawback)"
    assert {each["provider"] for each in exchanges} >= {"NORTHGATE", None}
    assert {"clawed-back", "awaiting-clawback"} <= set(re.findall(r'"state": "([a-z-]+)"', done.stdout))
    assert all(each["status"] and each["answer"] for each in exchanges)
    assert [each["sent"] for each in exchanges if each["sent"]]
    assert "Bearer" not in done.stdout


def test_a_branch_that_is_none_is_refused() -> None:
    done = run("demo", "--branch", "treasure")
    assert done.returncode == 2
    assert "deferral" in done.stderr


def test_whoever_has_heard_enough_can_stop_listening() -> None:
    with subprocess.Popen([*COMMAND, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as telling:
        assert telling.stdout is not None
        assert telling.stderr is not None
        telling.stdout.readline()
        telling.stdout.close()
        assert telling.stderr.read() == b""
        assert telling.wait(timeout=20) == 0
