"""`ecf-sandbox doctor`: what keeps a sandbox from serving, and how to mend it."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Sequence
from pathlib import Path

import pytest

from sandbox import cli, doctor
from sandbox.doctor import data, machine, port
from sandbox.settings import Settings
from sandbox.store.folder import FolderKeeper
from sandbox.testing import World
from tests.postgresql import Server, needs_postgresql


def examined(*arguments: str, status: int, capsys: pytest.CaptureFixture[str]) -> str:
    """What it says."""
    assert cli.main(["doctor", *arguments]) == status
    return capsys.readouterr().out


def wrong(findings: Sequence[doctor.Finding]) -> list[str]:
    return [finding.about for finding in findings if finding.is_wrong]


def test_where_all_is_well_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = examined("--port", "0", "--data", str(tmp_path / "new"), status=0, capsys=capsys)
    assert told.endswith("Nothing keeps it from serving.\n")
    assert not (tmp_path / "new").exists()
    for about in ("python", "packages", "port", "data", "disk", "cache", "time zones"):
        assert f"\nok     {about}" in f"\n{told}"


def test_a_program_is_told_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("")
    told = json.loads(examined("--port", "0", "--data", str(file), "--json", status=1, capsys=capsys))
    assert told["well"] is False
    (found,) = (each for each in told["findings"] if each["state"] == "wrong")
    assert (found["about"], found["found"]) == ("data", f"{file} is a file and no folder.")
    assert found["mend"]


def test_a_port_that_a_sandbox_has_is_said_to_be_its(ecf_sandbox: World) -> None:
    taken = int(ecf_sandbox.url.rpartition(":")[2])
    found = port.free("127.0.0.1", taken)
    assert found.is_wrong
    assert f"taken by process {os.getpid()}" in found.found
    assert f"a sandbox answers at http://127.0.0.1:{taken}" in found.found


def test_a_port_that_another_has_is_said_to_be_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(port, "PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as other:
        found = port.free("127.0.0.1", other.getsockname()[1])
    assert found.is_wrong
    assert "sandbox answers" not in found.found
    assert "--port" in found.mend


def test_an_address_of_another_machine_is_none_to_listen_on() -> None:
    for host in ("192.0.2.1", "no such name", "a" * 300):
        found = port.free(host, 0)
        assert found.is_wrong
        assert "--host" in found.mend


def test_data_that_another_process_holds_are_said_to_be_held(tmp_path: Path) -> None:
    keeper = FolderKeeper(tmp_path)
    try:
        found = data.folder(tmp_path)
    finally:
        keeper.release()
    assert found.is_wrong
    assert f"process {os.getpid()}" in found.found


def test_data_that_are_damaged_are_named(tmp_path: Path) -> None:
    (tmp_path / "main.json").write_text("{")
    found = data.folder(tmp_path)
    assert found.is_wrong
    assert str(tmp_path / "main.json") in found.found
    assert "reset" in found.mend


def test_data_that_can_be_served_are_said_to_be_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing yet" in data.folder(tmp_path).found
    assert cli.main(["reset", "--data", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["scenario"] == "main"
    assert data.folder(tmp_path).found == f"{tmp_path} holds the scenario 'main' of the edition 'ecf'."


def test_a_folder_that_cannot_be_made_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert data.folder(file / "data").is_wrong


def test_what_the_machine_lacks_is_said_with_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "ZONE", "Nowhere/Land")
    assert machine.time_zones().mend == "pip install tzdata"
    monkeypatch.setattr(machine, "LEAST", shutil.disk_usage(tmp_path).total)
    assert [each.is_wrong for each in machine.room(tmp_path)] == [True]
    monkeypatch.setattr(machine, "OLDEST", (4, 0))
    assert machine.python().is_wrong
    monkeypatch.setattr(machine, "find_spec", lambda _: None)
    assert {each.state for each in list(machine.packages())[1:]} == {"note"}
    monkeypatch.setattr(machine, "requires", lambda _: ["nothing-like-it>=1", "other; extra == 'test'"])
    assert "nothing-like-it not installed" in next(machine.packages()).found
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ECF_SANDBOX_CACHE", str(tmp_path / "file" / "cache"))
    assert machine.cached().state == "note"
    monkeypatch.delattr(os, "fork")
    assert [machine.processes(number).is_wrong for number in (1, 2)] == [False, True]


def test_a_database_that_cannot_be_reached_is_said_not_to_be() -> None:
    found = doctor.examined(Settings(port=0, store="postgresql://me:hunter22@127.0.0.1:1/none"))
    assert wrong(found) == ["postgresql"]
    assert "hunter22" not in doctor.told(found)
    assert data.database("postgresql://me:hunter22@[").is_wrong


@needs_postgresql
def test_a_database_says_its_version_and_what_it_lets_one_do(postgresql: Server) -> None:
    url = postgresql.new_database()
    found = data.database(url)
    assert not found.is_wrong
    assert "makes the schema" in found.found
    postgresql.ask("CREATE ROLE guest LOGIN", url)
    guest = url.replace("ecf@", "guest@")
    assert "GRANT CREATE ON DATABASE" in data.database(guest).mend
    assert cli.main(["reset", "--store", url]) == 0
    assert "holds the scenario 'main'" in data.database(url).found
    assert "GRANT ALL ON SCHEMA" in data.database(guest).mend
