"""Data that cannot be served, and a disk that is full: one sentence says what to do, and nothing is overwritten."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from tinydb import TinyDB, where

from .running import COMMAND, ROOT, run, serving

JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
NORTHGATE = {"Authorization": "Bearer northgate-sandbox-token"}

# The command by somebody who may not do everything: the superuser becomes nobody before the data are opened.
AS_ANYBODY = """
import os, sys
from sandbox import cli

def opened(*given):
    if os.geteuid() == 0:
        os.setuid(65534)
    return opening(*given)

opening, cli.opened = cli.opened, opened
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with a file at rest, and a journal of what was done since."""
    folder = tmp_path_factory.mktemp("used")
    with serving(folder) as sandbox:
        for _ in range(3):
            assert requests.post(f"{sandbox.url}/sandbox/participants", timeout=5).status_code == 201
        sandbox.kill()
    return folder


@pytest.fixture
def data(used: Path, tmp_path: Path) -> Path:
    """A copy of it to damage."""
    return Path(shutil.copytree(used, tmp_path / "data"))


def refused(data: Path, *words: str, command: str = "serve", naming: str = "main.json") -> None:
    """Make sure that the command ends with a sentence about this file, and leaves every file as it was."""
    before = contents(data)
    done = run(command, "--data", str(data))
    is_one_sentence(done, naming, *words)
    assert contents(data) == before


def is_one_sentence(done: subprocess.CompletedProcess[str], naming: str, *words: str) -> None:
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("ecf-sandbox: "), done.stderr
    assert done.stderr.count("\n") == 1
    for word in (naming, *words):
        assert word in done.stderr


def contents(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in data.iterdir() if path.suffix != ".lock"}


def edited(path: Path, edit: Callable[[dict[str, dict[str, Any]]], object]) -> None:
    """Edit a file as a person might."""
    tables = json.loads(path.read_text("utf-8"))
    edit(tables)
    path.write_text(json.dumps(tables, indent=1), "utf-8")


@pytest.mark.parametrize("command", ["serve", "reset"])
def test_a_truncated_file(data: Path, command: str) -> None:
    file = data / "main.json"
    os.truncate(file, file.stat().st_size // 2)
    refused(data, "not complete JSON", "Put an intact copy in its place", command=command)


def test_a_file_of_a_newer_format(data: Path) -> None:
    edited(data / "main.json", lambda tables: tables["_store"]["1"].update(format=2))
    refused(data, "of format 2", "a newer one wrote it")


def test_a_member_that_is_not_known(data: Path) -> None:
    edited(data / "main.json", lambda tables: tables["participants"]["1"].update(nickname="Jo"))
    refused(data, "in participants, document 1", "nickname")


def test_a_member_that_is_not_known_further_inside(data: Path) -> None:
    edited(data / "main.json", lambda tables: tables["placements"]["1"]["training"].update(because="it rains"))
    refused(data, "in placements, document 1", "because")


def test_a_value_that_can_be_but_was_not_written(data: Path) -> None:
    file = data / "main.json"
    file.write_bytes(file.read_bytes().replace(b"Jane", b"Kane", 1))
    refused(data, "its checksum is of other content", "take out the table")


def test_a_value_that_cannot_be(data: Path) -> None:
    edited(data / "main.json", lambda tables: tables["declarations"]["1"].update(state="piad"))
    refused(data, "in declarations, document 1", "piad")


def test_a_file_that_is_gone_while_its_journal_is_there(data: Path) -> None:
    (data / "main.json").unlink()
    refused(data, "a file that came before it is missing", naming="main.journal-000002.jsonl")


def test_a_damaged_journal(data: Path) -> None:
    (journal,) = data.glob("main.journal-*")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0].replace(b"put", b"PUT", 1), *lines[1:]]))
    refused(data, "line 1 is damaged", naming=journal.name)


def test_data_that_are_being_served(used: Path, data: Path) -> None:
    with serving(data) as sandbox:
        refused(data, f"process {sandbox.process.pid}", "Stop it first, or choose another folder", naming="main.lock")


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    is_one_sentence(run("serve", "--data", str(tmp_path / "data")), str(tmp_path / "data"))
    assert (tmp_path / "data").read_text() == "mine"


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that anybody gets to."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_not_be_written_or_read(used: Path, open_to_all: Path, what: str) -> None:
    data = Path(shutil.copytree(used, open_to_all / "data"))
    data.chmod(0o777 if what == "file" else 0o555)
    for file in data.iterdir():
        file.chmod(0o666)
    if what == "file":
        (data / "main.json").chmod(0)
    before = contents(data) if os.geteuid() == 0 else None
    command = [sys.executable, "-W", "ignore", "-c", AS_ANYBODY, "serve", "--port", "0", "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=30, check=False)
    if what == "file":
        is_one_sentence(done, "main.json", "could not be read: Permission denied", "choose another folder")
    else:
        is_one_sentence(done, str(data), "needs to read this folder and to write to it", "Choose another one")
    assert before is None or contents(data) == before
    data.chmod(0o755)


def test_a_file_that_a_person_edited_well_is_served(data: Path) -> None:
    with TinyDB(data / "main.json") as database:
        database.table("participants").update({"full_name": "Jane Doe"}, where("id") == JANE)
        database.drop_table("_checksum")
    with serving(data) as sandbox:
        shown = requests.get(f"{sandbox.url}/api/v3/participants/ecf/{JANE}", headers=NORTHGATE, timeout=5).json()
        assert shown["data"]["attributes"]["full_name"] == "Jane Doe"


def test_a_disk_that_is_full_at_the_start(tmp_path: Path) -> None:
    command = [*COMMAND, "serve", "--port", "0", "--data", str(tmp_path / "data")]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=30, check=False, preexec_fn=lambda: room_for(100_000)
    )
    is_one_sentence(done, "main.json", "could not be written: File too large", "start the sandbox again")
    assert contents(tmp_path / "data") == {}


def room_for(size: int, process: int = 0) -> None:
    """Let no file of a process grow beyond this size, as on a disk that is full."""
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, size))


def test_a_disk_that_fills_up_while_serving(data: Path, tmp_path: Path) -> None:
    names = [f"Ada Hart {number}" for number in range(24)]  # few, as what is said of them goes to a file as well
    with (tmp_path / "said").open("w+") as said:
        with serving(data, stderr=said) as sandbox:
            (journal,) = data.glob("main.journal-*")
            room_for(journal.stat().st_size + 10_000, sandbox.process.pid)
            statuses = [
                requests.post(f"{sandbox.url}/sandbox/participants", json={"full_name": name}, timeout=5).status_code
                for name in names
            ]
            health = requests.get(f"{sandbox.url}/health", timeout=5)
            read = requests.get(f"{sandbox.url}/api/v3/participants/ecf", headers=NORTHGATE, timeout=5)
            assert sandbox.stop() == 0
        said.seek(0)
        told = said.read()
    assert "Traceback" not in told
    kept = statuses.count(201)
    assert kept > 0
    assert statuses == [201] * kept + [500] * (len(names) - kept)
    assert read.status_code == 500, "it would tell of what was not kept"
    assert health.status_code == 503
    for sentence in (told, health.json()["problem"]):
        assert f"{journal} could not be written: File too large" in sentence
        assert "start the sandbox again" in sentence
    with serving(data) as sandbox:
        query = {"sort": "-created_at", "page[per_page]": "60"}
        shown = requests.get(f"{sandbox.url}/api/v3/participants/ecf", query, headers=NORTHGATE, timeout=5).json()
        there = {person["attributes"]["full_name"] for person in shown["data"]}
        assert there & set(names) == set(names[:kept])
