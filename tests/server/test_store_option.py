"""`--store` and `--workers`: what ends, what is lost on the way, and what cannot be had, is said."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from ..postgresql import Server, needs_postgresql
from .running import Running, run, serving
from .sharing import DECLARATIONS, NORTHGATE, WORKERS, connected, control, declare, declared, new_ect, shared


@needs_postgresql
def test_a_killed_worker_is_replaced_and_what_it_answered_is_kept(postgresql: Server) -> None:
    with shared(postgresql.new_database()) as sandbox:
        with connected(sandbox, 1) as clients:
            person = new_ect(clients[0])
            made = declare(clients[1], person, day=1).json()["data"]["id"]
            for worker in children(sandbox):
                os.kill(worker, signal.SIGKILL)
        with connected(sandbox, 1) as clients:
            assert [declared(client, person) for client in clients] == [[made]] * WORKERS


@needs_postgresql
def test_no_worker_outlives_the_process_that_made_it(postgresql: Server) -> None:
    with serving(None, "--store", postgresql.new_database(), "--workers", str(WORKERS)) as sandbox:
        with connected(sandbox, 1):  # so that all are there
            workers = children(sandbox)
        sandbox.kill()
        deadline = time.monotonic() + 10
        while any(Path(f"/proc/{worker}").exists() for worker in workers):
            assert time.monotonic() < deadline, "they go on"
            time.sleep(0.05)


def children(sandbox: Running) -> list[int]:
    """The processes that it is made of, those that have just ended left out."""
    path = Path(f"/proc/{sandbox.process.pid}/task/{sandbox.process.pid}/children")
    if not path.exists():
        pytest.skip(f"{sys.platform} does not say which processes belong to which")
    return [int(number) for number in path.read_text().split()]


@needs_postgresql
def test_two_servers_share_one_database_and_a_reset_reaches_both(postgresql: Server) -> None:
    url = postgresql.new_database()
    with (
        serving(None, "--store", url) as one,
        serving(None, "--store", url) as two,
        httpx.Client(base_url=one.url) as first,
        httpx.Client(base_url=two.url) as second,
    ):
        person = new_ect(first)
        made = declare(first, person, day=1).json()["data"]["id"]
        assert declared(second, person) == [made]
        assert run("reset", "--store", url).returncode == 0
        for client in (first, second):
            path = f"/api/v3/participants/ecf/{person}"
            assert client.get(path, headers=NORTHGATE).status_code == 404


@needs_postgresql
def test_a_database_that_is_gone_is_said_to_be_and_missed_by_nobody_when_it_is_back(postgresql: Server) -> None:
    with shared(postgresql.new_database()) as sandbox, connected(sandbox, 1) as clients:
        person = new_ect(clients[0])
        made = declare(clients[0], person, day=1).json()["data"]["id"]
        postgresql.stop()
        try:
            health = clients[1].get("/ready")
            assert health.status_code == 503
            assert "could not be read" in health.json()["problem"]
            assert clients[2].get(DECLARATIONS, headers=NORTHGATE).status_code == 503
            assert declare(clients[3], person, day=1).status_code == 503
        finally:
            postgresql.start()
        assert [declared(client, person) for client in clients] == [[made]] * WORKERS
        assert clients[1].get("/ready").status_code == 200


@needs_postgresql
def test_data_of_one_scenario_are_not_served_as_another(postgresql: Server) -> None:
    url = postgresql.new_database()
    assert run("reset", "--store", url).returncode == 0
    done = run("serve", "--store", url, "--scenario", "first-cohort")
    assert done.returncode == 1
    assert "The database holds the scenario 'main'" in done.stderr
    assert "another --store" in done.stderr


def test_a_database_that_cannot_be_reached_is_said_not_to_be() -> None:
    for command in ("serve", "reset"):
        done = run(command, "--store", "postgresql://ecf:secret@127.0.0.1:1/ecf")
        assert done.returncode == 1
        assert "The PostgreSQL database ecf at 127.0.0.1 could not be opened" in done.stderr
        assert "Traceback" not in done.stderr
        assert "secret" not in done.stderr


def test_a_missing_driver_is_named(tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('No module named psycopg')")
    done = run("reset", "--store", "postgresql:///ecf", path=tmp_path)
    assert done.returncode == 1
    assert "pip install 'psycopg[binary]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--workers", "2"), "--workers needs --store"),
        (("--workers", "0"), "give one from 1 to 64"),
        (("--store", "mysql://ecf"), "postgresql://user@host/database"),
        (("--store", "postgresql:///ecf", "--data", "x"), "not allowed with"),
    ],
)
def test_a_mistake_on_the_command_line_is_explained(options: tuple[str, ...], said: str) -> None:
    done = run("serve", *options)
    assert done.returncode == 2
    assert said in done.stderr


@needs_postgresql
def test_nothing_acknowledged_in_worlds_is_lost_when_workers_and_the_database_are_killed(postgresql: Server) -> None:
    acknowledged: list[tuple[str, str]] = []

    def registering(client: httpx.Client, world: str) -> None:
        with suppress(httpx.HTTPError, AssertionError):  # what is cut off is not acknowledged
            while True:
                made = control(client, f"/participants?world={world}", {"provider": "northgate"})
                acknowledged.append((world, made["participant"]["id"]))

    with shared(postgresql.new_database()) as sandbox:
        with connected(sandbox, 1) as clients, ThreadPoolExecutor(WORKERS) as pool:
            worlds = [control(clients[0], "/worlds", {"id": f"world-{number}"})["id"] for number in range(2)]
            for number, client in enumerate(clients):
                pool.submit(registering, client, worlds[number % 2])
            while len(acknowledged) < 40:
                time.sleep(0.01)
            for worker in children(sandbox):
                os.kill(worker, signal.SIGKILL)
            postgresql.kill()
        with connected(sandbox, 1) as clients:
            for world in worlds:
                tables = clients[0].get(f"/sandbox/worlds/{world}/export").json()
                kept = {record["id"] for record in tables["participants"].values()}
                assert {person for where, person in acknowledged if where == world} <= kept
