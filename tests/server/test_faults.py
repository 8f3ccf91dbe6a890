"""What only a real connection can show: answers that never come, and halves of answers; and defects at the start."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests

from sandbox.editions.ecf.defects import DEFECTS
from sandbox.editions.register.defects import DEFECTS as OF_REGISTER

from .running import Running, run, serving

NORTHGATE = {"Authorization": "Bearer northgate-sandbox-token"}
PATH = "/api/v3/participants/ecf"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


def meets(sandbox: Running, kind: str, **fault: object) -> None:
    asked = requests.post(f"{sandbox.url}/sandbox/faults", json={"kind": kind, **fault}, timeout=5)
    assert asked.status_code == 201


@contextmanager
def answer(sandbox: Running) -> Iterator[http.client.HTTPResponse]:
    """The beginning of an answer, whose body is still to be read."""
    with closing(http.client.HTTPConnection(sandbox.url.removeprefix("http://"), timeout=5)) as connection:
        connection.request("GET", PATH, headers=NORTHGATE)
        yield connection.getresponse()


def body(sandbox: Running) -> bytes:
    with answer(sandbox) as whole:
        assert whole.status == 200
        return whole.read()


@pytest.mark.parametrize("after", [False, True])
def test_a_dropped_connection_ends_without_a_word(sandbox: Running, after: bool) -> None:
    meets(sandbox, "drop", after=after)
    with pytest.raises(http.client.RemoteDisconnected):
        body(sandbox)
    assert body(sandbox)


def test_a_truncated_answer_ends_in_the_middle(sandbox: Running) -> None:
    whole = body(sandbox)
    meets(sandbox, "truncate")
    with answer(sandbox) as half:
        assert (half.status, half.headers["Content-Length"]) == (200, str(len(whole)))
        with pytest.raises(http.client.IncompleteRead) as cut:
            half.read()
    assert cut.value.partial == whole[: len(whole) // 2]
    assert body(sandbox) == whole


def test_a_sandbox_that_is_wrong_on_purpose_says_so_and_is_so_in_its_main_world(tmp_path: Path) -> None:
    with serving(tmp_path, "--defects", "times-with-fractions, repeat-refused") as sandbox:
        assert "WRONG ON PURPOSE" in sandbox.banner
        assert "times-with-fractions\n" in sandbox.banner
        assert "repeat-refused\n" in sandbox.banner
        assert b".000Z" in body(sandbox)


def test_one_that_is_not_does_not_speak_of_it(sandbox: Running) -> None:
    assert "PURPOSE" not in sandbox.banner
    assert b".000Z" not in body(sandbox)


def test_an_unknown_defect_is_a_mistake_on_the_command_line(tmp_path: Path) -> None:
    done = run("serve", "--data", str(tmp_path), "--defects", "milestone")
    assert done.returncode == 2
    assert "'milestone'" in done.stderr
    assert "milestone-end-ignored" in done.stderr


def test_the_command_lists_them() -> None:
    done = run("defects")
    assert done.returncode == 0
    listed = [*DEFECTS.values(), *OF_REGISTER.values()]
    for line, defect in zip(done.stdout.splitlines()[1:], listed, strict=True):
        assert line.split(maxsplit=2) == [defect.name, defect.breaks, defect.about]
