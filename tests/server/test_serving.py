"""The command, as its users run it."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
import requests

from .running import run, serving

JANE = "db3a7848-7308-4879-942a-c4a70ced400a"
NORTHGATE = {"Authorization": "Bearer northgate-sandbox-token"}


def declared(url: str) -> requests.Response:
    """Declare on 10 December 2021 that Jane Smith started."""
    attributes = {
        "participant_id": JANE,
        "declaration_type": "started",
        "declaration_date": "2021-12-06T09:00:00Z",
        "course_identifier": "ecf-induction",
    }
    return requests.post(
        f"{url}/api/v3/participant-declarations",
        json={"data": {"attributes": attributes}},
        headers=NORTHGATE | {"X-With-Server-Date": "2021-12-10T10:00:00Z"},
        timeout=5,
    )


def declarations(url: str) -> list[str]:
    """The ids of Jane Smith's declarations."""
    query = {"filter[participant_id]": JANE}
    answer = requests.get(f"{url}/api/v3/participant-declarations", query, headers=NORTHGATE, timeout=5)
    return [declaration["id"] for declaration in answer.json()["data"]]


def test_it_says_where_to_ask_as_whom_what_day_it_is_and_what_to_try(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        for version in ("v1", "v2", "v3"):
            assert f"{sandbox.url}/api/{version}" in sandbox.banner
        for token in ("northgate-sandbox-token", "harbour-sandbox-token", "meadow-sandbox-token"):
            assert token in sandbox.banner
        assert "Northgate Teaching Institute" in sandbox.banner
        assert "Friday 15 November 2024, 09:00 UTC" in sandbox.banner
        assert f"curl -g -H 'Authorization: Bearer northgate-sandbox-token' '{sandbox.url}/api/v3/" in sandbox.banner


def test_it_is_well_and_its_clock_runs(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        before = requests.get(f"{sandbox.url}/health", timeout=5).json()
        time.sleep(1.1)
        after = requests.get(f"{sandbox.url}/health", timeout=5).json()
    assert before["status"] == after["status"] == "ok"
    assert "2024-11-15T09:00:00Z" <= before["now"] < after["now"] < "2024-11-15T09:01:00Z"


def test_what_was_done_survives_a_restart_and_the_clock_goes_on(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        made = declared(sandbox.url).json()["data"]["id"]
        assert sandbox.stop() == 0
    with serving(tmp_path) as sandbox:
        assert declarations(sandbox.url) == [made]
        assert sandbox.stop(signal.SIGINT) == 0


def test_what_was_answered_survives_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        made = declared(sandbox.url).json()["data"]["id"]
        sandbox.kill()
    with serving(tmp_path) as sandbox:
        assert declarations(sandbox.url) == [made]


def test_what_schools_and_the_dfe_did_survives_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        control = f"{sandbox.url}/sandbox"
        registered = requests.post(f"{control}/participants", timeout=5).json()["participant"]
        token = requests.post(f"{control}/tokens", timeout=5).json()["token"]
        closed = requests.post(f"{control}/cohorts/2024/close", timeout=5)
        assert closed.status_code == 200
        sandbox.kill()
    with serving(tmp_path) as sandbox:
        person = f"{sandbox.url}/api/v3/participants/ecf/{registered['id']}"
        seen = requests.get(person, headers={"Authorization": f"Bearer {token}"}, timeout=5).json()
        assert seen["data"]["attributes"]["full_name"] == registered["full_name"]
        again = requests.post(f"{sandbox.url}/sandbox/cohorts/2024/close", timeout=5)
        assert again.json() == closed.json(), "it is closed already, and since then"


def test_reset_brings_the_seeds_back(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        declared(sandbox.url)
    done = run("reset", "--data", str(tmp_path))
    assert done.returncode == 0
    assert "'main'" in done.stdout
    with serving(tmp_path) as sandbox:
        assert declarations(sandbox.url) == []


def test_reset_refuses_while_the_data_are_being_served(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        done = run("reset", "--data", str(tmp_path))
        assert done.returncode == 1
        assert f"process {sandbox.process.pid}" in done.stderr
        assert "Stop it first" in done.stderr


def test_another_scenario_begins_on_another_day(tmp_path: Path) -> None:
    with serving(tmp_path, "--scenario", "first-cohort") as sandbox:
        assert "Monday 22 November 2021, 09:00 UTC" in sandbox.banner
    with serving(tmp_path) as sandbox:
        assert "'first-cohort'" in sandbox.banner


def test_a_world_that_was_exported_is_a_scenario_to_begin_with(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    with serving(tmp_path / "first") as sandbox:
        made = declared(sandbox.url).json()["data"]["id"]
        requests.post(f"{sandbox.url}/sandbox/time/advance", json={"days": 3}, timeout=5)
        file.write_bytes(requests.get(f"{sandbox.url}/sandbox/worlds/main/export", timeout=5).content)
    for _ in range(2):
        with serving(tmp_path / "second", "--scenario", str(file)) as sandbox:
            assert "Monday 18 November 2024" in sandbox.banner
            assert declarations(sandbox.url) == [made]
            reset = requests.post(f"{sandbox.url}/sandbox/worlds/main/reset", timeout=5)
            assert (reset.status_code, declarations(sandbox.url)) == (200, [made])
            file.unlink(missing_ok=True)
            gone = requests.post(f"{sandbox.url}/sandbox/worlds/main/reset", timeout=5)
            assert (gone.status_code, gone.json()["errors"][0]["title"]) == (422, "scenario")
            file.write_bytes(requests.get(f"{sandbox.url}/sandbox/worlds/main/export", timeout=5).content)
    file.write_text("{}")
    done = run("reset", "--data", str(tmp_path / "second"), "--scenario", str(file))
    assert done.returncode == 1
    assert f"The scenario {file} cannot be begun with" in done.stderr
    assert "Traceback" not in done.stderr


def test_data_of_one_scenario_are_not_served_as_another(tmp_path: Path) -> None:
    with serving(tmp_path):
        pass
    done = run("serve", "--data", str(tmp_path), "--scenario", "first-cohort")
    assert done.returncode == 1
    assert "reset --scenario first-cohort" in done.stderr


def test_the_behaviour_can_change_and_stays_changed(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        declared(sandbox.url)
        assert declared(sandbox.url).status_code == 200
    with serving(tmp_path, "--behaviour", "deployed") as sandbox:
        refused = declared(sandbox.url)
        # Twice declared, and of a cohort whose statements are all paid by now: only the guidance lets either pass.
        assert refused.status_code == 422
        assert refused.headers["X-Sandbox-Rule"] == "decl.cohort-open, decl.one-per-milestone"
    with serving(tmp_path) as sandbox:
        assert declared(sandbox.url).status_code == 422


def test_a_port_that_is_taken_is_said_to_be(tmp_path: Path) -> None:
    with serving(tmp_path) as sandbox:
        port = sandbox.url.rpartition(":")[2]
        done = run("serve", "--port", port, "--data", str(tmp_path / "other"))
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "--port" in done.stderr


def test_a_rate_limit_is_there_when_asked_for(tmp_path: Path) -> None:
    with serving(tmp_path, "--rate-limit") as sandbox, requests.Session() as session:
        for _ in range(2001):  # the first thousand may lie in a window that is about to end
            answer = session.get(f"{sandbox.url}/api/v1/participants/ecf/x", headers=NORTHGATE, timeout=5)
            if answer.status_code != 404:
                break
    assert answer.status_code == 429
    assert answer.text == "Retry later\n"
    assert answer.headers["Content-Type"] == "text/plain"


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("serve", "--help"), ("reset", "--help")])
def test_it_explains_itself(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 0
    assert "ecf-sandbox" in done.stdout


@pytest.mark.parametrize(
    "arguments", [(), ("fly",), ("serve", "--port", "x"), ("serve", "--scenario", "x"), ("serve", "--behaviour", "x")]
)
def test_a_mistake_on_the_command_line_is_explained(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "error:" in done.stderr
