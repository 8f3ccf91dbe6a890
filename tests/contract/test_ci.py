"""The GitHub Action and the guide for a CI: the shell steps they hold, run by bash as a runner runs them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.server.running import ROOT, Running, serving

from .deployments import TOKEN, Answer, deployed

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
GUIDE = (ROOT / "docs" / "ci.md").read_text()
RULE = "--rules decl.milestone-start"
NORTHGATE = "northgate-sandbox-token"

pytestmark = pytest.mark.skipif(not all(map(shutil.which, ("bash", "curl"))), reason="bash and curl are needed")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


class Runner:
    """A folder to work in, with the commands on the path, and the files that GitHub gives a step to write to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._groups: list[int] = []
        commands = folder / "bin"
        commands.mkdir()
        for name, module in (("ecf-contract", "contract_tests.cli"), ("ecf-sandbox", "sandbox")):
            (commands / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" -W ignore -m {module} "$@"\n')
            (commands / name).chmod(0o755)
        self.environment = {
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "RUNNER_TEMP": str(folder),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
        }

    def step(self, name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run a step of the action as GitHub does."""
        step = STEPS[name]
        assert "${{" not in step["run"]  # what comes from outside comes by the environment, never as shell
        given = {**{key: said["default"] for key, said in ACTION["inputs"].items()}, **inputs}
        environment = {key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)
                       for key, value in step["env"].items()}  # fmt: skip
        return self.bash(step["run"], **environment)

    def bash(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            self._groups.append(process.pid)
            out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def wrote(self, name: str) -> str:
        return (self.folder / name).read_text()

    def end(self) -> None:
        """End what was started in the background."""
        for group in self._groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    running = Runner(tmp_path)
    yield running
    running.end()


def test_the_action_verifies_and_shows_the_summary(runner: Runner, sandbox: Running) -> None:
    ended = runner.step("Verify", **{"base-url": sandbox.url, "token": NORTHGATE, "version": "v1", "options": RULE})
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "exit-status=0\n" in runner.wrote("output")
    assert runner.wrote("summary").startswith("## ✅ The contract is kept")
    assert (runner.folder / "ecf-contract-report" / "report.html").exists()


def test_the_action_fails_when_the_contract_is_broken(runner: Runner, sandbox: Running) -> None:
    options = f"{RULE} --defects milestone-start-ignored"
    ended = runner.step("Verify", **{"base-url": sandbox.url, "token": NORTHGATE, "version": "v1", "options": options})
    assert ended.returncode == 1
    assert "exit-status=1\n" in runner.wrote("output")
    assert runner.wrote("summary").startswith("## ❌ The contract is broken")


def test_the_action_fails_when_nothing_can_be_tested(runner: Runner) -> None:
    with deployed(lambda _: Answer(401)) as target:
        ended = runner.step("Verify", **{"base-url": target.url, "token": TOKEN})
    assert ended.returncode == 2
    assert "does not accept the token" in ended.stderr
    assert "exit-status=2\n" in runner.wrote("output")
    assert "could not be tested" in runner.wrote("summary")


OPTIONS = """--rules 'decl.*'  "body.json"
--header "X-Key: two words" \\
  --max-time 10m
--report-nothing=$(touch pwned);"""


def pretending(runner: Runner, status: int = 0) -> None:
    """Have a command in place of ecf-contract that only says what it was given."""
    command = runner.folder / "bin" / "ecf-contract"
    command.write_text(f'#!/bin/sh\nprintf "<%s>\\n" "$@" >> "{runner.folder}/given"\nexit {status}\n')


def test_options_of_several_lines_are_divided_as_a_shell_divides_them(runner: Runner) -> None:
    pretending(runner, status=1)
    (runner.folder / "shlex.py").write_text("raise SystemExit('a file of the current folder was imported')")
    ended = runner.step("Verify", **{"token": TOKEN, "options": OPTIONS, "report": "a report"})
    assert ended.returncode == 1, ended.stderr
    assert runner.wrote("given").splitlines() == [
        *("<verify>", "<--version>", "<all>", "<--report>", "<a report>", "<--rules>", "<decl.*>", "<body.json>"),
        *("<--header>", "<X-Key: two words>", "<--max-time>", "<10m>", "<--report-nothing=$(touch>", "<pwned);>"),
    ]
    assert not (runner.folder / "pwned").exists()


@pytest.mark.parametrize("options", ["", " \n "])
def test_no_options_are_none(runner: Runner, options: str) -> None:
    pretending(runner)
    assert runner.step("Verify", **{"token": TOKEN, "options": options}).returncode == 0
    assert len(runner.wrote("given").splitlines()) == 5


def test_a_quote_without_an_end_is_said(runner: Runner) -> None:
    pretending(runner)
    ended = runner.step("Verify", **{"token": TOKEN, "options": "--rules 'decl.*"})
    assert ended.returncode == 2
    assert "a quote in it has no end" in ended.stderr
    assert "exit-status=2\n" in runner.wrote("output")
    assert "a quote in it has no end" in runner.wrote("summary")
    assert not (runner.folder / "given").exists()


def test_every_action_that_is_used_is_pinned_to_a_commit_and_says_its_version() -> None:
    used = re.findall(r"uses: (\S+)(.*)", f"{(ROOT / 'action.yml').read_text()}\n{GUIDE}")
    others = [each for each in used if not each[0].startswith("./")]
    assert len(others) >= 2
    assert [
        each for each in others if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", "".join(each))
    ] == []


def test_what_is_given_to_the_action_is_never_run(runner: Runner) -> None:
    evil = "$(touch pwned); `touch pwned`"
    ended = runner.step("Verify", **{"base-url": evil, "options": evil, "report": evil, "version": "v1"})
    assert ended.returncode == 2
    assert not (runner.folder / "pwned").exists()


def test_the_action_serves(runner: Runner) -> None:
    port = str(free_port())
    ended = runner.step("Serve a sandbox", port=port)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "northgate-sandbox-token" in ended.stdout
    assert f"sandbox-url=http://127.0.0.1:{port}\n" in runner.wrote("output")


def test_the_action_installs_what_stands_beside_it() -> None:
    installing = STEPS["Install"]["run"]
    assert '--constraint "$GITHUB_ACTION_PATH/constraints.txt" "$GITHUB_ACTION_PATH[contract]"' in installing
    assert (ROOT / "constraints.txt").exists()
    parsed = subprocess.run(["bash", "-n", "-c", installing], capture_output=True, check=False)
    assert parsed.returncode == 0


def test_every_step_that_runs_is_tried_here() -> None:
    assert {name for name, step in STEPS.items() if "run" in step} == {"Install", "Serve a sandbox", "Verify"}


def test_the_guide_names_every_input() -> None:
    assert [name for name in ACTION["inputs"] if f"`{name}`" not in GUIDE] == []


def gitlab(job: str) -> list[str]:
    """The script of a job of the guide, without what downloads."""
    for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL):
        found: Any = yaml.safe_load(block) if block.startswith(job) else None
        if found:
            return [line for line in found[job]["script"] if not line.startswith(("git ", "pip install"))]
    raise AssertionError(f"the guide has no job {job}")


def test_the_guide_for_gitlab_verifies(runner: Runner, sandbox: Running) -> None:
    (line,) = gitlab("contract")
    line = line.replace("--rate-limit 3/s", f"--version v1 {RULE}")
    ended = runner.bash(line, ECF_URL=sandbox.url, ECF_TOKEN=NORTHGATE)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert (runner.folder / "report" / "junit.xml").exists()


def test_the_guide_for_gitlab_serves(runner: Runner) -> None:
    script = "\n".join(gitlab("test")).replace("8080", str(free_port()))
    ended = runner.bash(script)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert '"type":"statement"' in ended.stdout


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
